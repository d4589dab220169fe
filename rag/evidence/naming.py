"""Which name answers who: the one beside the office asked for, or before the deed asked for."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from rag.content import strangers
from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.matching import match
from rag.question import Kind

_SPOKEN = 0.8  # match from which a name of the question stands in the evidence
_OFFICE = (
    r"(?:联合)?创始人|创办人|发起人|董事长|总经理|总裁|首席[\u3400-\u9fff]{2,4}[官师]|院长|所长|校长|馆长|主编|负责人|主笔|作者|领投方|投资方|出资方"
    r"|班主任|主席|行长|秘书长|会长|店长|代言人"
)
_DEED = r"创办|创立|创建|成立|领投|设计|主笔|执笔|发起|撰写|牵头|接替|开发|出品|承担|负责|承办|运营|收购|编写|拍摄|制作"
_NOT_NAMES = r"的了在是有为和与及于将被把从对这那其等个们着过曾也都不由，,。；;：:、（）()“”\"\s\d"
_PERSON = rf"(?P<name>[^{_NOT_NAMES}说称认表指介写任兼]{{2,4}})"
_BODY = rf"(?P<name>[^{_NOT_NAMES}]{{2,14}}?)"
_ENDS = r"(?=[，,。；;、（(\s说称认表指介写]|$)"


def name_of(asked: Asked, candidate: Candidate, said: str) -> str:
    """The name asked for, as it is printed in the quoted words; empty where there is none or more than one."""
    question = asked.question
    text = fold(question.text)
    if question.kind is not Kind.WHO or question.parts or question.sides or candidate.column >= 0:
        return ""
    folded, whole = fold(said), f"{fold(said)} {candidate.context}"
    if not all(match(name, whole) >= _SPOKEN for name in (*question.names, *strangers(text))):
        return ""
    found: dict[str, None] = {}
    if office := re.search(_OFFICE, text):
        for pattern in (rf"{office.group()}(?:是|为|[：:])?\s*{_PERSON}{_ENDS}",):
            found |= {said[hit.start("name") : hit.end("name")]: None for hit in re.finditer(pattern, folded)}
    elif deed := re.search(_DEED, text):
        pattern = rf"由{_BODY}(?:共同|联合|一起|先后)?{deed.group()}"
        found |= {said[hit.start("name") : hit.end("name")]: None for hit in re.finditer(pattern, folded)}
    return next(iter(found)) if len(found) == 1 and next(iter(found)) not in text else ""

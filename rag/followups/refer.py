"""Whom or what does 它, 他们, 这家公司 or 这些医生 mean?"""

from __future__ import annotations

import re

from index.chinese.words import words
from rag.followups.about import answer, nominal, topic
from rag.followups.shape import Clause, clause, is_measure, is_role, nouns
from rag.followups.times import without_time
from rag.followups.types import Said

__all__ = ["referred"]

_OF_A_KIND = r"(?:公司|平台|企业|机构|报告|产品|医院|项目|研究|调查|团队|品牌|软件|系统|工具|药)"
_IT = re.compile(
    rf"(?<![其吉])它们?(?:自己)?(?:家)?|(?:这|那|该)(?:一)?(?:家|个|款|份|项|类|种)?{_OF_A_KIND}|(?:这|那)家(?!\w?庭)"
    r"|(?:他|她)们(?:自己)?(?:家)?|^(?:他|她)(?:家)?|(?<![\u3400-\u9fff])其(?=[\u3400-\u9fff])(?![中他它实余])"
)
_THESE = re.compile(
    r"(?:这|那)(?:些|部分|批|类)(?P<thing>[\u3400-\u9fff]{1,4}?)(?=占|里|中|的|有|是|在|每|平均|都|主要|一般|怎|为|[，,])"
)
_THIS_DEED = re.compile(r"(?:这|那)(?:一)?(?:笔|轮|次|项|场)(?P<thing>钱|款|融资|资金|交易|投资|收购|合作|活动|调查)?")
_PERSON = re.compile(r"^(?:他|她)(?!们|家)")
_ASKED_AFTER = re.compile(r"^(?:你好)?[，, ]*(?:请问)?(?:你|您)?(?:知道|听说过?|了解|认识|介绍一下|说说|讲讲)")
_LONGEST = 24  # characters of a subject; more is a sentence
_OBJECT = re.compile(
    r"(?:[用选买装信投管]|使用|采用|收购|投资|参加)[过了]?它们?$"
)  # what is done to it is not what its own subject is


def referred(bare: str, said: Said) -> str:
    """The follow-up with what it refers to in the place of the pronoun; empty where it has none, or names that itself."""
    asked = clause(said.question)
    ways = ((_THESE, _these), (_THIS_DEED, _deed), (_IT, _it))
    hits = [(hit, meant) for pattern, meant in ways if (hit := pattern.search(bare))]
    for found, meant in sorted(hits, key=lambda pair: pair[0].start()):
        if _named_before(bare[: found.start()], said) and not _OBJECT.search(bare[: found.end()]):
            continue
        thing = meant(found, bare, asked, said)
        if thing and thing not in bare and len(thing) <= _LONGEST and not re.search("[，。！；]", thing):
            return f"{bare[: found.start()]}{thing}{bare[found.end() :]}"
    return ""


def _named_before(front: str, said: Said) -> bool:
    """Whether the follow-up itself names what its pronoun means."""
    return bool(said.ear.named(front)) or bool(nouns(without_time(front)))


def _these(found: re.Match[str], bare: str, asked: Clause, said: Said) -> str:
    del bare, said
    held = nominal(asked)
    return held if held.endswith(found["thing"]) else ""


def _deed(found: re.Match[str], bare: str, asked: Clause, said: Said) -> str:
    del bare, said
    held = nominal(asked)
    thing = found["thing"] or ""
    return held if not thing or held.endswith(thing) or thing in ("钱", "款", "资金") else f"{topic(asked)}的{thing}"


def _it(found: re.Match[str], bare: str, asked: Clause, said: Said) -> str:
    behind = bare[found.end() :]
    given = answer(asked, said.reply)
    if given and (not asked.head or (_PERSON.match(found.group()) and re.match("谁|哪位", asked.asks))):
        return given
    if not asked.head:
        names = [name for name in said.ear.named(said.reply) if name not in said.question]
        return names[0] if names else topic(asked, timed=False) or asked.counted
    held = _ASKED_AFTER.sub("", topic(asked, timed=False))
    names = list(said.ear.named(said.question))
    if not names or not held.startswith(names[0]):
        return names[0] if names and names[0] not in held else held
    rest = held[len(names[0]) :].lstrip("的")
    own = re.match(r"的?([\u3400-\u9fff]{1,8}?)(?=[是在有占为多几]|[？?]|$)", behind)
    of_company = bool(re.search(r"家|公司|企业|机构|们", found.group())) or (
        own is not None and (is_role(own[1]) or is_measure(own[1]))
    )
    thing = (
        bool(rest)
        and words(rest)[0][1].startswith(("n", "j", "l", "b", "a"))
        and words(rest)[-1][1].startswith(("n", "j", "l"))
    )
    return held if thing and not of_company else names[0]

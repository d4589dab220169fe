"""Which list does a question want: of how many entries, and of what noun?"""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer
from index.chinese.words import words
from rag.question import Kind, Question

_COUNT = re.compile(r"哪?([二两三四五六七八九十]|\d{1,2})(?:大|个|类|种|项|条|点|步|样|方面|层|块|家|重|级|环节|阶段)")
_LISTED = re.compile(
    r"(?:(?P<before>[\u3400-\u9fff]{2,8}?)(?:都|主要|分别|一共|总共)?(?:有|是|包括|为)?(?:哪些|哪几[个种类条项]|什么)[？?。]?$)"
    r"|(?:哪些|哪?[几二两三四五六七八九十](?:个|种|类|大|项|条|点|层|块))(?:主要的?|重要的?|共同的?)?(?P<after>[\u3400-\u9fff]{2,8})"
)


def wants_list(question: Question) -> bool:
    """Whether the question is answered by several entries rather than by one statement."""
    return question.kind in (Kind.LIST, Kind.STEPS)


def counted(question: str) -> int:
    """How many entries the question says the list has; 0 where it does not."""
    found = _COUNT.search(fold(question))
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else int(chinese_integer(found[1]))


def listed_noun(question: Question) -> str:
    """The noun that the entries are: 原因 in 有哪些原因 and in 原因有哪些; empty where none is beside the asking word."""
    text = fold(question.text)
    found = _LISTED.search(text)
    if not found or not wants_list(question):
        return ""
    before, after = words(found["before"] or ""), words(found["after"] or "")
    noun = before[-1] if before else after[0] if after else ("", "")
    return fold(noun[0]) if len(noun[0]) > 1 and noun[1].startswith(("n", "v", "a", "l", "j")) else ""

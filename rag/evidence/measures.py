"""Does a clause speak of the very thing that a question measures, or of a part of it, or of another's?"""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.words import words
from rag.content import strangers
from rag.matching import match

_SPOKEN = 0.8  # match from which a word stands in a text
_THING = ("n", "j", "vn", "eng", "b", "s")
# beside a measure these narrow nothing
_PALE = re.compile(
    r"情况|原因|数据|水平|方面|时候|年度?|月份?|同比|环比|整体|总体|平均|全年|今年|去年|上年|最近|反而|突然|大幅|明显|持续|一直|越来越"
    r"|连续|公司|集团|企业|全国|国内|数字|期间|同期|过去|目前|当前|总|约|幅度"
)


def things(text: str) -> list[str]:
    """The nouns of a folded text that say of what it speaks, in order."""
    return [fold(word) for word, tag in words(text) if _names(word, tag) and len(word) > 1 and not _PALE.fullmatch(word)]


def _names(word: str, tag: str) -> bool:
    return tag.startswith(_THING) or (tag == "x" and word.isalpha())  # x: a word that no dictionary has


def speaks_of(measure: str, before: str, question: str) -> bool:
    """Whether the words before a verb end in this measure, with nothing beside it that the question does not name too."""
    at = before.rfind(measure)
    if at < 0 or things(before[at + len(measure) :]):
        return False
    return all(match(thing, question) >= _SPOKEN for thing in (*things(before[:at]), *strangers(before[:at])))

"""What is wrong with a claim, and how is that said to a reader?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Fault", "Wrong"]


class Wrong(StrEnum):
    """What the cited words do not carry."""

    FIGURE = "figure"
    OTHER_FIGURE = "other figure"
    TIME = "time"
    DATE = "date"
    NAME = "name"
    OTHER_NAME = "other name"
    DIRECTION = "direction"
    DENIAL = "denial"
    SUPPORT = "support"
    UNMARKED = "unmarked"
    MARKER = "marker"
    LINK = "link"
    CODE = "code"
    SUM = "sum"
    ORDER = "order"


_SAID = {
    Wrong.FIGURE: ("引用的原文里没有“{0}”这个数", "the cited words do not state “{0}”"),
    Wrong.OTHER_FIGURE: ("“{0}”在原文里说的是别的对象或指标", "in the cited words “{0}” is of something else"),
    Wrong.TIME: ("“{0}”在原文里不是这个时间的", "in the cited words “{0}” is of another time"),
    Wrong.DATE: ("引用的原文里没有“{0}”这个时间", "the cited words do not name the time “{0}”"),
    Wrong.NAME: ("引用的原文里没有“{0}”", "the cited words do not mention “{0}”"),
    Wrong.OTHER_NAME: ("原文里这句话说的不是“{0}”", "the cited words are not about “{0}”"),
    Wrong.DIRECTION: ("“{0}”与原文的方向、比较或范围不符", "“{0}”: the cited words differ in direction, comparison or extent"),
    Wrong.DENIAL: ("肯定与否定与原文不符：“{0}”", "the cited words say “{0}” the other way round"),
    Wrong.SUPPORT: ("引用的原文没有说到这些", "the cited words do not say this"),
    Wrong.UNMARKED: ("没有注明出处，资料里也找不到依据", "it names no source, and none of the sources carries it"),
    Wrong.MARKER: ("没有编号为{0}的引用", "there is no citation {0}"),
    Wrong.LINK: ("链接、图片和网页代码不予显示", "links, images and HTML are not shown"),
    Wrong.CODE: ("代码不予显示", "code is not shown"),
    Wrong.SUM: ("算式“{0}”不成立", "the sum “{0}” does not hold"),
    Wrong.ORDER: ("这不是对问题的回答", "this does not answer the question"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the cited words do not carry, and the words that say it."""

    wrong: Wrong
    words: str = ""

    def why(self, *, english: bool) -> str:
        """A sentence for the reader."""
        return _SAID[self.wrong][english].format(self.words)

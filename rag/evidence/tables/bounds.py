"""Which limit does a question set to a figure: 超过40%, 不低于3亿元, 30%到50%之间, 过半?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.chinese.numbers import Number, NumberKind, numbers

_AT_LEAST = r"不低于|不少于|不小于|不下|至少|达到了?|达|大于等于|高于等于|起码"
_MORE = r"超过了?|高于|大于|多于|高过|超出|突破|超|逾|不止|过"
_AT_MOST = r"不超过|没超过|未超过|没有超过|不高于|不大于|不多于|不超|至多|小于等于|低于等于"
_LESS = r"不到|低于|小于|少于|不足|未达到?|没达到|没到"
_LIMIT = re.compile(rf"(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<less>{_LESS})|(?P<more>{_MORE}))\s*$")
_BEHIND = re.compile(r"\s*(?:及|或)?(?:以上|以下|以内)")
_HALF = re.compile(
    r"(?P<less>不到|不足|低于|少于)(?:一半|半数|五成)|(?:超过?了?|高于|大于|突破)(?:一半|半数|五成)|过半数?"
    r"|(?P<least>(?:一半|半数|五成)(?:及)?以上|达到一半)"
)
_JOINED = re.compile(r"\s*(?:和|与|到|至|-|~|—)\s*")
_CLOSED = re.compile(r"\s*(?:之间|区间)")
_COUNTED = re.compile(r"[\u3400-\u9fff]{1,2}(?=的|[，,？?。]|$)")  # a word that counts and is no known unit: 1000单
_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千]")
_BEFORE = 5  # characters before a figure in which its limit may be named


@dataclass(frozen=True, slots=True)
class Bound:
    """Between which values a cell must lie, in the base unit; `said` is how the question puts it."""

    said: str
    kind: NumberKind
    unit: str
    low: float | None = None
    high: float | None = None
    low_counts: bool = True  # 不低于 40 includes 40
    high_counts: bool = True

    def holds(self, value: float) -> bool:
        """Whether the value lies within."""
        above = self.low is None or value > self.low or (self.low_counts and value == self.low)
        below = self.high is None or value < self.high or (self.high_counts and value == self.high)
        return above and below


def bound_in(text: str) -> tuple[Bound | None, str]:
    """The limit that the folded question sets, and the words in which it does."""
    if half := _half(text):
        return half, half.said
    read = [number for number in numbers(text) if number.kind not in (NumberKind.DATE, NumberKind.RANK)]
    for place, number in enumerate(read):
        found = _between(text, read[place : place + 2]) or _limited(text, number)
        if found:
            return found, found.said
    return None, ""


def _half(text: str) -> Bound | None:
    found = _HALF.search(text)
    if not found:
        return None
    whole = Bound(found[0], NumberKind.SHARE, "%")
    if found["less"]:
        return replace(whole, high=50.0, high_counts=False)
    return replace(whole, low=50.0, low_counts=bool(found["least"]))


def _between(text: str, pair: Sequence[Number]) -> Bound | None:
    """40%到60%之间, 介于3万和5万之间."""
    first, last = pair[0], pair[-1]
    low, high = first.value, first.high
    if high is None:
        if len(pair) < 2 or not _JOINED.fullmatch(text[first.span.end : last.span.start]):
            return None
        same = first.kind is last.kind or first.kind is NumberKind.PLAIN
        high = last.value if same else None
    else:
        last = first
    closed = _CLOSED.match(text, last.span.end)
    if high is None or high < low or not closed:
        return None
    start = re.search(r"(?:介于|位于|在)?\s*$", text[: first.span.start])
    said = text[start.start() if start else first.span.start : closed.end()]
    return Bound(said, last.kind, last.unit, low, high)


def _limited(text: str, number: Number) -> Bound | None:
    start, end = number.span.start, number.span.end
    first = _DIGIT.search(text, start)
    digits = first.start() if first else start
    opening = max(0, digits - _BEFORE)
    before = _LIMIT.search(text[opening:digits])
    behind = _BEHIND.match(text, end)
    counted = None if number.unit else _COUNTED.match(text, end)
    end = behind.end() if behind else counted.end() if counted else end
    said = text[min(start, opening + before.start()) if before else start : end]
    whole = Bound(said, number.kind, number.unit)
    if before and before.lastgroup == "most":
        return replace(whole, high=number.value)
    if before and before.lastgroup == "less":
        return replace(whole, high=number.value, high_counts=False)
    if before and before.lastgroup == "least":
        return replace(whole, low=number.value)
    if before:
        return replace(whole, low=number.value, low_counts=False)
    if said.endswith("以上"):
        return replace(whole, low=number.value)
    return replace(whole, high=number.value) if said.endswith(("以下", "以内")) else None

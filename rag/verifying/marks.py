"""Which figures does a text state, how exactly, of what and when?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from index.chinese.numbers import Number, NumberKind, numbers
from index.chinese.words import words
from index.circumstances import Dated, When, dates, leading, when_of
from index.types import Span
from rag.verifying.labels import Label, clause_of, in_turn, labels
from rag.verifying.reading import clauses

__all__ = ["Bound", "Mark", "bound_of", "marks", "noun_behind"]


_NO_TIME = When()


class Bound(StrEnum):
    """How exactly a figure is meant."""

    EXACT = "exact"
    ABOUT = "about"
    UNDER = "under"
    OVER = "over"
    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a read text: `label` names it, `beside` stands around it, `noun` follows a number without a known unit."""

    number: Number
    said: str
    bound: Bound
    noun: str = ""
    when: When = _NO_TIME
    label: str = ""
    beside: str = ""
    lead: str = ""  # the clause before it, where its own says little
    clause: str = ""
    change: bool = False  # by how much something changed
    sign: int = 0  # of a change, as far as it is told beside it


Cut = Sequence[tuple[int, int]]
_BOUNDS = (
    (Bound.AT_MOST, re.compile("不超过|不高于|不多于|至多|最多|以内|以下|≤")),
    (Bound.AT_LEAST, re.compile("不低于|不少于|至少|以上|≥")),
    (Bound.UNDER, re.compile("近|接近|不到|不足|低于|小于|少于|<|nearly")),
    (Bound.OVER, re.compile(r"超|逾|高于|大于|余|多|出头|强|\+$|>|over|过半|上(?=[百千万亿])")),
    (Bound.ABOUT, re.compile("约|左右|上下|about|[数几]")),
)
_CHANGE = re.compile(
    r"(?:增长率?|增幅|增加|增速|提[高升]|上升|上涨|涨幅?|下[降滑跌]|减少|降[低幅]|跌幅?|多出?|高出?|低|少|收窄|扩大|同比|环比|回落"
    r"|上调|下调|净增|净减|缩短|延长|变化"
    r"|\b(?:up|down|by|increased?|decreased?|grew|rose|fell|growth of|increase of|decrease of|decline of|rise of))"
    r"\s*[了约近超达为是高]*\s*$"
)
_CHANGE_BEHIND = re.compile(
    r"\s*的(?:增长|增幅|降幅|跌幅|涨幅)|\s+(?:more|fewer|less|higher|lower|increase|growth|decline|decrease)\b"
)
_UP = re.compile(r"增|升|涨|多|高|扩|延长|\b(?:up|rose|grew|more|higher|growth|increased?|rise)\b")
_DOWN = re.compile(r"下|减|降|跌|低|少|收窄|回落|缩短|\b(?:down|fell|fewer|less|lower|decreased?|decline)\b")
_EARLIER = re.compile(r"[一两二三四五六七八九十\d]年前|此前|之前|先前|当时|同年")
_TO = re.compile(r"[到至]|\bto\b")
_THAN = re.compile(r"\b(?:than|over|from|compared|versus|against)\b")
_LATIN = re.compile(r"\b(?:in|at|by|of|the)\b")
_IN = re.compile(r"[^\d,;]{0,24}\bin (?=(?:19|20)\d\d)")
_ROUGHLY = re.compile(r"(?:大约|约|大概)[^\d，]{0,8}$")
_MODEL = re.compile(r"(?<![a-z])(?!rmb|n=)[a-z]{1,12}-?$")
_ENUMERATED = re.compile(r"\s*(?:[、和及与]|以及|\band\b|,)+\s*")
_NOUN = re.compile(r"\s?([\u3400-\u9fff]{1,4}|[a-z]{1,12}(?![a-z]))")
_NO_NOUN = frozenset("的和与及或是为在有占达到至从比较也就都了而但其则并者等于以上下内中前后左右升降增减涨跌") | frozenset(
    ["the", "and", "of", "in", "to", "for", "on", "by", "are", "had", "have", "has", "was", "were", "from", "with"]
)


def bound_of(said: str) -> Bound:
    """How exactly the printed words of a figure mean it."""
    return next((bound for bound, pattern in _BOUNDS if pattern.search(said)), Bound.EXACT)


@lru_cache(maxsize=4096)
def noun_behind(text: str, end: int) -> str:
    """The word right behind a number, where it may be what is counted."""
    found = _NOUN.match(text, end)
    word = words(found[1])[0][0] if found else ""
    return "" if word in _NO_NOUN or word[:1] in _NO_NOUN else word


@lru_cache(maxsize=4096)
def marks(text: str, current: int = 0, published: int = 0, inherited: When | None = None) -> tuple[Mark, ...]:
    """The figures of a read text in order, dates left out."""
    found = _with_units([number for number in numbers(text) if not _is_model(number, text)], text)
    values = [number for number in found if number.kind is not NumberKind.DATE]
    if not values:
        return ()
    times = dates(text, current, published)
    cut, spans = clauses(text), [number.span for number in values]
    own = in_turn(text, spans, cut)
    in_order = _times_in_turn(times, own)
    named = [own.get(place, label) for place, label in enumerate(labels(text, spans, cut))]
    whens = [_when(text, number, values, times, cut, inherited or When()) for number in values]
    return tuple(
        _mark(text, number, label, in_order.get(place, when))
        for place, (number, label, when) in enumerate(zip(values, named, whens, strict=True))
    )


def _times_in_turn(times: Sequence[Dated], own: dict[int, Label]) -> dict[int, When]:
    """2020年和2021年分别为240万和310万: each figure its own date."""
    ahead = next(iter(own.values())).beside if own else ""
    named = [time for time in times if time.span.end <= len(ahead) and time.when.year]
    return {place: time.when for place, time in zip(own, named, strict=True)} if len(named) == len(own) else {}


def _is_model(number: Number, text: str) -> bool:
    """The digits of HB-300 count nothing."""
    ahead = text[: number.span.start]
    return number.kind is NumberKind.PLAIN and text[number.span.start].isdigit() and bool(_MODEL.search(ahead))


def _with_units(found: list[Number], text: str) -> list[Number]:
    """2.9、2.6和2.2小时: what is counted off takes the unit of the last."""
    for place in range(len(found) - 2, -1, -1):
        number, after = found[place], found[place + 1]
        between = text[number.span.end : after.span.start]
        countable = after.kind not in (NumberKind.DATE, NumberKind.RANK)
        if number.kind is NumberKind.PLAIN and countable and _ENUMERATED.fullmatch(between):
            found[place] = replace(number, kind=after.kind, unit=after.unit)
    return found


def _mark(text: str, number: Number, label: Label, when: When) -> Mark:
    start, end = clause_of(number.span, clauses(text), len(text))
    said, left = number.span.of(text), text[start : number.span.start]
    moved = _CHANGE.search(left) or _CHANGE_BEHIND.match(text, number.span.end)
    bound = bound_of(said)
    return Mark(
        number=number,
        said=said.strip(),
        bound=Bound.ABOUT if bound is Bound.EXACT and _ROUGHLY.search(left) else bound,
        noun="" if number.unit or number.kind is NumberKind.RANK else noun_behind(text, number.span.end),
        when=when,
        label=label.named,
        beside=label.beside,
        lead=label.lead,
        clause=text[start:end],
        change=bool(moved),
        sign=_sign(moved.group()) if moved else 0,
    )


def _when(text: str, number: Number, values: Sequence[Number], times: list[Dated], cut: Cut, inherited: When) -> When:
    """The time of a figure: named in its clause, or before any figure of the sentence or of the time's own clause."""
    clause = Span(*clause_of(number.span, cut, len(text)))
    first = values[0].span.start
    opened = [time for time in times if time.span.start < first or not _figure_before(values, time, cut, len(text))]
    ahead = text[clause.start : number.span.start]
    if _EARLIER.search(ahead) or _reached(text, number, values, times, clause):
        return When()
    behind = _behind(text, number, values, times, clause) if _LATIN.search(text) else None
    if behind and _IN.match(text, number.span.end):
        return behind
    change = bool(_CHANGE.search(ahead))
    when = when_of(number, times, clause, change=change, inherited=leading(opened, clause, inherited))
    return when if when.year or change else behind or when


def _behind(text: str, number: Number, values: Sequence[Number], times: list[Dated], clause: Span) -> When | None:
    """642 million yuan in 2023: English dates a figure behind it."""
    after = min((value.span.start for value in values if value.span.start >= number.span.end), default=len(text))
    limit = min(after, clause.end)
    behind = [time for time in times if number.span.end <= time.span.start < limit and not time.compared]
    return behind[0].when if behind and not _THAN.search(text[number.span.end : behind[0].span.start]) else None


def _reached(text: str, number: Number, values: Sequence[Number], times: list[Dated], clause: Span) -> bool:
    """Whether it is what 从2022年的6.1次 went to: the year is that of the first alone."""
    before = [value for value in values if clause.start <= value.span.start and value.span.end <= number.span.start]
    if not before or not _TO.search(text[before[-1].span.end : number.span.start]):
        return False
    return not any(before[-1].span.end <= time.span.start < number.span.start for time in times)


def _figure_before(values: Sequence[Number], time: Dated, cut: Cut, length: int) -> bool:
    start, _ = clause_of(time.span, cut, length)
    return any(start <= value.span.start < time.span.start for value in values)


def _sign(said: str) -> int:
    if said.strip() in ("同比", "环比"):
        return 0
    return -1 if _DOWN.search(said) else int(bool(_UP.search(said)))

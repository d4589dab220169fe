"""When does a figure hold, and of whom? What its own words say, else what it inherits from those before and above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers
from index.chinese.words import words
from index.types import Span


class Told(StrEnum):
    """Where the time of a figure stands, the surest first."""

    OWN = "own"  # its clause or sentence, its row or column
    BEFORE = "before"  # an earlier sentence, the line before the list or table
    HEADING = "heading"
    TITLE = "title"
    DATE = "date"  # of the document
    NOWHERE = "nowhere"


class Part(StrEnum):
    """Which part of a year; a quarter is written as q1 to q4, a month as 01 to 12."""

    WHOLE = ""
    END = "end"
    START = "start"
    FIRST_HALF = "h1"
    SECOND_HALF = "h2"
    SAME = "same"  # as one named before
    SINCE = "since"  # no part but all that follows


@dataclass(frozen=True, slots=True)
class When:
    """A year or a run of them, which part of it, and where that is said."""

    year: int = 0
    last: int = 0
    part: str = ""
    told: Told = Told.NOWHERE


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that stands in a text; `compared`: it is what something else is measured against."""

    span: Span
    when: When
    relative: bool = False
    compared: bool = False


_QUARTER = re.compile(r"[第]?([一二三四1-4])季度|q([1-4])")
_HALVES = {"上半年": Part.FIRST_HALF, "下半年": Part.SECOND_HALF}
_EDGE = re.compile(r"年?([底末初])$")
_MONTH = re.compile(r"(\d{1,2})\s*月|\d{4}[-/.](\d{1,2})(?!\d)")
_EDGE_BEHIND = re.compile(r"[底末初]")
_SINCE = re.compile(r"\s*(?:以来|起|开始|至今)")
_PART_ALONE = re.compile(r"第?[一二三四1-4]季度|[上下]半年")
_EDGE_OF_YEAR = re.compile(r"(?<=年)[底末初]")  # a tagger takes it for the beginning of the next word
_RELATIVE = re.compile(r"上年|上一年|前一年|一年前|上财年|上一财年|上年同期|去年|前年|今年|本年")
_AGAINST = re.compile(r"(?:比|较|与|同|相比|从|由|自)\s*$")
_TIME_WORD = re.compile(r"^(?:截至|截止|到|在|从|自|于|至|其中|而|但|又|另|还|并|此外|同时|目前|如今|以及)+")
_NOUN = ("n", "j", "eng", "vn", "l", "i", "b", "x")
_PRONOUN = re.compile(r"^(?:它|其|他|她|该|此|这|本|公司|平台|报告|文章)")


def dates(text: str, current: int, published: int) -> list[Dated]:
    """The times in a text, in order; relative ones counted from the year that is spoken of, or the year of publication."""
    folded = fold(text)
    found: list[Dated] = []
    for number in numbers(text):
        if number.kind is NumberKind.DATE and number.year:
            found.append(_absolute(number, folded))
        elif number.kind is NumberKind.DATE and (month := _MONTH.search(number.span.of(folded))) and month[1]:
            found.append(Dated(number.span, When(current, current, f"{int(month[1]):02d}", Told.OWN)))
    taken = [dated.span for dated in found]
    for match in (*_RELATIVE.finditer(folded), *_PART_ALONE.finditer(folded)):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            found.append(_relative(match, folded, current, published))
            taken.append(found[-1].span)
    return sorted(found, key=lambda dated: dated.span.start)


def _absolute(number: Number, folded: str) -> Dated:
    end = number.span.end + (1 if _EDGE_BEHIND.match(folded, number.span.end) else 0)
    said = folded[number.span.start : end]
    part = Part.SINCE if _SINCE.match(folded, end) else _part(said)
    when = When(number.year or 0, int(number.high or number.year or 0), part, Told.OWN)
    return Dated(Span(number.span.start, end), when, compared=bool(_AGAINST.search(folded[: number.span.start])))


def _part(said: str) -> str:
    quarter = _QUARTER.search(said)
    if quarter:
        return "q" + str("一二三四".find(quarter[1]) + 1 or quarter[1] if quarter[1] else quarter[2])
    half = next((part for name, part in _HALVES.items() if name in said), None)
    if half:
        return half
    month = _MONTH.search(said)
    if month:
        number = int(month[1] or month[2])
        return Part.END if number == 12 and re.search(r"31\s*[日号]?", said) else f"{number:02d}"
    edge = _EDGE.search(said)
    return (Part.START if edge[1] == "初" else Part.END) if edge else Part.WHOLE


def _relative(match: re.Match[str], folded: str, current: int, published: int) -> Dated:
    said = match.group()
    end = match.end() + (1 if _EDGE_BEHIND.match(folded, match.end()) else 0)
    if said.startswith(("去", "前年", "今", "本")):
        year = published - (0 if said[0] in "今本" else 2 if said == "前年" else 1) if published else 0
    elif _PART_ALONE.match(said):
        year = current
    else:
        year = current - 1 if current else 0
    part = Part.SAME if "同期" in said else _part(folded[match.start() : end])
    when = When(max(year, 0), max(year, 0), part, Told.OWN if year else Told.NOWHERE)
    relative = not _PART_ALONE.match(said)
    return Dated(Span(match.start(), end), when, relative, bool(_AGAINST.search(folded[: match.start()])))


def when_of(number: Number, found: Sequence[Dated], clause: Span, *, change: bool, inherited: When) -> When:
    """The time of one figure of a sentence: what stands before it in its clause or in brackets behind it, else inherited."""
    usable = [dated for dated in found if not (change and dated.compared)]
    before = [dated for dated in usable if clause.start <= dated.span.start < number.span.start]
    if before:
        return before[-1].when
    behind = [d for d in usable if number.span.end <= d.span.start <= number.span.end + 1 and d.span.end <= clause.end + 1]
    return behind[0].when if behind else inherited


def leading(found: Sequence[Dated], clause: Span, inherited: When) -> When:
    """What a figure inherits within its sentence: the last time before its clause that stands before any figure."""
    named = [d.when for d in found if d.span.start < clause.start and not d.relative and not d.compared]
    return named[-1] if named else inherited


def carried(found: Sequence[Dated], before: When) -> When:
    """What the next sentence inherits: the first time that the sentence names by itself, else what it inherited."""
    own = next((dated.when for dated in found if not dated.relative and not dated.compared), None)
    if own and own.part.isdecimal():
        return before  # a month dates one event
    return replace(own, told=Told.BEFORE) if own else before


def opening(text: str) -> Span | None:
    """The noun phrase that a sentence opens with, which it speaks of; None where it opens with a pronoun or a verb."""
    at, start, end = 0, -1, -1
    for word, tag in words(_EDGE_OF_YEAR.sub(lambda found: " " * len(found.group()), text)):
        place = at
        at += len(word)
        if tag.startswith(_NOUN) and not _PRONOUN.match(word):
            start, end = (place if start < 0 else start), at
        elif start >= 0 or not (tag.startswith(("t", "m", "p", "c", "w", "d")) or not word.strip() or _TIME_WORD.match(word)):
            break
    return Span(start, end) if end - start > 1 else None

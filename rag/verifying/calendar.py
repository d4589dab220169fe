"""Which days, months, quarters and years does a text name?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.chinese.numbers import NumberKind, numbers
from index.circumstances import dates

__all__ = ["Day", "days", "stands_for"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"(\d{1,2})\s*月|(?:19|20)\d\d[-/.](\d{1,2})(?!\d)")
_DAY = re.compile(r"月\s*(\d{1,2})\s*[日号]|(?:19|20)\d\d[-/.]\d{1,2}[-/.](\d{1,2})")
_PARTS = (
    ("q1", re.compile(r"[第]?[一1]季度|q1|首季")),
    ("q2", re.compile(r"[第]?[二2]季度|q2")),
    ("q3", re.compile(r"[第]?[三3]季度|q3")),
    ("q4", re.compile(r"[第]?[四4]季度|q4")),
    ("h1", re.compile("上半年")),
    ("h2", re.compile("下半年")),
    ("fy", re.compile("财年|财政年度")),
    ("end", re.compile("年?[底末]")),
    ("start", re.compile("年?初")),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told: 0 and "" where nothing is."""

    year: int = 0
    month: int = 0
    day: int = 0
    part: str = ""
    last: int = 0  # of a run of years


@lru_cache(maxsize=4096)
def days(text: str, published: int = 0) -> tuple[Day, ...]:
    """The dates of a read text in order; relative ones counted from the year of publication."""
    found = []
    for number in numbers(text):
        if number.kind is not NumberKind.DATE:
            continue
        said = text[number.span.start : number.span.end + 1]
        month, day = _MONTH.search(said), _DAY.search(said)
        m = int(month[1] or month[2]) if month else 0
        d = int(day[1] or day[2]) if day else 0
        part = next((name for name, pattern in _PARTS if not m and pattern.search(said)), "")
        found.append(Day(number.year or 0, m, d, part, int(number.high or 0)))
    for dated in dates(text, published, published):
        if dated.relative and dated.when.year:
            found.append(Day(dated.when.year, 0, 0, "relative"))
    return tuple(found)


def stands_for(claim: Day, printed: Day) -> bool:
    """Whether a printed date carries the claimed one, which may be less exact but not more."""
    if claim.last or printed.last:
        return (claim.year, claim.last) == (printed.year, printed.last) or (
            not claim.last and not claim.month and claim.year in (printed.year, printed.last)
        )
    if claim.year and claim.year != printed.year:
        return False
    if claim.month and (claim.month, claim.day or printed.day) != (printed.month, printed.day):
        return False
    if claim.part == "fy":
        return not printed.month and printed.part != "relative"
    if claim.part and claim.part != printed.part:
        return claim.part == "end" and (printed.month, printed.day) == (12, 31)
    return True

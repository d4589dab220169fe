"""Is a label a time, and where on an axis of times does it stand?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.numbers import chinese_integer
from index.circumstances import dates

_ORDINAL = re.compile(r"第\s*([一二三四五六七八九十]+|\d{1,2})\s*个?\s*(?:年度?|财年|学年|季度?|月|周|天)")
_MONTH_OF = {"": 12, "end": 12, "start": 1, "h1": 6, "h2": 12, "q1": 3, "q2": 6, "q3": 9, "q4": 12}
_ASIDE = re.compile(r"^(?:fy|财年|年度|[年度aef]|预测|预计|估计|实际|[（()）\s])*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """When a label is, in years; `name` are its words for it, `rest` what else it says."""

    at: float
    name: str
    rest: str = ""


def times(labels: Sequence[str]) -> tuple[Time, ...]:
    """The times of the labels in their order; empty unless each is another time and they say nothing else, or all the same."""
    found = [time for label in labels if (time := time_in(label))]
    alike = len({time.rest for time in found}) == 1 and len({time.at < _FIRST_YEAR for time in found}) == 1
    return tuple(found) if alike and len(found) == len(labels) == len({time.at for time in found}) else ()


_FIRST_YEAR = 1800.0  # what is below counts periods that no year is given for


def time_in(label: str) -> Time | None:
    """The one time that a label names, a numbered period too; None where it names none, several or a span of years."""
    named = [dated for dated in dates(label, 0, 0) if not dated.relative]
    if len(named) == 1 and named[0].when.last == named[0].when.year:
        when, span = named[0].when, named[0].span
        month = int(when.part) if when.part.isdecimal() else _MONTH_OF.get(when.part)
        return Time(when.year + month / 12, *_apart(label, span.start, span.end)) if month else None
    numbered = _ORDINAL.search(label)
    if numbered and not named:
        period = float(numbered[1]) if numbered[1].isdecimal() else chinese_integer(numbered[1])
        return Time(period, *_apart(label, numbered.start(), numbered.end()))
    return None


def _apart(label: str, start: int, end: int) -> tuple[str, str]:
    rest = f"{label[:start]}{label[end:]}"
    return (label.strip(), "") if _ASIDE.match(rest) else (label[start:end].strip(), rest.strip(" ·，,的"))

"""Does a claimed figure say no more than a printed one: value, unit, how exactly, when?"""

from __future__ import annotations

import re

from index.chinese.amounts import base_value, family
from index.chinese.numbers import NumberKind
from index.circumstances import Part, Told, When
from rag.matching import match
from rag.verifying.marks import Bound, Mark

__all__ = ["same_figure", "same_time", "same_unit"]

_ONE_NOUN = 0.8
_TINY = 1e-9
_ROUNDED = 0.05  # the most that a figure said to be about another may be away from it
_ALIKE = tuple(map(frozenset, ("家个所座", "种个类项条", "篇条份件个", "场次个")))  # counters of one kind of thing
_WEAKER = {
    Bound.EXACT: {Bound.EXACT, Bound.ABOUT},
    Bound.ABOUT: {Bound.ABOUT},
    Bound.UNDER: {Bound.UNDER, Bound.ABOUT, Bound.AT_MOST},
    Bound.OVER: {Bound.OVER, Bound.AT_LEAST},
    Bound.AT_LEAST: {Bound.AT_LEAST},
    Bound.AT_MOST: {Bound.AT_MOST},
}  # of a printed figure: what may be said of it without saying more
_NEAR = frozenset(Bound) - {Bound.EXACT}
_VAGUE = re.compile("[数几]")
_NEARLY = re.compile("近|nearly")
_PARTIAL = re.compile(r"q\d|h\d|\d\d")


def same_figure(claim: Mark, printed: Mark) -> bool:
    """Whether the printed figure carries the claimed one, whatever it is of."""
    one, other = claim.number, printed.number
    if one.kind is not NumberKind.DURATION and not 0.5 <= (one.value + 1e-12) / (other.value + 1e-12) <= 2.0:
        return False
    vague = bool(_VAGUE.search(claim.said)) is bool(_VAGUE.search(printed.said))
    return vague and _same_value(claim, printed) and same_unit(claim, printed)


def same_unit(claim: Mark, printed: Mark) -> bool:
    """Whether both count in one unit; a counter may be left out where a scale or a noun tells what is counted."""
    said, meant = claim.number, printed.number
    if NumberKind.RANK in (said.kind, meant.kind):
        return said.kind is meant.kind
    one, other = family(said), family(meant)
    if one == other:
        return not (claim.noun and printed.noun) or one != "" or match(claim.noun, printed.noun) >= _ONE_NOUN
    counts = {said.kind, meant.kind} <= {NumberKind.COUNT, NumberKind.PLAIN}
    if not one or not other:
        # 9.56万辆: what stands behind a bare number is its counter where it is one character
        counter, unit = claim.noun or printed.noun, one or other
        if counts and len(counter) == 1 and counter != unit and not any(counter in alike and unit in alike for alike in _ALIKE):
            return False
        return counts or (not one and meant.kind is NumberKind.MONEY and "亿" in claim.said + "万" and said.value >= 1e4)
    if "%" in (one, other) or not counts:
        return False
    return any(one in alike and other in alike for alike in _ALIKE) or (one == "个" and other != "人次")


def _same_value(claim: Mark, printed: Mark) -> bool:
    low, high = _ends(claim)
    other_low, other_high = _ends(printed)
    if (claim.number.high is None) != (printed.number.high is None):
        return False
    if claim.number.high is not None and _between(claim.said) - _between(printed.said) - {printed.number.unit}:
        return False
    if claim.number.high is not None:
        return _equal(low, other_low) and _equal(high, other_high)
    if _equal(low, other_low):
        return claim.bound in _WEAKER[printed.bound] and not _turned(claim, printed)
    if printed.bound is not Bound.EXACT or claim.bound not in _NEAR:
        return False
    # rounded to the last place that the claim prints, and said to be so
    away, place = low - other_low, 2 * _half_place(claim)
    if claim.bound is Bound.ABOUT:
        return abs(away) <= min(_ROUNDED * abs(other_low), place / 2)
    if claim.bound in (Bound.UNDER, Bound.AT_MOST):
        return 0 < away <= min(_ROUNDED * other_low, place)
    return claim.bound in (Bound.OVER, Bound.AT_LEAST) and 0 < -away <= min(_ROUNDED * other_low, place)


def _between(said: str) -> set[str]:
    """The units that stand behind the ends of a range: 40.0个百分点-60.7% has two."""
    return set(re.findall(r"个?百分点|%|倍|美元|港元|元|小时|分钟|天|个月|年|人|家", said))


def _turned(claim: Mark, printed: Mark) -> bool:
    """近八成 says more than 不到八成."""
    return (
        claim.bound is Bound.UNDER
        and printed.bound is Bound.UNDER
        and bool(_NEARLY.search(claim.said))
        and not _NEARLY.search(printed.said)
    )


def _ends(mark: Mark) -> tuple[float, float]:
    number = mark.number
    return base_value(number, number.value), base_value(number, number.value if number.high is None else number.high)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _TINY * max(abs(one), abs(other), 1.0)


def _half_place(mark: Mark) -> float:
    """Half of the last place that is printed."""
    digits = re.findall(r"\d[\d,]*(?:\.\d+)?", mark.said)
    if not digits:
        return abs(_ends(mark)[0]) * _ROUNDED
    last = digits[-1].replace(",", "")
    whole, _, decimals = last.partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if not decimals else 0
    unit = _ends(mark)[0] / float(last) if float(last) else 1.0
    return float(0.5 * 10.0 ** (zeros - len(decimals)) * abs(unit))


def same_time(claim: When, printed: When, around: str) -> bool:
    """Whether a printed figure holds at the claimed time; `around`: the read words that date it beside its own."""
    if not claim.year:
        return True
    if not printed.year:
        return str(claim.year) in around
    if printed.told is Told.DATE:
        return claim.year == printed.year or str(claim.year) in around
    if printed.told in (Told.HEADING, Told.TITLE):
        return printed.year <= claim.year <= max(printed.last, printed.year) or _same_years(claim, printed)
    if not _same_years(claim, printed):
        return False
    return _same_part(claim.part, printed.part, around)


def _same_years(claim: When, printed: When) -> bool:
    return (claim.year, claim.last or claim.year) == (printed.year, printed.last or printed.year)


def _same_part(claim: str, printed: str, around: str) -> bool:
    if claim == printed or printed in (Part.SAME, Part.SINCE) or claim == Part.SAME:
        return True
    if not claim:
        return not _PARTIAL.fullmatch(printed) or printed == "12"
    if claim in (Part.END, "12") and printed in ("", Part.END, "12"):
        return printed != "" or bool(re.search("年[底末]|期末|12月", around))
    return False

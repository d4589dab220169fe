"""Which figures can stand in a picture: what each counts, in which unit, and whether it is exact?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.amounts import family, reach
from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind

_NO_QUANTITY = frozenset({NumberKind.DATE, NumberKind.RANK})
_VAGUE = re.compile("[数几]")
SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "千亿": 1e11}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is drawn, in the base unit; `given` is the scale that its header states; `n` its citation."""

    value: float
    unit: str
    family: str  # figures of one family can be drawn side by side
    n: int
    printed: str
    exact: bool
    given: float = 1.0


def value_of(number: Number, printed: str, n: int) -> Value | None:
    """The figure as it is drawn; None for dates, ranks, ranges and 数百万, which no length can show."""
    if number.kind in _NO_QUANTITY or number.high is not None or _VAGUE.search(fold(printed)):
        return None
    # a length of time is drawn in the unit that is printed
    kin = number.unit if number.kind is NumberKind.DURATION else family(number)
    return Value(_clean(number.value), number.unit, kin, n, printed.strip(), reach(number, printed).exact)


def in_one_unit(values: Sequence[Value]) -> tuple[str, float]:
    """The unit to draw in, and what the base values are divided by: the header's own scale where all have it."""
    given = {value.given for value in values}
    scale = given.pop() if len(given) == 1 else 1.0
    name = next(name for name, size in SCALES.items() if size == scale)
    return f"{name}{values[0].unit}", scale


def divided(value: float, scale: float) -> float:
    """The value in a greater unit, free of what floats add to it."""
    return _clean(value / scale)


def _clean(value: float) -> float:
    return float(f"{value:.12g}")

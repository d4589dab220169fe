"""Is a cell plainly a number, in which unit, and how is a number that was calculated from it written?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers

_PLAIN = re.compile(
    r"(?P<sign>[-−–+]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>百万|千万|百亿|千亿|[万亿千百])?(?P<unit>(?!.*(?:多|余|以[上下内]|左右|上下))[^\d\s,，.。、;；/+~至]{0,4})"
)
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000,
           "百亿": 10_000_000_000, "千亿": 100_000_000_000}  # fmt: skip
_EXACT = 4  # decimals that a sum of printed figures may have


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell that is a number and nothing else: `value` in the base unit, `scale` and `places` as it is printed."""

    value: Decimal
    unit: str
    scale: str
    places: int
    shown: str  # as printed, its unit behind it

    @property
    def share(self) -> bool:
        return self.unit in ("%", "‰")


@lru_cache(maxsize=65536)
def figure(text: str) -> Number | None:
    """The first figure of a cell, whatever stands around it."""
    return next(numbers(text), None)


@lru_cache(maxsize=65536)
def amount(text: str, given: str = "") -> Amount | None:
    """The cell as an amount, in the unit that its header gives where it has none; None for 近30万, 80-100 or 第3名."""
    bare = re.sub(r"\s+", "", fold(text))
    found = _PLAIN.fullmatch(bare + fold(given) if is_bare(text) else bare)
    read = figure(text)
    dated = read is not None and read.kind is NumberKind.DATE
    if not found or (dated and found["unit"] in ("", "年", "月", "年度", "财年", "年底", "年末")):
        return None  # 1900单 is no year, 1900年 and 1900 are
    digits = found["digits"].replace(",", "")
    value = Decimal(digits) * _SCALES[found["scale"] or ""] * (-1 if found["sign"] in tuple("-−–") else 1)
    return Amount(value, found["unit"], found["scale"] or "", len(digits.partition(".")[2]), found.group())


def is_bare(text: str) -> bool:
    """Whether a cell is a number without any unit or scale."""
    return bool(re.fullmatch(r"[-−–+]?\d[\d,]*(?:\.\d+)?", re.sub(r"\s+", "", fold(text))))


def alike(amounts: Sequence[Amount]) -> bool:
    """Whether they may be added and compared: all in the same unit."""
    return len({amount.unit for amount in amounts}) == 1


def written(value: Decimal, like: Sequence[Amount], places: int = _EXACT) -> str:
    """A calculated value in the unit and the scale of the amounts that it comes from."""
    scales = sorted((amount.scale for amount in like), key=lambda scale: _SCALES[scale])
    scale = scales[-1] if abs(value) >= _SCALES[scales[-1]] else scales[0]  # 1.2亿 − 8600万 is 3400万
    return f"{trimmed(value / _SCALES[scale], places)}{scale}{like[0].unit}"


def trimmed(value: Decimal, places: int) -> str:
    """The number with at most so many decimals, no zeros at its end, a true minus sign."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−") if rounded else "0"

"""Do two figures say the same? Between which values each lies, as it is printed, in units that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind

_SECONDS = {
    **{"秒": 1, "分钟": 60, "小时": 3600, "天": 86_400, "周": 604_800},
    **{"个月": 2_629_800, "季度": 7_889_400, "年": 31_557_600},
}
_SAME_UNIT = {
    **dict.fromkeys(("个小时", "个多小时", "钟头", "hours"), "小时"),
    **dict.fromkeys(("周年", "years"), "年"),
    **{"minutes": "分钟", "months": "个月", "days": "天"},
    **dict.fromkeys(("人民币", "rmb", "yuan", "块", "块钱"), "元"),
    **{"usd": "美元", "港币": "港元", "percent": "%", "百分点": "个百分点", "times": "倍"},
    **dict.fromkeys(("名", "位", "多名", "余名"), "人"),
    "款": "种",
}
_ROUGH = re.compile(r"约|左右|上下|大概|大约|[数几]|一半|过半|半数|百万级")
_UNDER = re.compile(r"近|将近|接近|不到|不足|低于|小于|<")
_AT_MOST = re.compile(r"不超过|不高于|不多于|至多|最多|以内|以下|≤")
_OVER = re.compile(r"超过|超|逾|高于|大于|余|多|有余|出头|强|\+|>|over|上(?=[百千万亿])|过半")
_AT_LEAST = re.compile(r"不低于|不少于|至少|以上|≥")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NEAR = 0.8  # what 近 and 不到 leave open below the figure they name
_ABOUT = 0.1  # and 约 on either side
_WORDED = 0.06  # a fraction in words is a rounded one
_COARSE = 0.15  # of the value that rounding to its only digit may leave open: 1亿 is not 1.4亿
_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a printed figure allows, both ends included; `exact` where nothing but rounding leaves room."""

    low: float
    high: float
    exact: bool
    ranged: bool = False  # two ends are printed

    def meets(self, other: Reach) -> bool:
        """Whether one value could be both; of two ranges, whether both ends could."""
        if self.ranged and other.ranged:
            room = self._room + other._room
            return abs(self.low - other.low) <= room and abs(self.high - other.high) <= room
        slack = 1e-9 * max(abs(self.high), abs(other.high), 1.0) if _ENDLESS not in (self.high, other.high) else 0.0
        return self.low <= other.high + slack and other.low <= self.high + slack

    @property
    def _room(self) -> float:
        return 1e-3 * max(abs(self.low), abs(self.high))


def family(number: Number) -> str:
    """Figures of one family can be compared: money of one currency, shares, points, lengths of time, things of one counter."""
    unit = _SAME_UNIT.get(number.unit, number.unit)
    return "time" if unit in _SECONDS and number.kind is NumberKind.DURATION else unit


def base_value(number: Number, value: float) -> float:
    """The value in the unit that its family is compared in: lengths of time in seconds, all else as it is."""
    unit = _SAME_UNIT.get(number.unit, number.unit)
    return value * _SECONDS[unit] if number.kind is NumberKind.DURATION and unit in _SECONDS else value


def reach(number: Number, printed: str) -> Reach:
    """What the printed words of a figure allow: 2.84亿 anything that is rounded to it, 近八成 a little less than 80%."""
    said = fold(printed)
    low, high = base_value(number, number.value), base_value(number, number.value if number.high is None else number.high)
    if _AT_MOST.search(said):
        return Reach(-_ENDLESS, high, exact=False)
    if _AT_LEAST.search(said):
        return Reach(low, _ENDLESS, exact=False)
    if _UNDER.search(said):
        return Reach(low * _NEAR, high, exact=False)
    if _OVER.search(said):
        return Reach(low, _ENDLESS, exact=False)
    if _ROUGH.search(said):
        vague = 10.0 if re.search("[数几]", said) else 1.0 + _ABOUT
        return Reach(low * (1 - _ABOUT), high * vague, exact=False)
    step = _step(said, number)
    return Reach(low - step, high + step, exact=True, ranged=number.high is not None)


def _step(said: str, number: Number) -> float:
    """Half of the last place that is printed, in the compared unit; zeros at the end of a great number are rounded ones."""
    digits = _DIGITS.findall(said)
    value = base_value(number, abs(number.value if number.high is None else number.high))
    if not digits:
        if "成" in said and number.kind is NumberKind.SHARE:
            return 0.5 if re.search("成[一二三四五六七八九半]", said) else 5.0
        return value * _WORDED if "分之" in said else 0.0
    last = digits[-1].replace(",", "")
    bare = float(last) or 1.0
    places = len(last.partition(".")[2])
    zeros = len(last) - len(last.rstrip("0")) if not places else 0
    place = 10.0**-places * (10.0**zeros if zeros >= 2 else 1.0)
    # a plain whole number that is no rounded one was counted: nothing is left open
    counted = not places and zeros < 2 and value == float(last)
    return 0.0 if counted and number.kind is not NumberKind.SHARE else min(0.5 * place / bare, _COARSE) * value

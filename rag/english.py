"""How a Chinese figure, date or name is said in English: by rule, and only where the rule covers all of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers

__all__ = ["InEnglish", "in_english"]

InEnglish = Callable[[str], str]  # a figure, date or name in English, empty where it cannot be said

_BEFORE = (
    (re.compile(r"^(?:不超过|不多于|不高于|至多|最多)"), "at most "),
    (re.compile(r"^(?:不低于|不少于|至少)"), "at least "),
    (re.compile(r"^(?:不到|不足|低于|小于)"), "less than "),
    (re.compile(r"^(?:超过|高于|大于|超|逾)"), "more than "),
    (re.compile(r"^(?:接近|将近|近)"), "nearly "),
    (re.compile(r"^(?:大约|约)"), "about "),
)
_AFTER = (
    (re.compile(r"以上$"), "at least "),
    (re.compile(r"以[下内]$"), "at most "),
    (re.compile(r"(?:左右|上下)$"), "about "),
)
_MORE = re.compile(r"(?<=[\d十百千万亿])(?:余|多)(?=\D|$)")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_CURRENCIES = {"美元": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP"}
_TIMES = {"小时": "hour", "钟头": "hour", "分钟": "minute", "秒": "second", "天": "day", "周": "week", "月": "month",
          "季度": "quarter", "年": "year"}  # fmt: skip
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(r"^(\d{4})\s*(?:年|财年|[-/.])?\s*(?:(\d{1,2})\s*(?:月|[-/.])?)?\s*(?:(\d{1,2})\s*[日号]?)?$")
_PARTS = (
    (re.compile(r"^(\d{4})年?(?:年?底|末)$"), "end of {0}"),
    (re.compile(r"^(\d{4})年?初$"), "beginning of {0}"),
    (re.compile(r"^(\d{4})年上半年$"), "first half of {0}"),
    (re.compile(r"^(\d{4})年下半年$"), "second half of {0}"),
    (re.compile(r"^(\d{4})年?(?:财年|财政年度)$"), "financial year {0}"),
    (re.compile(r"^(\d{4})年第?([1-4一二三四])季度$"), "{1} quarter of {0}"),
    (re.compile(r"^(\d{1,2})月(\d{1,2})[日号]$"), "{1} {0}"),
)
_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "一": "first", "二": "second", "三": "third",
             "四": "fourth"}  # fmt: skip


def in_english(text: str, name: Callable[[str], str]) -> str:
    """The text in English where it is one figure, one date or a name that `name` knows in Latin letters; else empty."""
    folded = fold(text).strip()
    found = list(numbers(folded))
    if len(found) == 1 and found[0].span.of(folded).strip() == folded:
        return _SAID[found[0].kind](found[0], folded)
    return name(folded)


def _date(_: Number, text: str) -> str:
    for pattern, said in _PARTS:
        if part := pattern.match(text):
            first, second = part[1], part[2] if part.re.groups > 1 else ""
            if "月" in text:
                first = _month(first)
            return said.format(first, _QUARTERS.get(second, second)) if first else ""
    date = _DATE.match(text)
    if not date or (date[2] and not _month(date[2])):
        return ""
    return " ".join(filter(None, (date[3] and str(int(date[3])), date[2] and _month(date[2]), date[1])))


def _month(number: str) -> str:
    return _MONTHS[int(number) - 1] if 1 <= int(number) <= len(_MONTHS) else ""


def _money(number: Number, text: str) -> str:
    currency = next((code for unit, code in _CURRENCIES.items() if unit in text), "RMB")
    return f"{_bound(text)}{currency} {_range(number)}"


def _count(number: Number, text: str) -> str:
    return f"{_bound(text)}{_range(number)}"


def _share(number: Number, text: str) -> str:
    if "百分点" in text:
        return f"{_bound(text)}{_range(number)} percentage points"
    if number.high is None and round(number.value, 1) != number.value and "分之" in text:
        return f"about {number.value:.1f}%"  # 三分之一
    return f"{_bound(text)}{_range(number)}%"


def _duration(number: Number, text: str) -> str:
    unit = next((said for unit, said in _TIMES.items() if unit in text), "")
    plural = "" if number.value == 1 and number.high is None else "s"
    return f"{_bound(text)}{_range(number)} {unit}{plural}" if unit else ""


def _multiple(number: Number, text: str) -> str:
    return f"{_bound(text)}{_range(number)} times"


def _rank(number: Number, _: str) -> str:
    return f"no. {number.value:g}"


def _bound(text: str) -> str:
    """What 近, 超过 or 以上 says of the figure."""
    said = next((word for pattern, word in (*_BEFORE, *_AFTER) if pattern.search(text)), "")
    return said or ("more than " if _MORE.search(text) or "+" in text else "")


def _range(number: Number) -> str:
    low, high = number.value, number.high
    if high is None:
        return _scaled(low)
    scale = next(((size, word) for size, word in _SCALES if low >= size), None)
    if scale:
        return f"{_digits(low / scale[0])}–{_digits(high / scale[0])} {scale[1]}"
    return f"{_digits(low)}–{_digits(high)}"


def _scaled(value: float) -> str:
    scale = next(((size, word) for size, word in _SCALES if value >= size), None)
    return f"{_digits(value / scale[0])} {scale[1]}" if scale else _digits(value)


def _digits(value: float) -> str:
    return f"{round(value, 4):,.10g}"


_SAID: dict[NumberKind, Callable[[Number, str], str]] = {
    NumberKind.DATE: _date,
    NumberKind.MONEY: _money,
    NumberKind.COUNT: _count,
    NumberKind.PLAIN: _count,
    NumberKind.SHARE: _share,
    NumberKind.DURATION: _duration,
    NumberKind.MULTIPLE: _multiple,
    NumberKind.RANK: _rank,
}

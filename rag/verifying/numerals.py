"""How is a number in words written in digits?"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.chinese.numbers import chinese_integer

__all__ = ["in_digits"]

_ONES = "一二两三四五六七八九"
_FOLLOWED = r"(?=个?小时|个?百分点|倍|%|元|年|天|分钟|个月|[万亿]|人|家|美元|港元|公里|吨|公斤)"
_PLACES = {character: str(place) for place, character in enumerate("零一二三四五六七八九")} | {"〇": "0"}


def _year(match: re.Match[str]) -> str:
    return "".join(_PLACES[character] for character in match[1]) + match[2]


def _great(match: re.Match[str]) -> str:
    value = chinese_integer(match.group())
    size, name = (1e8, "亿") if value >= 1e8 else (1e4, "万")
    return f"{value / size:.12g}{name}"


def _plain(match: re.Match[str]) -> str:
    return f"{chinese_integer(match.group()):.12g}"


def _tenths(match: re.Match[str]) -> str:
    """三成四."""
    return f"{chinese_integer(match[1]):.0f}{'5' if match[2] == '半' else f'{chinese_integer(match[2]):.0f}'}%"


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![零〇一二三四五六七八九])([一二][零〇九][零〇一二三四五六七八九]{2})(年|财年)"), _year),
    (re.compile(rf"([{_ONES}])成([{_ONES}半])(?![万亿])"), _tenths),
    (re.compile(r"百分之\s*(\d[\d.]*)"), lambda match: f"{match[1]}%"),
    (re.compile(rf"(?<!分之)(?<![{_ONES}十百千零〇数几])[{_ONES}十][{_ONES}十百零]*点[零〇{_ONES}]+{_FOLLOWED}"), _plain),
    (
        re.compile(
            rf"(?<!分之)(?<![{_ONES}十百千零〇数几第\d])(?:[{_ONES}][零{_ONES}十百千]*|十[{_ONES}]?)[万亿][零{_ONES}十百千万]*(?![一万分之])"
        ),
        _great,
    ),
    (re.compile(rf"(?<!分之)(?<![{_ONES}十百千零〇数几第])[{_ONES}][百千][零{_ONES}十百千]*(?![万亿分])"), _plain),
)


def in_digits(text: str) -> str:
    """The folded text with years, great numbers and decimals in digits: 三百一十万 becomes 310万, 二〇二一年 2021年."""
    for pattern, written in _RULES:
        text = pattern.sub(written, text)
    return text

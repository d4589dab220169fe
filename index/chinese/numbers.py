"""Which figures stand in a text: value, unit and kind, in whatever writing they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.chinese.fold import fold
from index.types import Span


class NumberKind(StrEnum):
    """What a figure measures; a question that asks for one kind is not answered by another."""

    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    RANK = "rank"
    MULTIPLE = "multiple"
    COUNT = "count"
    PLAIN = "plain"  # a number with no unit


@dataclass(frozen=True, slots=True)
class Number:
    """A figure where it is printed, qualifiers included; `value` in the base unit (1.5亿 → 150000000), `high` ends a range."""

    span: Span
    kind: NumberKind
    value: float
    unit: str
    high: float | None = None

    @property
    def year(self) -> int | None:
        """The year of a date, None for other kinds and for dates without a year."""
        return int(self.value) if self.kind is NumberKind.DATE and self.value >= 1900 else None


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_ENGLISH_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

_UNITS: dict[NumberKind, tuple[str, ...]] = {
    NumberKind.SHARE: ("个百分点", "百分点", "%", "‰", "成", "percent"),
    NumberKind.MONEY: ("人民币", "美元", "港元", "港币", "欧元", "日元", "元", "块钱", "块", "yuan", "usd", "rmb"),
    NumberKind.DURATION: (
        *("个多小时", "个半小时", "个小时", "小时", "钟头", "分钟", "秒", "个半月", "个月", "天", "周年", "周", "季度"),
        *("年", "hours", "minutes", "months", "years", "days"),
    ),
    NumberKind.MULTIPLE: ("倍", "times"),
    NumberKind.COUNT: (
        *("多名", "余名", "人次", "人", "名", "位", "家", "个", "项", "篇", "条", "场", "次", "批", "种", "款", "例"),
        *("省", "市", "地市", "科室", "所", "类", "部", "部门", "期", "台", "套", "件", "张", "页", "字", "岁", "步"),
        *("轮", "级", "讲", "座", "支", "份", "户", "点", "处"),
    ),
}
_KIND_OF_UNIT = {unit: kind for kind, units in _UNITS.items() for unit in units}
_UNIT = "|".join(sorted(map(re.escape, _KIND_OF_UNIT), key=len, reverse=True))
_ARABIC = r"\d[\d,]*(?:\.\d+)?"
_SCALE = r"(?:\s*(?:百万|千万|百亿|千亿|[万亿千百]+)|\s*(?:thousand|million|billion)\b)?"
_BEFORE = (
    r"(?:不超过|不低于|不高于|不少于|不多于|不到|不足|接近|将近|大约|超过|高于|低于|大于|小于|超|逾|近|约|至少|至多|最多|高达|仅"
    r"|[<>≥≤]|nearly |about |over |上(?=[百千万亿]))?"
)
_CURRENCIES = {"hk$": "港元", "us$": "美元", "$": "美元", "¥": "元", "rmb": "元", "€": "欧元", "£": "英镑"}
_SIGN = r"(?:(?P<sign>hk\$|us\$|rmb|[$¥€£])\s?)?"
_AFTER = r"(?:以上|以下|以内|左右|上下|有余|出头|强(?![大化调度])|多(?![个家名人少数样种元]))?"
_RANGE = r"\s*(?:-|~|—|–|至|到)\s*"

_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)\s*(?:年\s*(?:-|~|—|–|至|到)\s*(?P<y3>(?:19|20)\d\d)\s*年(?!\d|\s*\d)|"
    r"年\s*(?:(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?|[第]?[一二三四1-4]季度|q[1-4]|[上下]半年|年?[底初末])?"
    r"|财年|年度|(?P<iso>[-/.]\d{1,2}(?:[-/.]\d{1,2})?)(?!\d)|\s*[-~—–至]\s*(?P<y2>(?:19|20)\d\d)\s*年?(?!\d)|(?!\d|[,.]\d|\s*[-~—–至/]\s*\d|\s*(?:"
    + _UNIT
    + r"|[万亿千百])))"
    r"|(?P<m2>\d{1,2})\s*月(?:\s*(?P<d2>\d{1,2})\s*[日号])?|(?<![\d.])(?P<yy>1[5-9]|2\d|3[0-5])(?:[-~—–至](?P<yy2>1[5-9]|2\d|3[0-5]))?年(?!龄|级|限))"
)
_VALUE = re.compile(
    rf"{_BEFORE}\s*{_SIGN}(?:(?P<low>{_ARABIC})(?P<lowscale>{_SCALE})(?:{_UNIT})?{_RANGE})?"
    rf"(?<!\d/)(?!\d/[1-9](?!\d))(?P<num>{_ARABIC})(?P<scale>{_SCALE})(?:(?<=[万亿])(?P<rest>\d{{1,4}})(?P<restscale>[万千百]))?\s*(?P<more>余|多|\+(?!\d))?(?P<plusscale>[万亿])?\s*(?P<unit>{_UNIT})?(?:/(?:年|月|周|天|日|人))?{_AFTER}"
)
_CHINESE = re.compile(
    rf"{_BEFORE}(?:(?<![\d/])(?P<top>\d)/(?P<bottom>[1-9])(?![\d/])|(?P<den>[二三四五六七八九十百千万]+)分之(?P<numer>[零一二两三四五六七八九十百点]+)"
    rf"|(?P<half>一半|过半数?(?![年个天小])|半数)|(?<![上下])半(?P<halfunit>年(?!报)|个月|小时)"
    rf"|(?P<tens>[一二两三四五六七八九](?:[、到至]?[一二三四五六七八九])?)成(?P<plushalf>[半一二三四五六七八九])?(?![为了本立功就员人分])"
    rf"|(?<!第)(?P<hanzi>[数几]?[一二两三四五六七八九十百千万亿][零一二两三四五六七八九十百千万亿]*)(?P<hmore>余|多)?(?P<hunit>{_UNIT})){_AFTER}"
)
_NEIGHBOURS = re.compile("一二|两三|二三|三四|四五|五六|六七|七八|八九")
_RANKED = re.compile(r"第\s*(?P<n>\d+|[一二三四五六七八九十]+)\s*(?:名|位|大|批|次|轮)")


def chinese_integer(hanzi: str) -> float:
    """The value of a number written in Chinese numerals: 三百二十 → 320, 一亿二千万 → 120000000, 三点五 → 3.5."""
    whole, _, decimals = hanzi.lstrip("数几").partition("点")
    total = section = digit = 0
    for character in whole:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif _SCALES[character] < 10_000:
            section += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            below = section + digit or (0 if total else 1)
            total = total + below * _SCALES[character] if total > _SCALES[character] else (total + below) * _SCALES[character]
            section = digit = 0
    fraction = float("0." + "".join(str(_DIGITS[character]) for character in decimals)) if decimals else 0.0
    return total + section + digit + fraction


def _scaled(digits: str, scale: str | None) -> float:
    value = float(digits.replace(",", ""))
    for word in (scale or "").split():
        value *= _ENGLISH_SCALES.get(word) or _scale_of(word)
    return value


def _scale_of(hanzi: str) -> float:
    factor = 1.0
    for character in hanzi:
        factor *= _SCALES[character]
    return factor


def _date(match: re.Match[str]) -> Number:
    span = Span(match.start(), match.end())
    year = float(match["y"]) if match["y"] else 2000 + float(match["yy"]) if match["yy"] else 0.0
    full, short = match["y2"] or match["y3"], match["yy2"]
    last = float(full) if full else 2000 + float(short) if short else None
    return Number(span, NumberKind.DATE, year, "年" if year else "月", last)


def _value(match: re.Match[str]) -> Number:
    unit = match["unit"] or _CURRENCIES.get(match["sign"] or "", "")
    value = _scaled(match["num"], (match["scale"] or "") + " " + (match["plusscale"] or "")) + _half(unit)
    value += _scaled(match["rest"], match["restscale"]) if match["rest"] else 0.0
    low = None if match["low"] is None else _scaled(match["low"], match["lowscale"] or match["scale"])
    factor = {"成": 10.0, "‰": 0.1}.get(unit, 1.0)
    kind = _KIND_OF_UNIT.get(unit, NumberKind.COUNT if match["scale"] or match["more"] else NumberKind.PLAIN)
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    end = match.start() + len(match.group().rstrip())
    shown = "%" if kind is NumberKind.SHARE and "点" not in unit else unit.replace("个半", "个")
    if low is None:
        return Number(Span(start, end), kind, value * factor, shown)
    return Number(Span(start, end), kind, low * factor, shown, value * factor)


def _hanzi(match: re.Match[str]) -> Number | None:
    span = Span(match.start(), match.end())
    if match["top"]:
        return Number(span, NumberKind.SHARE, 100 * float(match["top"]) / float(match["bottom"]), "%")
    if match["den"]:
        return Number(span, NumberKind.SHARE, 100 * chinese_integer(match["numer"]) / chinese_integer(match["den"]), "%")
    if match["half"]:
        return Number(span, NumberKind.SHARE, 50.0, "%")
    if match["halfunit"]:
        return Number(span, NumberKind.DURATION, 0.5, match["halfunit"])
    if match["tens"]:
        low, high = _DIGITS[match["tens"][0]] * 10.0, _DIGITS[match["tens"][-1]] * 10.0
        bonus = {"半": 5.0}.get(match["plushalf"], float(_DIGITS.get(match["plushalf"], 0))) if match["plushalf"] else 0.0
        return Number(span, NumberKind.SHARE, low + bonus, "%", high if high > low else None)
    unit = match["hunit"]
    if unit in ("点", "部", "级", "成", "季度") or match["hanzi"] == "一":
        return None  # 一些, 一个, 三级医院: words, not figures
    first, last = _between(match["hanzi"])
    return Number(span, _KIND_OF_UNIT[unit], first + _half(unit), unit.replace("个半", "个"), last)


def _half(unit: str) -> float:
    """What 两个半小时 is more than 两个小时."""
    return 0.5 if unit.startswith("个半") else 0.0


def _between(hanzi: str) -> tuple[float, float | None]:
    """十五六 → 15 and 16; no second value where there is one number."""
    pair = _NEIGHBOURS.search(hanzi)
    if pair is None:
        return chinese_integer(hanzi), None
    before, after = hanzi[: pair.start()], hanzi[pair.end() :]
    return chinese_integer(before + pair[0][0] + after), chinese_integer(before + pair[0][1] + after)


def _rank(match: re.Match[str]) -> Number:
    n = float(match["n"]) if match["n"].isdigit() else chinese_integer(match["n"])
    return Number(Span(match.start(), match.end()), NumberKind.RANK, n, "第")


_READERS = ((_RANKED, _rank), (_DATE, _date), (_VALUE, _value), (_CHINESE, _hanzi))


def _numbers_an_entry(number: Number, folded: str) -> bool:
    """Whether it is the number printed before a list entry, and counts nothing."""
    before, after = folded[: number.span.start].strip(), folded[number.span.end : number.span.end + 1]
    return number.kind is NumberKind.PLAIN and before in ("", "(") and after in (".", "、", ")") and number.value < 100


def numbers(text: str) -> Iterator[Number]:
    """Every figure of the text in order; of two readings that overlap a rank beats a date beats a value beats numerals."""
    folded = fold(text)
    taken: list[Number] = []
    covered = bytearray(len(text))
    for pattern, read in _READERS:
        for match in pattern.finditer(folded):
            if any(covered[match.start() : match.end()]) or not match.group().strip():
                continue
            number = read(match)
            if number is not None and not _numbers_an_entry(number, folded):
                covered[number.span.start : number.span.end] = b"\1" * (number.span.end - number.span.start)
                taken.append(number)
    yield from sorted(taken, key=lambda number: number.span.start)

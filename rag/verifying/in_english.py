"""How is an English figure, date or rank written the way Chinese figures are read?"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["in_chinese_figures"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join([*_MONTHS, *(name[:3] + r"\.?" for name in _MONTHS if name != "may"), r"sept\.?"])
_WORDS = {
    **{
        word: str(n)
        for n, word in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
        )
    },
    **{
        word: str(n)
        for n, word in zip(
            range(20, 100, 10), ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], strict=True
        )
    },
}
_ORDINALS = {
    word: str(n)
    for n, word in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1)
}
_ORDINAL = "|".join(_ORDINALS)
_A_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d)(?!\s*(?:million|billion|thousand|people|doctors))"
_NEXT = rf"\s+(?!{_A_YEAR})(?=(?:us\$|hk\$|rmb|cny|[$¥€£])?\s?\d|一半|half\b|one\b)"
_YEAR = r"((?:19|20)\d\d)"


def _month(name: str) -> str:
    return str(next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.rstrip(".")[:3])))


_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (
        r"\b(?:a|one)\s+year\s+(?:earlier|before|ago)|\b(?:the\s+)?(?:previous|prior|preceding)\s+year|"
        r"\bthe\s+year\s+before|\blast\s+year",
        " 上年 ",
    ),
    (rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b", lambda m: f"{m[3]}年{_month(m[1])}月{m[2]}日"),
    (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH}),?\s+{_YEAR}\b", lambda m: f"{m[3]}年{_month(m[2])}月{m[1]}日"),
    (rf"\b({_MONTH})(?:\s+of)?,?\s+{_YEAR}\b", lambda m: f"{m[2]}年{_month(m[1])}月"),
    (rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!%)", lambda m: f"{_month(m[1])}月{m[2]}日"),
    (
        rf"\b(?:the\s+)?end\s+of\s+(?:the\s+year\s+)?{_YEAR}|\b(?:year-?end|late)\s+{_YEAR}|"
        rf"\b{_YEAR}\s+year-?end",
        lambda m: f"{m[1] or m[2] or m[3]}年底",
    ),
    (rf"\b(?:the\s+)?(?:beginning|start)\s+of\s+{_YEAR}|\bearly\s+{_YEAR}", lambda m: f"{m[1] or m[2]}年初"),
    (rf"\b(?:the\s+)?first\s+half\s+of\s+{_YEAR}|\bh1\s+{_YEAR}", lambda m: f"{m[1] or m[2]}年上半年"),
    (rf"\b(?:the\s+)?second\s+half\s+of\s+{_YEAR}|\bh2\s+{_YEAR}", lambda m: f"{m[1] or m[2]}年下半年"),
    (rf"\bq([1-4])\s+(?:of\s+)?{_YEAR}", lambda m: f"{m[2]}年第{m[1]}季度"),
    (rf"\b(?:the\s+)?(first|second|third|fourth)\s+quarter\s+of\s+{_YEAR}", lambda m: f"{m[2]}年第{_ORDINALS[m[1]]}季度"),
    (rf"\b(?:fy|fiscal\s+(?:year\s+)?|financial\s+year\s+)\s?{_YEAR}", r"\1财年"),
    (r"\btwo[\s-]thirds?\b", "2/3"),
    (r"\b(?:one|a)[\s-]third\b", "1/3"),
    (r"\bthree[\s-]quarters?\b(?!\s+of\s+(?:19|20))", "3/4"),
    (r"\b(?:one|a)[\s-]quarter\s+of\b(?!\s+(?:19|20))", "1/4 of"),
    (r"\bhalf\s+(?:of\s+)?(?=the\b|of\b|all\b|a\b)(?!\s*(?:an?\s+)?(?:hour|year))", "一半 "),
    (
        r"\b(" + "|".join(_WORDS) + r")(?=[\s-](?:million|billion|thousand|hundred|percent|per\s+cent|"
        r"hours?|minutes?|days?|weeks?|months?|years?|times|companies|percentage))",
        lambda m: _WORDS[m[1]],
    ),
    (r"(?<=\d)[\s-]*(?:percentage[\s-]points?|ppts?\b|pp\b)", "个百分点"),
    (r"(?<=\d)\s*per\s?cent\b", "%"),
    (r"(?<=\d)\s?(?:bn|b)\b", " billion"),
    (r"(?<=\d)\s?(?:mn|m)\b", " million"),
    (r"(?<=\d)\s?k\b", " thousand"),
    (r"\b(?:cny|renminbi)\b", "rmb"),
    (r"\brmb\s?(?=\d)", "rmb"),
    (r"\busd\s?(?=\d)", "us$"),
    (r"\bhkd\s?(?=\d)", "hk$"),
    (r"(?<=[\dn])\s+(?:hong\s+kong\s+dollars|hkd)\b", "港元"),
    (r"(?<=[\dn])\s+(?:us\s+|u\.s\.\s+)?dollars\b", "美元"),
    (r"(?<=\d)[\s-]*hours?\b", "小时"),
    (r"(?<=\d)[\s-]*minutes?\b", "分钟"),
    (r"(?<=\d)[\s-]*seconds?\b", "秒"),
    (r"(?<=\d)[\s-]*days?\b", "天"),
    (r"(?<=\d)[\s-]*weeks?\b", "周"),
    (r"(?<=\d)[\s-]*months?\b", "个月"),
    (r"(?<=\d)[\s-]*years?\b", "年"),
    (r"(?<=\d)\s*times\s+(?=an?\b|per\b|each\b|every\b)", "次 "),
    (r"(?<=\d)(?:\s*times\b|[\s-]*fold\b|x\b)", "倍"),
    (r"\b(?:ranked|ranks|ranking|came|placed?)\s+(" + _ORDINAL + r")\b", lambda m: f"第{_ORDINALS[m[1]]}名"),
    (r"\b(" + _ORDINAL + r")\s+place\b", lambda m: f"第{_ORDINALS[m[1]]}名"),
    (r"\b(?:no\.|number|#)\s?(\d{1,3})\b", r"第\1名"),
    (r"\bnumber\s+one\b", "第1名"),
    (r"\btop\s+(\d{1,2})\b", r"前\1名"),
    (r"\btop\s+(two|three|four|five|six|seven|eight|nine|ten)\b", lambda m: f"前{_WORDS[m[1]]}名"),
    (rf"\b(?:no\s+fewer\s+than|no\s+less\s+than|not\s+less\s+than|at\s+least|a\s+minimum\s+of){_NEXT}", "至少"),
    (rf"\b(?:no\s+more\s+than|not\s+more\s+than|at\s+most|up\s+to|a\s+maximum\s+of){_NEXT}", "至多"),
    (
        rf"\b(?:more\s+than|over|exceed(?:s|ed|ing)?|above|upwards\s+of|in\s+excess\s+of|greater\s+than|"
        rf"higher\s+than|surpass(?:es|ed|ing)?|topp(?:ed|ing)){_NEXT}",
        "超过",
    ),
    (rf"\b(?:less\s+than|fewer\s+than|under|below|lower\s+than|short\s+of){_NEXT}", "不到"),
    (rf"\b(?:nearly|almost|close\s+to|just\s+under|approaching){_NEXT}", "近"),
    (rf"\b(?:about|around|approximately|roughly|some|circa|an\s+estimated){_NEXT}", "约"),
)  # fmt: skip
_SCALED = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)(?:(\s*[-–]\s*|\s+to\s+)(\d[\d,]*(?:\.\d+)?))?[\s-]*(thousand|million|billion|trillion)\b\s*"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_COMPILED = tuple((re.compile(pattern), written) for pattern, written in _RULES)
_ENGLISH = re.compile(r"[a-z]{2}")


def in_chinese_figures(text: str) -> str:
    """The folded text with its English figures, dates, bounds and ranks in Chinese units; all other words as they are."""
    if not _ENGLISH.search(text):
        return text
    for pattern, written in _COMPILED:
        text = pattern.sub(written, text)
    return _SCALED.sub(_scaled, text)


def _scaled(match: re.Match[str]) -> str:
    """3.1 million as 310万."""
    size = _SCALES[match[4]]
    ends = [float(number.replace(",", "")) * size for number in (match[1], match[3]) if number]
    scale, name = (1e8, "亿") if ends[0] >= 1e8 else (1e4, "万") if ends[0] >= 1e4 else (1.0, "")
    return "-".join(f"{end / scale:.12g}{name}" for end in ends) + " "

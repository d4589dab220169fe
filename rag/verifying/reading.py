"""How is a text read before it is compared: one script, one width, one way to write a figure."""

from __future__ import annotations

import re
from functools import lru_cache

from index.chinese.fold import fold
from rag.verifying.in_english import in_chinese_figures
from rag.verifying.numerals import in_digits

__all__ = ["clauses", "read"]

_HAN = "\u3400-\u9fff"
_RANKED = "(?:排名?|排在|排到|位列|位居|名列|居|列)(?:全国|行业|市场|榜单|其中|之)?"
_RULES = (
    (re.compile(r"(?<=\d)，"), " ，"),  # not the comma of 3,500,000
    (re.compile(r"(?<=[\u3400-\u9fff%])及以([上下])"), r"以\1"),
    (re.compile(r"(超过|高于|低于|少于|多于|大于|小于|不到|不足|接近|超出|突破)了(?=\s*\d|[一二两三四五六七八九])"), r"\1"),
    (re.compile(r"(?:超出|突破|多于|不止)(?=\s*\d|[一二两三四五六七八九])"), "超过"),
    (re.compile(r"少于(?=\s*\d|[一二两三四五六七八九])(?<!不少于)"), "低于"),
    (re.compile(r"(?:差不多|大致|大体|约为|约占|约合|约有|大概有?)(?=\s*\d|[一二两三四五六七八九])"), "约"),
    (re.compile(r"(?:将近|接近|逼近)(?=\s*\d|[一二两三四五六七八九])"), "近"),
    (re.compile(rf"{_RANKED}第\s*([一二三四五六七八九十]+|\d+)(?![\d万亿%年月季个家])(?:[名位])?"), r"第\1名"),
    (re.compile(r"首位|榜首|头名|第一名|第一位|居首(?![次个])|冠军"), "第1名"),
    (re.compile(r"次席|亚军|第二名|第二位|居次"), "第2名"),
    (re.compile(r"前三甲|前三强|前三(?![十百千\d年月季个天周])(?:名|位)?"), "前3名"),
    (re.compile(r"(?<=[超近约逾过于到足达])[ \t]+(?=[一二两三四五六七八九十百])"), ""),
    (re.compile(rf"(?<=[{_HAN}])[ \t]+(?=百分之|左右|以[上下内]|上下|有余)"), ""),
    (re.compile(r"(?<=[\d.]\s)\s+(?=[万亿%])"), ""),
    (re.compile(rf"(?<=[{_HAN}])[ \t]+(?=[a-z0-9])|(?<=[a-z0-9%+])[ \t]+(?=[{_HAN}])"), ""),
)  # fmt: skip
_FULL_WIDTH = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_CLAUSE = re.compile(r"[，；。！？：;:!?\n\t]|(?<!\d),|,(?!\d{3}(?!\d))|(?<=[a-z])\.(?=\s|$)")


@lru_cache(maxsize=8192)
def read(text: str) -> str:
    """The text folded, its figures in digits and Chinese units, its bounds and ranks in one wording; offsets do not survive."""
    # a Chinese comma stays one: folded it would join two figures
    text = _FULL_WIDTH.sub(",", text)
    folded = "".join(mark if mark == "，" else plain for mark, plain in zip(text, fold(text), strict=True))
    said = in_digits(in_chinese_figures(folded))
    for pattern, written in _RULES:
        said = pattern.sub(written, said)
    return said


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses of a read text begin and end."""
    found, start = [], 0
    for stop in _CLAUSE.finditer(text):
        found.append((start, stop.start()))
        start = stop.end()
    return tuple((a, b) for a, b in (*found, (start, len(text))) if text[a:b].strip())

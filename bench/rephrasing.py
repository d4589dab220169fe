"""How is a true sentence said in other words, by rule, so that it stays true?"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from index.chinese.fold import fold
from rag.lexicon import same
from rag.types import Citation

__all__ = ["merged", "rephrased"]

_HANZI = "零一二三四五六七八九"
_SCALED = re.compile(r"(?<![\d.,])(\d{1,4})(万|亿)(?![\d])")
_GREAT = re.compile(r"(?<![\d.,])(\d{1,4}(?:\.\d{1,2})?)\s?万(?=[人名个家]|，|。|$)")
_SHARE = re.compile(r"(?<![\d.,\-])(\d{1,2})%(?![\d])")
_WORDS = [
    "增长|增加",
    "提高|提升",
    "达到|达",
    "包括|涵盖",
    "目前|现在",
    "医生|医师",
    "通过|借助",
    "主要|首要",
    "认为|表示",
    "企业|公司",
    "使用|采用",
    "同时|与此同时",
    "超过|逾",
    "约|大约",
    "收入|营收",
    "用户|使用者",
    "患者|病人",
    "帮助|协助",
    "需要|需",
    "提供|给出",
    "影响|作用",
]


def rephrased(text: str, citation: Citation, dice: random.Random) -> Iterator[str]:
    """The sentence in as many other wordings as it allows, at most one of each kind; markers stay."""
    for change in _CHANGES:
        said = change(text, citation, dice)
        if said and said != text:
            yield said


def merged(one: str, other: str) -> str:
    """Two cited statements in one sentence."""
    opened = re.sub(r"[。.](?=(?:\[\d+\])+$)", "", one)
    return f"{opened}；{other}"


def _attributed(text: str, citation: Citation, dice: random.Random) -> str:
    meta = citation.passage.document.meta
    opened = [f"据{meta.publisher}，"] if meta.publisher else []
    opened += ["资料显示，", "其中，", "报告指出，", f"《{meta.title}》提到，" if len(meta.title) < 24 else "数据显示，"]
    return dice.choice(opened) + text


def _other_words(text: str, _: Citation, dice: random.Random) -> str:
    """One word for another that means the same: two of a list of our own, or of the synonyms."""
    found = [(a, b) for pair in _WORDS for a, b in [pair.split("|")] if _alone(a, text)]
    if not found:
        return ""
    a, b = dice.choice(found)
    return text.replace(a, b, 1)


def _alone(word: str, text: str) -> bool:
    """Whether the word stands in the text, and in no longer word there."""
    return bool(re.search(rf"(?<![药与械同总不]){word}(?![期段])", text)) and text.count(word) == 1


def _synonym(text: str, _: Citation, dice: random.Random) -> str:
    found = [
        (word, other) for word in _known() if word in text for other in same(word) if re.fullmatch("[\u3400-\u9fff]{2,}", other)
    ]
    found = [(word, other) for word, other in found if other not in text and word not in other and fold(word) == word]
    if not found:
        return ""
    word, other = dice.choice(sorted(found))
    return text.replace(word, other, 1)


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    # nouns that one may exchange in any sentence; verbs and shares of one group differ too much in how they are used
    words = "医生 患者 药企 消费者 客户 供应商 员工 专家 药师 护士 比例 毛利率 频率 时长 平均 融资 销售额 满意度"
    return tuple(words.split())


def _written_out(text: str, _: Citation, __: random.Random) -> str:
    """310万 as 3,100,000."""
    return _GREAT.sub(lambda hit: f"{round(float(hit[1]) * 10_000):,}", text, count=1)


def _in_words(text: str, _: Citation, __: random.Random) -> str:
    """310万 as 三百一十万."""
    return _SCALED.sub(lambda hit: f"{_hanzi(int(hit[1]))}{hit[2]}", text, count=1)


def _share_in_words(text: str, _: Citation, __: random.Random) -> str:
    return _SHARE.sub(lambda hit: f"百分之{_hanzi(int(hit[1]))}" if int(hit[1]) else hit.group(), text, count=1)


def _wide(text: str, _: Citation, __: random.Random) -> str:
    """Full-width digits."""
    head, bracket, tail = text.rpartition("[") if text.endswith("]") else (text, "", "")
    wide = re.sub(r"\d", lambda digit: chr(ord(digit.group()) + 0xFEE0), head) if re.search(r"\d", head) else ""
    return wide and f"{wide}{bracket}{tail}" if "[" not in head else ""


def _date(text: str, _: Citation, __: random.Random) -> str:
    said = re.sub(
        r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日",
        lambda hit: f"{hit[1]}-{int(hit[2]):02d}-{int(hit[3]):02d}",
        text,
        count=1,
    )
    said = said if said != text else re.sub(r"年底", "年末", text, count=1)
    return (
        said
        if said != text
        else re.sub(
            r"20(\d\d)年", lambda hit: "二〇" + "".join("〇一二三四五六七八九"[int(d)] for d in hit[1]) + "年", text, count=1
        )
    )


def _reordered(text: str, _: Citation, __: random.Random) -> str:
    """A sentence of two whole clauses, the second first."""
    found = re.fullmatch(r"([^，。；：“”（）]{10,40})，([^，。；：“”（）]{10,40})。((?:\[\d+\])*)", text)
    if not found or re.match(
        r"而|但|并|其|该|这|从而|因此|所以|也|又|则|同比|比|较|占|为|以|使|却|还|约|达|分别|均|都", found[2]
    ):
        return ""
    return f"{found[2]}，{found[1]}。{found[3]}"


def _hanzi(number: int) -> str:
    """1 to 9999 in Chinese numerals."""
    said, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if zero and said else "") + _HANZI[digit] + name
        zero = not digit
    return re.sub("^一十", "十", said)


_CHANGES: tuple[Callable[[str, Citation, random.Random], str], ...] = (
    _attributed,
    _other_words,
    _synonym,
    _written_out,
    _in_words,
    _share_in_words,
    _wide,
    _date,
    _reordered,
)

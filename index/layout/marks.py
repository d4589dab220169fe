"""What does a line of a Chinese report look like: numbered, bulleted, a caption, a note, an entry of a contents list?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

ENDS = "。！？!?…"
CLOSERS = "”’」』）)】》〉\"'"
# no line and no paragraph can begin with one of these
CONTINUES = "，。、；：？！）】》〉」』”’,;:!?)]%％"
HAN_DIGITS = "一二三四五六七八九十百零〇两"


class Style(IntEnum):
    """Ways to number, the outer ones first."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    HAN = 3
    HAN_PAREN = 4
    ARABIC_OUTER = 5  # 1 in a document where 1.1 stands under it
    DOTTED_2 = 6
    DOTTED_3 = 7
    DOTTED_4 = 8
    ARABIC = 9
    PAREN = 10
    CIRCLE = 11


@dataclass(frozen=True, slots=True)
class Number:
    """The number printed before a line: how it is written, its last part as a value, and what follows it."""

    style: Style
    value: int
    rest: str


_HAN = rf"[{HAN_DIGITS}\d]{{1,4}}"
_NUMBERS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PART, re.compile(rf"第\s*({_HAN})\s*(?:部分|部|篇|编|編|卷)(?![\w分])[\s:：、]*(.*)")),
    (Style.CHAPTER, re.compile(rf"第\s*({_HAN})\s*章[\s:：、]*(.*)")),
    (Style.SECTION, re.compile(rf"第\s*({_HAN})\s*[节節](?!课)[\s:：、]*(.*)")),
    (Style.HAN, re.compile(rf"([{HAN_DIGITS}]{{1,3}})\s*[、.．]\s*(.*)")),
    (Style.HAN_PAREN, re.compile(rf"[（(]([{HAN_DIGITS}]{{1,3}})[）)]\s*(.*)")),
    (Style.DOTTED_4, re.compile(r"(?:\d{1,2}[.．]){3}(\d{1,2})(?:[.．]?\s+|[.．]?(?=[^\W\d])|、\s*)(.*)")),
    (Style.DOTTED_3, re.compile(r"(?:\d{1,2}[.．]){2}(\d{1,2})(?:[.．]?\s+|[.．]?(?=[^\W\d])|、\s*)(.*)")),
    (Style.DOTTED_2, re.compile(r"[1-9]\d?[.．]([1-9]\d?)(?:[.．]?\s+|[.．]?(?=[^\W\d])|、\s*)(.*)")),
    (Style.ARABIC, re.compile(r"(\d{1,2})(?:[.．、](?!\d)|[)）])\s*(.*)")),
    (Style.ARABIC, re.compile(r"(0\d)\s+(.*)")),
    (Style.PAREN, re.compile(r"[（(](\d{1,2})[）)]\s*(.*)")),
    (Style.CIRCLE, re.compile(r"([①-⑳])\s*(.*)")),
)
# 1.5 亿元 at the start of a line is an amount
_UNIT = re.compile(r"[万亿千百%％元美倍个個年月日天小时人家款种種项項期分名位次台张張℃x×~～—-]")
_CAPTION = re.compile(
    rf"(?:图表|圖表|图|圖|表格|表|附图|附表|[Ff]igure|[Ff]ig\.?|[Tt]able|[Cc]hart)\s*(?:\d{{1,3}}|[{HAN_DIGITS}]{{1,3}})"
    r"(?:[-–.．]\d{1,3})?(?:[\s:：、.．|｜]+|(?=[^\W\d]))\S.*"
)
_NOTE = re.compile(
    r"[（(【\[]?[*＊※]?\s*(?:(?:数据|數據|资料|資料|图片|圖片|信息|文章|内容|稿件|消息)?(?:来源|來源|出处|出處)|基数|基數|样本量?|樣本數?|样本数"
    r"|注释?|註|备注|備註|附注|编者注|編者註|编者按|[Ss]ources?|[Nn]otes?|[Bb]ase)\s*\d?\s*[:：].*|[Nn]\s*[=＝]\s*\d.*|[*＊※†](?![*＊\s]).+"
)
_BASE = re.compile(r"[*＊※]?\s*(?:基数|基數|样本量?|样本数|樣本數?|[Bb]ase)\s*[:：]|[Nn]\s*[=＝]")
_BULLET = re.compile(r"[•●▪■◆◇□○◦∙‣►▶➢➤✓✔❖\ue000-\uf8ff]\s*|·\s+")
_CONTENTS_TITLE = re.compile(
    r"(?:图表|圖表|图|圖|表格?|插图)?\s*(?:目\s*录|目\s*錄|目\s*次)|(?:Table of )?Contents", re.IGNORECASE
)
_ENTRY = re.compile(r"(.*\S)\s*(?:[.．·…_]{3,}|…{2,})\s*(?:\d{1,3}|[ivxIVX]{1,5})?|(.*\S)[\t ]+\d{1,3}")
_PAGE = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]|第\s*\d+\s*页(?:\s*[/,，]?\s*共\s*\d+\s*页)?|[Pp]age\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d{1,3}\s*/\s*\d{1,3}"
)
_VALUE = re.compile(r"[-+＋约≈<>≥≤]?\s*[\d,，.．]+\s*(?:[%％‰]|[万亿千百]*[元人家个名款种项次倍台年月天小时美港]*)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年.*)?")


def number(text: str) -> Number | None:
    """The number a line opens with, or None; amounts such as 1.5 亿元 are none."""
    for style, pattern in _NUMBERS:
        if (found := pattern.fullmatch(text)) and found[2].strip():
            if Style.DOTTED_2 <= style <= Style.DOTTED_4 and _UNIT.match(found[2]):
                return None
            return Number(style, value(found[1]), found[2].strip())
    return None


def value(digits: str) -> int:
    """十二, 12 or ⑫ as 12; 0 for what cannot be read."""
    if len(digits) == 1 and "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    if digits.isdecimal():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    high = ("一二三四五六七八九".find(tens) + 1 or 1) * 10 if "十" in digits else 0
    return high + "一二三四五六七八九".find(ones or "零") + 1


def bullet(text: str) -> str | None:
    """The line without the glyph it opens with; None where there is none."""
    found = _BULLET.match(text)
    return text[found.end() :] if found and text[found.end() :] else None


def is_glyph_only(text: str) -> bool:
    """Nothing but signs: a rule, a lost picture's stray dot."""
    return not any(character.isalnum() for character in text)


def is_caption(text: str) -> bool:
    return len(text) <= 70 and not ends_sentence(text) and bool(_CAPTION.fullmatch(text))


def is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(text))


def is_base(text: str) -> bool:
    return bool(_BASE.match(text))


def is_question(text: str) -> bool:
    """A question put to the people surveyed."""
    tail = re.sub(r"[（(][^（()）]*[）)]\s*$", "", text).rstrip()
    return tail.endswith(("?", "？")) or (tail != text and ("您" in text or "你" in text))


def is_contents_title(text: str) -> bool:
    return bool(_CONTENTS_TITLE.fullmatch(text))


def contents_entry(text: str) -> str | None:
    """The title in a line of a contents list, its dots and page number gone; None for any other line."""
    found = _ENTRY.fullmatch(text)
    return (found[1] or found[2]).rstrip(" .．·…_\t") if found else None


def has_leader(text: str) -> bool:
    """Dots that lead to a page number: such a line belongs to a contents list wherever it stands."""
    return bool(re.fullmatch(r".*\S\s*(?:[.．·_]{4,}|…{3,})\s*(?:\d{1,3}|[ivxIVX]{1,5})", text))


def is_page_number(text: str) -> bool:
    return bool(_PAGE.fullmatch(text))


def is_value(cell: str) -> bool:
    """A figure with its unit, as table bodies hold; a year is the name of a column as often."""
    return bool(_VALUE.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def ends_sentence(text: str) -> bool:
    """The text ends as a sentence or a clause of a list does."""
    bare = text.rstrip().rstrip(CLOSERS)
    return bare.endswith(("。", "！", "？", "!", "?", "…", "；", ";")) or (
        text.rstrip().endswith(".") and not text.rstrip().endswith("..")
    )


def is_english(text: str) -> bool:
    return any(c.isascii() and c.isalpha() for c in text) and not any(is_han(c) for c in text)


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def is_label(text: str) -> bool:
    """Short and no sentence: a heading, a legend, a name."""
    return width(text) <= 64 and not ends_sentence(text) and not re.search(r"[，。；？！]|, ", text) and "\t" not in text


def width(text: str) -> int:
    """Columns in a fixed-width font: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)

"""Long texts are cut where a reader would pause, and never through what means something only as a whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.channels.slack.cut import cut, pieces, shortened

WHOLE = re.compile(r"\[[^\]\n]*\]\([^)\s]*\)|https?://[!-~]+|\[\d{1,3}\]|\d+(?:[.,]\d+)*(?:\s?[%％十百千万亿]+)?|[A-Za-z]+")
PARTS = st.sampled_from(
    [
        "青禾平台的注册药师", "为", "18.5万", "名", "1,234,567", "41%", "2031年底", "2.5小时", "😀", "👨‍👩‍👧", "e\u0301",
        "[1]", "[12]",
        "。", "！", "？", "；",
        "，", "、", "\n", "\n\n", "- ", "**26万名**",
        "https://yanda.example/a/01?x=1.2#c3-4", "[链接](https://a.example/1.5)", "”", "》", " ",
        "《临床用药手册》",
        "PubMed", "&", "<b>", "3.14 亿",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=120).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.integers(40, 200))
def test_the_pieces_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    parts = list(pieces(text, limit))
    assert "".join(parts) == text
    assert all(0 < units(part) <= limit for part in parts)


@given(TEXTS, st.integers(60, 200))
def test_no_cut_goes_through_a_number_a_link_or_a_marker(text: str, limit: int) -> None:
    place = 0
    for part in list(pieces(text, limit))[:-1]:
        place += len(part)
        torn = [found[0] for found in WHOLE.finditer(text) if found.start() < place < found.end() and units(found[0]) <= limit]
        assert torn == []
        assert text[place] != "\u0301"
        assert "\u200d" not in text[place - 1 : place + 1]


@given(TEXTS, st.integers(60, 200))
def test_a_cut_comes_after_a_sentence_or_a_line_where_there_is_one(text: str, limit: int) -> None:
    head, rest = cut(text, limit)
    fitting = [
        found.end()
        for found in re.finditer(r"[。！？；][”》]*(?:\s?\[\d{1,3}\])*\s*|\n\s*", text)
        if units(text[: found.end()]) <= limit
    ]
    if rest and fitting and "**" not in text and "](" not in text:
        assert re.search(r"(?:[。！？；!?;]+[”’」』）】》〉)\"']*(?:\s?\[\d{1,3}\])*\s*|\n\s*)$", head)


@given(st.text(max_size=300), st.integers(2, 50))
def test_any_text_at_all_is_cut_within_the_limit(text: str, limit: int) -> None:
    assert "".join(pieces(text, limit)) == text
    assert all(units(part) <= limit for part in pieces(text, limit))
    assert units(shortened(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "head"),
    [
        ("甲有三家。乙有五家。丙有七家。", 12, "甲有三家。乙有五家。"),
        ("甲有三家。[1] 乙有五家。[2] 丙有七家。[3]", 20, "甲有三家。[1] 乙有五家。[2] "),
        ("甲有三家。[1] 乙有五家。[2]", 16, "甲有三家。[1] "),
        ("他说：“甲有三家。”乙有五家。", 13, "他说：“甲有三家。”"),
        ("甲有三家\n乙有五家\n丙有七家", 11, "甲有三家\n乙有五家\n"),
        ("共有1,234,567家门店", 8, "共有"),
        ("增长到18.5万名之后", 7, "增长到"),
        ("见https://a.example/b之后", 12, "见"),
        ("甲、乙、丙、丁、戊", 6, "甲、乙、丙、"),
    ],
)
def test_where_it_is_cut(text: str, limit: int, head: str) -> None:
    assert cut(text, limit) == (head, text[len(head) :])


def test_a_long_text_is_cut_in_no_time() -> None:
    text = "青禾平台的注册药师为 18.5万名，" * 20_000
    assert len(list(zip(range(5), pieces(text, 3000), strict=False))) == 5

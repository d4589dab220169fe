"""A stream is cut into sentences, items and rows: nothing lost, no number cut, a marker with its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verify import Sentences, split

ANSWER = """收入为6.42亿元。[1] 比上年增长25.9%[2]。平均2.4小时送达，“最快。”有人说。[3][4]

要点如下：
- 江畔有146家[4]
- 洛川有79家。它在收缩。[4]
1. 第一条。[1]

| 城市 | 门店 |
| --- | --- |
| 江畔 | 146[4] |

It grew 25.9% to 642.5 million. That is a lot.[1]
"""


def fed(text: str, sizes: list[int]) -> list[str]:
    stream, found, place = Sentences(), [], 0
    for size in sizes:
        found += stream.feed(text[place : place + size])
        place += size
    return [*found, *stream.feed(text[place:]), *stream.close()]


@given(st.lists(st.integers(min_value=1, max_value=40), max_size=60))
def test_however_it_streams_nothing_is_lost(sizes: list[int]) -> None:
    assert "".join(fed(ANSWER, sizes)) == ANSWER


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=40, max_size=80))
def test_however_it_streams_no_number_is_cut_and_no_sentence_begins_with_a_marker(sizes: list[int]) -> None:
    for piece in fed(ANSWER, sizes):
        assert not piece.startswith("[")
        assert not piece.rstrip().endswith(("6.", "25.", "2.", "642."))


def test_markers_behind_the_stop_belong_to_the_sentence_before() -> None:
    assert next(split("收入为6.42亿元。[1] 增长25.9%。[2][3]")) == "收入为6.42亿元。[1] "


def test_an_item_and_a_row_are_one_piece_each() -> None:
    assert "- 洛川有79家。它在收缩。[4]\n" in list(split(ANSWER))
    assert "| 江畔 | 146[4] |\n" in list(split(ANSWER))


@pytest.mark.parametrize("text", ["", "\n", "没有句号", "```\n代码。第二句。\n```\n"])
def test_odd_texts_come_back_whole(text: str) -> None:
    assert "".join(fed(text, [3, 3, 3])) == text


def test_a_sentence_comes_as_soon_as_the_next_one_has_begun() -> None:
    stream = Sentences()
    assert stream.feed("收入为6.42亿元。") == []
    assert stream.feed("[1]增长") == []
    assert stream.feed("很快，") == ["收入为6.42亿元。[1]"]

"""The same text is read in every encoding, marked or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats import read
from index.formats.encoding import decode
from tests.index.formats.conftest import FIXTURES


def test_gb18030_is_told_from_utf_8() -> None:
    assert "处方药的销售占比继续上升" in read(FIXTURES / "county_pharmacies_gb18030.txt").text


@pytest.mark.parametrize("name", ["utf16.txt", "utf16_unmarked.txt"])
def test_utf_16_is_read_with_and_without_its_mark(name: str) -> None:
    document = read(FIXTURES / name)
    assert document.meta.title == "松原疫苗接种简报"
    assert "18.3万剂次" in document.text


SENTENCES = st.lists(
    st.sampled_from(["门诊量上升了12.5%。", "其中线上占三成；", "醫師的線上時間減少。\n", "（N=1,024）\n", "ABC health\n"]),
    min_size=3,
)


@settings(deadline=None)
@given(SENTENCES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_a_text_reads_the_same_in_every_encoding(parts: list[str], encoding: str) -> None:
    text = "".join(parts) + "共3页\n"
    assert decode(text.encode(encoding), "a.txt") == text

"""Of a table those rows are said that keep within a limit, every one of them and no other; none passing is said too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.composers.quote import Said

Tabled = Callable[..., str]
Answered = Callable[..., Said | None]
Written = Sequence[tuple[Callable[[Sequence[Sequence[str]]], str], str]]
NAMES = ("岚芝", "青峤", "雁鸣", "鹿野", "云杉", "鹭洲", "松坪", "河湾")
LIMITS = (
    ("超过{}%", lambda value, limit: value > limit),
    ("高于{}%", lambda value, limit: value > limit),
    ("不低于{}%", lambda value, limit: value >= limit),
    ("低于{}%", lambda value, limit: value < limit),
    ("不到{}%", lambda value, limit: value < limit),
    ("不超过{}%", lambda value, limit: value <= limit),
    ("在{}%以上", lambda value, limit: value >= limit),
)


@given(shares=st.lists(st.integers(1, 99), min_size=3, max_size=8), limit=st.integers(2, 98), way=st.sampled_from(LIMITS))
def test_the_rows_said_are_those_within_the_limit_however_the_table_is_written(
    answered: Answered, written: Written, shares: list[int], limit: int, way: tuple[str, Callable[[int, int], bool]]
) -> None:
    known = dict(zip(NAMES, shares, strict=False))
    passing = {name for name, share in known.items() if way[1](share, limit)}
    rows = [["站点", "好评率"], *([name, f"{share}%"] for name, share in known.items())]
    texts = set()
    for write, ending in written:
        found = answered(f"好评率{way[0].format(limit)}的站点有哪些？", write(rows), ending, "下表是各站点的好评率。")
        texts.add(found.text if found else "")
    text = texts.pop()
    assert not texts
    said = set(re.findall("|".join(NAMES), text))
    assert said == passing if passing else ("没有" in text and len(said) == 1)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("门店数超过100家的大区有哪些？", ["华东", "华北"]),
        ("门店数不低于88家的大区有几个？", ["华东", "华北", "西南"]),
        ("门店数在80到200家之间的大区有哪些？", ["华北", "西南"]),
        ("2031年销售额低于1亿元的是哪个大区？", ["东北"]),
        ("2032年销售额超过5000万元的大区有哪些？", ["华东", "华北", "西南", "东北"]),
        ("占比不到两成的大区是哪些？", ["西南", "东北"]),
        ("哪些大区设有冷库？", ["华北", "西南"]),
        ("哪些大区没有设冷库？", ["华东", "东北"]),
    ],
)
def test_the_rows_that_pass_are_said_and_no_total(ask: Tabled, question: str, rows: list[str]) -> None:
    assert re.findall("华北|华东|西南|东北|合计", ask(question)) == rows


def test_how_many_pass_out_of_how_many_is_said(ask: Tabled) -> None:
    assert ask("门店数超过100家的大区有哪些？").endswith("表中 4 项里有 2 项超过100家。")


def test_where_none_passes_the_nearest_is_shown(ask: Tabled) -> None:
    text = ask("占比过半的大区有哪些？")
    assert text.startswith("华北 · 占比（N=512）：**41%**[1]")
    assert "没有过半的" in text


def test_one_row_is_sifted_by_its_columns(ask: Tabled) -> None:
    table = "| 药品 | 儿科 | 骨科 | 眼科 |\n| --- | --- | --- | --- |\n| 岚芝片 | 12% | 31% | 8% |\n| 青峤丸 | 40% | 2% | 5% |"
    text = ask("岚芝片在哪些科室的使用比例超过10%？", table, lead="各科室使用药品的比例。")
    assert re.findall("儿科|骨科|眼科", text) == ["骨科", "儿科"]


@pytest.mark.parametrize(
    "question",
    [
        "利润超过100万元的大区有哪些？",  # the table has no profit
        "2033年门店数超过100家的大区有哪些？",  # nor that year
        "鹿野医院的门店数超过100家的大区有哪些？",  # nor that name
        "门店数超过40%的大区有哪些？",  # shops are no share
    ],
)
def test_a_table_that_does_not_speak_of_it_is_not_sifted(ask: Tabled, question: str) -> None:
    assert "项里" not in ask(question)


def test_a_range_in_a_cell_passes_no_limit(ask: Tabled) -> None:
    table = "| 站点 | 订单量 |\n| --- | --- |\n| 岚芝 | 80-100单 |\n| 青峤 | 60单 |\n| 鹿野 | 95单 |"
    assert "项里" not in ask("订单量超过90单的站点有哪些？", table)

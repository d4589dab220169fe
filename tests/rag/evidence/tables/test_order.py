"""Rows are put in order by their figures: the greatest, the least, the first few, all, the place of one; totals stay out."""

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
Told = Callable[..., list[str]]
NAMES = ("岚芝", "青峤", "雁鸣", "鹿野", "云杉", "鹭洲", "松坪", "河湾")
FIGURES = st.lists(st.integers(1, 90_000), min_size=3, max_size=8)


def rows_of(figures: list[int], *, total: bool) -> list[list[str]]:
    body = [[name, f"{figure:,}单"] for name, figure in zip(NAMES, figures, strict=False)]
    return [["站点", "订单量"], *body, *([["合计", f"{sum(figures):,}单"]] if total else [])]


@pytest.fixture(scope="session")
def said(answered: Answered, written: Written) -> Told:
    """The names of the rows that are said, in their order."""

    def names(question: str, figures: list[int], *, total: bool = False) -> list[str]:
        write, ending = written[0]
        found = answered(question, write(rows_of(figures, total=total)), ending, "下表是各站点的订单量。")
        return re.findall("|".join((*NAMES, "合计")), found.text) if found else []

    return names


@given(figures=FIGURES, total=st.booleans())
def test_the_greatest_and_the_least_are_the_greatest_and_the_least(said: Told, figures: list[int], total: bool) -> None:
    for question, best in (("订单量最多的站点是哪个？", max(figures)), ("订单量最少的站点是哪个？", min(figures))):
        oracle = [name for name, figure in zip(NAMES, figures, strict=False) if figure == best]
        assert said(question, figures, total=total) == oracle[:5]


@given(figures=FIGURES, total=st.booleans())
def test_all_in_order_and_the_first_two_are_as_sorting_gives_them(said: Told, figures: list[int], total: bool) -> None:
    known = dict(zip(NAMES, figures, strict=False))
    oracle = sorted(known, key=lambda name: -known[name])
    assert said("各站点的订单量从高到低排名", figures, total=total) == oracle
    first = said("订单量前两名的站点是哪些？", figures, total=total)
    assert first[:2] == oracle[:2]
    assert all(known[name] == known[first[1]] for name in first[2:])


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("门店数排名前三的大区有哪些？", ["华东", "华北", "西南"]),
        ("2032年销售额最高的大区是哪个？", ["华东"]),
        ("门店数最少的两个大区是哪些？", ["东北", "西南"]),
        ("门店数倒数第二的大区是哪个？", ["西南"]),
        ("门店数第二的大区是哪个？", ["华北"]),
        ("各大区门店数由低到高排序", ["东北", "西南", "华北", "华东"]),
    ],
)
def test_the_rows_asked_for_are_said_in_order(ask: Tabled, question: str, rows: list[str]) -> None:
    assert re.findall("华北|华东|西南|东北|合计", ask(question)) == rows


def test_where_a_measure_is_given_year_by_year_the_latest_counts_unless_a_year_is_named(ask: Tabled) -> None:
    table = "| 站点 | 2030年 | 2031年 |\n| --- | --- | --- |\n| 岚芝 | 9万 | 3万 |\n| 青峤 | 4万 | 8万 |\n| 鹿野 | 1万 | 2万 |"
    lead = "各站点的订单量见下表。"
    assert "青峤 · 2031年" in ask("订单量最多的站点是哪个？", table, lead=lead)
    assert "岚芝 · 2030年" in ask("2030年订单量最多的站点是哪个？", table, lead=lead)


def test_the_greatest_of_one_row_is_looked_for_in_its_columns(ask: Tabled) -> None:
    table = "| 药品 | 儿科 | 骨科 | 眼科 |\n| --- | --- | --- | --- |\n| 岚芝片 | 12% | 31% | 8% |\n| 青峤丸 | 40% | 2% | 5% |"
    assert ask("岚芝片在哪个科室用得最多？", table, lead="各科室使用药品的比例。") == "岚芝片 · 骨科：**31%**[1]"


def test_a_loss_is_less_than_any_gain(ask: Tabled) -> None:
    table = "| 站点 | 利润（万元） |\n| --- | --- |\n| 岚芝 | -12 |\n| 青峤 | 3 |\n| 鹿野 | 8 |"
    assert ask("利润最低的站点是哪个？", table).startswith("岚芝")


def test_the_place_of_a_row_is_counted_and_those_above_it_are_shown(ask: Tabled) -> None:
    text = ask("西南的门店数排第几？")
    assert re.findall("华北|华东|西南|东北", text) == ["华东", "华北", "西南"]
    assert text.endswith("从高到低排，在 4 项中第 3。")


def test_figures_in_different_units_have_no_order(ask: Tabled) -> None:
    table = "| 指标 | 数值 |\n| --- | --- |\n| 药师 | 31万名 |\n| 复购率 | 35% |\n| 仓库 | 12座 |"
    assert re.findall("药师|复购率|仓库", ask("数值最大的两项是哪些？", table)) == ["药师", "复购率", "仓库"]  # as printed

"""A cell is found by its row and column, in whatever order and by whatever name, and said with unit and base."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tabled = Callable[..., str]

HALVES = """<table>
<tr><th rowspan="2">产品线</th><th colspan="2">上半年</th><th colspan="2">下半年</th></tr>
<tr><th>营收</th><th>毛利率</th><th>营收</th><th>毛利率</th></tr>
<tr><td>止咳糖浆</td><td>8600万元</td><td>41%</td><td>1.2亿元</td><td>43%</td></tr>
<tr><td>退热贴</td><td>5200万元</td><td>36%</td><td>4800万元</td><td>33%</td></tr>
</table>"""
HALVES_IN_TABS = """产品线\t上半年\t\t下半年\t
\t营收\t毛利率\t营收\t毛利率
止咳糖浆\t8600万元\t41%\t1.2亿元\t43%
退热贴\t5200万元\t36%\t4800万元\t33%"""
GROUPED = """
| 渠道 | 城市 | 订单量 |
| --- | --- | --- |
| 线上 | 松坪 | 12万单 |
| | 鹿港 | 9万单 |
| 门店 | 松坪 | 3万单 |
| | 鹿港 | 4万单 |
"""
ROUNDS = """
| 时间 | 轮次 | 金额 | 投资方 |
| --- | --- | --- | --- |
| 2031-04 | A轮 | 3000万元 | 鹭洲资本 |
| 2032-09 | A+轮 | 8000万元 | 雁山基金 |
"""
YEARLY = """
| 指标 | 2031年 | 2032年 |
| --- | --- | --- |
| 注册药师（万人） | 31 | 40 |
| 复购率（%） | 35 | 38.2 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("华北的占比是多少？", "华北 · 占比（N=512）：**41%**[1]"),
        ("占比，华北是多少？", "华北 · 占比（N=512）：**41%**[1]"),
        ("華北的門店數是多少？", "华北 · 门店数：**120家**[1]"),
        ("华东2032年的销售额是多少？", "华东 · 2032年销售额：**5.1亿元**[1]"),
        ("32年华东的销售额是多少？", "华东 · 2032年销售额：**5.1亿元**[1]"),
        ("西南有多少家门店？", "西南 · 门店数：**88家**[1]"),
    ],
)
def test_a_bare_number_is_said_in_the_unit_of_its_header_and_its_base_stays(ask: Tabled, question: str, cell: str) -> None:
    assert ask(question) == cell


def test_the_unit_may_stand_with_the_name_of_the_row(ask: Tabled) -> None:
    assert ask("2032年的注册药师有多少？", YEARLY) == "注册药师 · 2032年：**40万人**[1]"
    assert ask("2031年的复购率是多少？", YEARLY) == "复购率 · 2031年：**35%**[1]"


def test_the_unit_may_stand_above_the_table(ask: Tabled) -> None:
    table = "| 大区 | 投入 | 结余 |\n| --- | --- | --- |\n| 华北 | 12 | 3 |\n| 华东 | 30 | 4 |"
    assert "**12万元**" in ask("华北的投入是多少？", table, lead="各大区的投入与结余见下表（单位：万元）。")


@pytest.mark.parametrize(("table", "ending"), [(HALVES, ".html"), (HALVES_IN_TABS, ".txt")])
def test_a_column_under_two_headers_is_named_by_both(ask: Tabled, table: str, ending: str) -> None:
    assert ask("退热贴下半年的毛利率是多少？", table, ending) == "退热贴 · 下半年 毛利率：**33%**[1]"
    assert ask("止咳糖浆的营收上半年是多少？", table, ending) == "止咳糖浆 · 上半年 营收：**8600万元**[1]"


def test_a_row_whose_outer_name_is_printed_once_is_named_by_both(ask: Tabled) -> None:
    assert ask("门店渠道鹿港的订单量是多少？", GROUPED) == "门店 鹿港 · 订单量：**4万单**[1]"


def test_a_row_may_be_named_by_what_another_of_its_cells_says(ask: Tabled) -> None:
    assert ask("A+轮的投资方是谁？", ROUNDS) == "2032-09 · 投资方：**雁山基金**[1]"
    assert ask("A轮的投资方是谁？", ROUNDS) == "2031-04 · 投资方：**鹭洲资本**[1]"


def test_two_rows_named_whole_are_said_and_no_third_one_like_them(ask: Tabled) -> None:
    table = "| 平台 | 使用率 |\n| --- | --- |\n| 雁鸣在线 | 41% |\n| 雁鸣在线课堂 | 12% |\n| 云杉 | 30% |"
    assert "12%" not in ask("雁鸣在线和云杉的使用率分别是多少？", table)


def test_the_year_beside_the_one_asked_for_is_no_answer(ask: Tabled) -> None:
    assert ask("2030年的注册药师有多少？", YEARLY) == ""


def test_a_column_is_said_whole_where_no_row_is_named(ask: Tabled) -> None:
    said = ask("各大区的门店数分别是多少？")
    assert said.startswith("门店数：\n\n- 华北：**120家**[1]")

"""What is calculated shows its arithmetic and cites every operand; what may not be added is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.composers.quote import Said

Tabled = Callable[..., str]
Answered = Callable[..., Said | None]
Written = Sequence[tuple[Callable[[Sequence[Sequence[str]]], str], str]]
NAMES = ("岚芝", "青峤", "雁鸣", "鹿野", "云杉", "鹭洲", "松坪", "河湾")
YEARLY = """
| 指标 | 2030年 | 2031年 | 2032年 |
| --- | --- | --- | --- |
| 注册药师 | 24万人 | 31万人 | 40万人 |
| 月活用户 | 120万人 | 150万人 | 135万人 |
| 复购率 | 32.5% | 35% | 38.2% |
| 同比增幅 | 10% | 12% | 15% |
"""


@given(figures=st.lists(st.integers(1, 9_999), min_size=2, max_size=8))
def test_a_sum_is_the_sum_however_the_table_is_written_and_cites_every_operand(
    answered: Answered, written: Written, figures: list[int]
) -> None:
    rows = [["站点", "订单量"], *([name, f"{figure}单"] for name, figure in zip(NAMES, figures, strict=False))]
    texts = set()
    for write, ending in written:
        said = answered("各站点订单量合计是多少？", write(rows), ending, "下表是各站点的订单量。")
        assert said is not None
        assert [citation.quote for citation in said.citations] == [f"{figure}单" for figure in figures]
        texts.add(said.text)
    assert len(texts) == 1
    assert texts.pop().endswith(f"= {sum(figures)}单。")


@given(one=st.integers(1, 9_999), other=st.integers(1, 9_999))
def test_a_difference_is_the_difference(answered: Answered, written: Written, one: int, other: int) -> None:
    rows = [["站点", "订单量"], ["岚芝", f"{one / 10}万单"], ["青峤", f"{other / 10}万单"], ["鹿野", "7万单"]]
    said = answered("岚芝和青峤的订单量相差多少？", written[0][0](rows), lead="下表是各站点的订单量。")
    assert said is not None
    if one == other:
        assert said.text.endswith("两者相同。")
    else:
        gap = re.search(r"= ([\d.]+)万单。$", said.text)
        assert gap is not None
        assert Decimal(gap[1]) == abs(Decimal(one) - Decimal(other)) / 10


@pytest.mark.parametrize(
    ("question", "closing"),
    [
        ("华北和西南的门店数差多少？", "相差：120家 − 88家 = 32家。"),
        ("华东2032年的销售额比2031年下降了多少？", "减少：5.6亿元 − 5.1亿元 = 0.5亿元，0.5亿元 ÷ 5.6亿元 = −8.9%。"),
        ("华北2032年销售额比2031年增长了百分之几？", "增加：4.1亿元 − 3.2亿元 = 0.9亿元，0.9亿元 ÷ 3.2亿元 = +28.1%。"),
        ("华北的占比比东北高多少？", "相差：41% − 12% = 29 个百分点。"),
        ("华东的门店数是西南的几倍？", "310家 ÷ 88家 ≈ 3.52 倍。"),
        ("华北和华东2032年销售额合计多少？", "合计：4.1亿元 + 5.1亿元 = 9.2亿元。"),
        ("华北和华东的占比一共多少？", "合计：41% + 29% = 70%。"),
    ],
)
def test_the_arithmetic_is_shown(ask: Tabled, question: str, closing: str) -> None:
    assert ask(question).endswith(closing)


@pytest.mark.parametrize(
    ("question", "closing"),
    [
        ("注册药师2032年比2030年多多少？", "增加：40万人 − 24万人 = 16万人。"),
        ("2032年月活用户下降了多少？", "减少：150万人 − 135万人 = 15万人，15万人 ÷ 150万人 = −10%。"),
        ("2032年月活用户增长了多少？", "减少（不是增加）：150万人 − 135万人 = 15万人，15万人 ÷ 150万人 = −10%。"),
        ("复购率2031年到2032年提高了几个百分点？", "增加：38.2% − 35% = 3.2 个百分点。"),
    ],
)
def test_of_two_years_it_is_said_which_way_it_went(ask: Tabled, question: str, closing: str) -> None:
    assert ask(question, YEARLY).endswith(closing)


def test_a_printed_total_is_cited_and_not_calculated(ask: Tabled) -> None:
    assert ask("2032年各大区销售额一共多少？") == "合计 · 2032年销售额：**11.9亿元**[1]"


def test_amounts_of_two_scales_are_added_in_the_larger(ask: Tabled) -> None:
    table = "| 产品 | 营收 |\n| --- | --- |\n| 岚芝片 | 8600万元 |\n| 青峤丸 | 1.2亿元 |\n| 鹿野膏 | 300万元 |"
    assert ask("岚芝片和青峤丸营收合计多少？", table).endswith("合计：8600万元 + 1.2亿元 = 2.06亿元。")
    assert ask("岚芝片和青峤丸的营收相差多少？", table).endswith("相差：1.2亿元 − 8600万元 = 3400万元。")


def test_the_mean_of_several_years_is_shown(ask: Tabled) -> None:
    table = "| 年份 | 审批周期 |\n| --- | --- |\n| 2030年 | 14个月 |\n| 2031年 | 9个月 |\n| 2032年 | 8.5个月 |"
    assert ask("审批周期平均是多少？", table).endswith("平均：(14个月 + 9个月 + 8.5个月) ÷ 3 = 10.5个月。")


@pytest.mark.parametrize(
    ("question", "table"),
    [
        ("注册药师三年一共多少？", YEARLY),  # the same people every year
        ("各项数值合计多少？", "| 指标 | 数值 |\n| --- | --- |\n| 收入 | 3亿元 |\n| 成本 | 2亿元 |"),
        (
            "总收入和净利润一共多少？",
            "| 科目 | 金额 |\n| --- | --- |\n| 总收入 | 3亿元 |\n| 净利润 | 1亿元 |\n| 税费 | 2亿元 |",
        ),
        ("岚芝和青峤的使用率合计多少？", "| 站点 | 使用率 |\n| --- | --- |\n| 岚芝 | 70% |\n| 青峤 | 60% |\n| 鹿野 | 9% |"),
        ("岚芝和青峤的规模合计多少？", "| 站点 | 规模 |\n| --- | --- |\n| 岚芝 | 70人 |\n| 青峤 | 60座 |\n| 鹿野 | 9人 |"),
        ("岚芝和青峤的规模合计多少？", "| 站点 | 规模 |\n| --- | --- |\n| 岚芝 | 70多人 |\n| 青峤 | 近60人 |\n| 鹿野 | 9人 |"),
        ("岚芝和青峤的规模差多少？", "| 站点 | 规模 |\n| --- | --- |\n| 岚芝 | 70-80人 |\n| 青峤 | 60人 |\n| 鹿野 | 9人 |"),
        ("2032年各大区的利润合计多少？", "| 大区 | 门店数 |\n| --- | --- |\n| 华北 | 3家 |\n| 华东 | 4家 |"),
    ],
)
def test_what_may_not_be_reckoned_is_not(ask: Tabled, question: str, table: str) -> None:
    assert " = " not in ask(question, table)


def test_where_the_table_prints_the_growth_none_is_calculated(ask: Tabled) -> None:
    table = "| 项目 | 金额 | 同比增幅 |\n| --- | --- | --- |\n| 药品收入 | 3亿元 | 12% |\n| 器械收入 | 2亿元 | 8% |"
    assert ask("药品收入的同比增幅是多少？", table) == "药品收入 · 同比增幅：**12%**[1]"

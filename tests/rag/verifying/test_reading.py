"""Figures, dates, bounds and ranks are read alike in whatever writing they come."""

from __future__ import annotations

import pytest

from rag.verifying.marks import Bound, marks
from rag.verifying.reading import read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三百一十万", "310万"),
        ("二〇二一年", "2021年"),
        ("一亿二千万元", "1.2亿元"),
        ("3.1 million users", "310万 users"),
        ("1.842 billion yuan", "18.42亿 yuan"),
        ("at the end of 2021", "at 2021年底"),
        ("March 25, 2022", "2022年3月25日"),
        ("in Q3 2023", "in 2023年第3季度"),
        ("5 percentage points", "5个百分点"),
        ("more than 40%", "超过40%"),
        ("百分之75", "75%"),
        ("超过了40%", "超过40%"),
        ("排名第三", "第三名"),
        ("Ｎ＝１，０２４", "n=1,024"),
        ("醫生佔三成", "医生占三成"),
    ],
)
def test_two_writings_of_one_figure_are_read_alike(one: str, other: str) -> None:
    assert read(one).strip() == read(other).strip()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("约40%", Bound.ABOUT),
        ("近八成", Bound.UNDER),
        ("超过40%", Bound.OVER),
        ("40%以上", Bound.AT_LEAST),
        ("40%", Bound.EXACT),
    ],
)
def test_how_exactly_a_figure_is_meant_is_kept(text: str, bound: Bound) -> None:
    assert [mark.bound for mark in marks(read(text))] == [bound]


def test_a_comma_between_two_figures_does_not_join_them() -> None:
    assert [mark.number.value for mark in marks(read("为3,500,000，310万"))] == [3_500_000, 3_100_000]


def test_the_digits_of_a_model_count_nothing() -> None:
    assert marks(read("HB-300于8月获批")) == ()


def test_each_figure_of_a_list_gets_its_own_name() -> None:
    found = marks(read("甲店、乙店和丙店分别为2.9、2.6和2.2小时"))
    assert [mark.label for mark in found] == ["甲店", "乙店", "丙店"]
    assert {mark.number.unit for mark in found} == {"小时"}


def test_each_figure_of_a_list_gets_its_own_year() -> None:
    assert [mark.when.year for mark in marks(read("2020年和2021年分别为240万和310万"))] == [2020, 2021]

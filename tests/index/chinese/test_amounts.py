"""Figures that a reader would take for the same are the same, however each is written; others are not."""

from __future__ import annotations

import pytest

from index.chinese.amounts import family, reach
from index.chinese.numbers import numbers


def meet(one: str, other: str) -> bool:
    first, second = next(numbers(one)), next(numbers(other))
    return family(first) == family(second) and reach(first, one).meets(reach(second, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.84亿元", "284.1百万元"),
        ("近八成", "79%"),
        ("超过310万名", "312万名"),
        ("约1.5亿元", "1.46亿元"),
        ("不超过1.85小时", "1.6小时"),
        ("90分钟", "1.5小时"),
        ("三分之一", "32.7%"),
        ("七成", "72%"),
        ("七成五", "75.2%"),
        ("80-100亿元", "80亿元至100亿元"),
        ("上千家", "1,240家"),
        ("数十家", "64家"),
        ("１２０万人", "1,200,000名"),
        ("43,000个", "4.3万个"),
        ("8000家", "8,012家"),
        ("过半", "54%"),
        ("1亿2000万元", "1.2亿元"),
        ("0.5‰", "万分之五"),
    ],
)
def test_two_writings_of_one_value_meet(one: str, other: str) -> None:
    assert meet(one, other)
    assert meet(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.84亿元", "2.48亿元"),
        ("近八成", "83%"),
        ("超过310万名", "301万名"),
        ("146家", "152家"),
        ("40.0%-61.7%", "40.0%-60.7%"),
        ("12.3百万元", "1.32百万元"),
        ("1.2亿元", "1.2亿美元"),
        ("3个百分点", "3%"),
        ("1.5小时", "1.5天"),
        ("不足一成", "12%"),
        ("1,286家", "1,268家"),
    ],
)
def test_two_values_that_differ_do_not(one: str, other: str) -> None:
    assert not meet(one, other)
    assert not meet(other, one)


@pytest.mark.parametrize(("printed", "exact"), [("146家", True), ("2.84亿元", True), ("近八成", False), ("约3亿元", False)])
def test_a_figure_knows_whether_it_was_meant_exactly(printed: str, exact: bool) -> None:
    assert reach(next(numbers(printed)), printed).exact is exact

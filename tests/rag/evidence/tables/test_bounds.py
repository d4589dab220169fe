"""A limit is read with its side, whether it counts itself, and its value in the base unit."""

from __future__ import annotations

import pytest

from rag.evidence.tables.bounds import bound_in

INF = float("inf")


@pytest.mark.parametrize(
    ("question", "low", "high", "inside", "outside"),
    [
        ("超过40%的有哪些", 40, INF, 41, 40),
        ("不低于3亿元的有哪些", 3e8, INF, 3e8, 2.9e8),
        ("低于5000家的有哪些", -INF, 5000, 4999, 5000),
        ("不到一半的有哪些", -INF, 50, 49, 50),
        ("过半的有哪些", 50, INF, 51, 50),
        ("30%到50%之间的有哪些", 30, 50, 30, 51),
        ("介于3万和5万之间的有哪些", 3e4, 5e4, 4e4, 6e4),
        ("20个以上的有哪些", 20, INF, 20, 19),
        ("不超过20个的有哪些", -INF, 20, 20, 21),
    ],
)
def test_a_limit_holds_inside_and_not_outside(question: str, low: float, high: float, inside: float, outside: float) -> None:
    bound, said = bound_in(question)
    assert bound is not None
    assert said in question
    assert (bound.low if bound.low is not None else -INF, bound.high if bound.high is not None else INF) == (low, high)
    assert bound.holds(inside)
    assert not bound.holds(outside)


@pytest.mark.parametrize("question", ["2021年的收入是多少", "前三名有哪些", "三级医院的占比", "用户有310万吗"])
def test_a_figure_without_a_side_is_no_limit(question: str) -> None:
    assert bound_in(question)[0] is None

"""A question that takes for granted what the source says otherwise is told what the source says, and never why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

Asking = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青岚云诊的配送成本为什么上升了？", "**资料里说的是下降**：青岚云诊的配送成本下降"),
        ("青岚云诊的营业收入为什么下降了？", "**资料里说的是上升**："),
        ("青岚云诊的营业收入怎么反而减少了", "**资料里说的是上升**："),
    ],
)
def test_a_movement_the_other_way_is_corrected_from_the_source(ask: Asking, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(said)
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "question",
    [
        "青岚云诊的配送成本为什么下降？",
        "青岚云诊的营业收入为什么增长？",
        "霁舛医药的配送成本为什么上升了？",
        "砚湖云诊的营业收入为什么下降了？",
        "青岚云诊的注册药师为什么减少了？",
        "青岚云诊2028年的营业收入为什么下降了？",
        "青岚云诊的运费为什么上升了？",
    ],
)
def test_nothing_is_corrected_where_subject_measure_or_year_are_not_surely_the_same(ask: Asking, question: str) -> None:
    assert "资料里说的是" not in ask(question).text


def test_another_figure_of_the_very_thing_is_corrected_from_the_source(ask: Asking) -> None:
    assert ask("既然霁舛医药旗下有20家药店，药师为什么还值夜班？").text.startswith("**资料里的数字是14家**：")


@pytest.mark.parametrize(
    "question",
    [
        "既然霁舛医药旗下有14家药店，药师为什么还值夜班？",
        "既然砚湖旗下有20家药店，药师为什么还值夜班？",
        "既然昱珩旗下有20家药店，药师为什么还值夜班？",
        "既然有20家药店，药师为什么还值夜班？",
        "既然霁舛医药旗下有20家工厂，药师为什么还值夜班？",
    ],
)
def test_a_right_figure_and_that_of_another_thing_are_not_corrected(ask: Asking, question: str) -> None:
    assert "资料里的数字是" not in ask(question).text

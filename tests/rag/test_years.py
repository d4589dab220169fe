"""Where the year asked for is missing, the refusal names the years that the library has for the same measure and subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

Asking = Callable[..., Answer]


def test_the_years_of_the_same_figure_are_named(ask: Asking) -> None:
    assert ask("青岚云诊2028年的营业收入是多少？").text == "资料里有2030年、2031年的，没有2028年的。"


def test_years_are_named_in_english_to_an_english_question(ask: Asking) -> None:
    answer = ask("青岚云诊 revenue in 2028: how much 营业收入?")
    assert not answer.answered
    assert "资料里有" not in answer.text or "2028" in answer.text


@pytest.mark.parametrize("question", ["青岚云诊和霁川医药2028年各自的营业收入是多少？", "青岚云诊2028年有多少护士？"])
def test_of_two_subjects_or_of_another_measure_no_years_are_named(ask: Asking, question: str) -> None:
    assert "资料里有" not in ask(question).text

"""A question is declined rather than answered with a neighbouring figure, and the refusal says what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.library import Library
from rag.reasons import NO_MATTER_OF_WORDING, Reason, Verdict
from rag.refusal import refused
from rag.types import Answer, Ask

Asking = Callable[..., Answer]


def test_a_figure_of_another_year_is_declined(ask: Asking) -> None:
    answer = ask("青岚云诊2028年的营业收入是多少？")
    assert not answer.answered
    assert "2028年" in answer.text


def test_the_years_that_are_told_are_named_in_the_place_of_the_one_asked_for(ask: Asking) -> None:
    text = ask("青岚云诊２０２８年的营业收入是多少？").text
    assert "2030" in text
    assert "2031" in text


@pytest.mark.parametrize("question", ["青岚云诊2031年的营业收入是多少？", "青岚云诊2030年的营业收入是多少？"])
def test_a_figure_of_the_year_asked_for_is_not(ask: Asking, question: str) -> None:
    assert ask(question).answered


def test_a_figure_that_measures_something_else_is_declined(ask: Asking) -> None:
    assert not ask("青岚云诊的股价是多少？").answered


@pytest.mark.parametrize("stranger", ["岚汐科技", "岚汐互联网医院", "岚汐市"])
def test_what_the_library_says_of_another_is_not_said_of_a_stranger(ask: Asking, stranger: str) -> None:
    assert ask("2031年的营业收入是多少？").answered
    answer = ask(f"{stranger}2031年的营业收入是多少？")
    assert not answer.answered
    assert stranger in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "火星上有多少家医院？",
        "今天天气怎么样？",
        "How tall is Mount Everest?",
        "谁发明了电话？",
        "？",
        "的",
        "12345",
        "aaaaaaaa",
        "qwe rty",
    ],
)
def test_what_the_library_never_speaks_of_is_declined(ask: Asking, question: str) -> None:
    assert not ask(question).answered


@pytest.mark.parametrize("question", ["青岚云诊2028年的营业收入是多少？", "青岚云诊的股价是多少？", "火星上有多少家医院？", ""])
def test_a_refusal_cites_nothing_says_something_and_shows_what_is_nearest(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert not answer.answered
    assert answer.text.startswith("资料里")
    assert (answer.citations, answer.figures, answer.conflicts) == ((), (), ())
    assert len(answer.nearest) <= 3
    assert not any(digit in answer.text for digit in "[]")


def test_the_nearest_passages_hold_more_than_a_heading(ask: Asking) -> None:
    nearest = ask("青岚云诊2028年的营业收入是多少？").nearest
    assert nearest
    assert all("\n" in passage.text.strip() for passage in nearest)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_in_one_sentence_with_what_is_missing(library: Library, reason: Reason) -> None:
    answer = refused(Ask("骨科？"), "骨科？", Verdict(reason, ("骨科",), (2030, 2031)), library.search("骨科", 5))
    assert answer.text.endswith("。")
    assert answer.text.count("。") == 1
    assert "{" not in answer.text
    if reason not in {Reason.NOTHING, Reason.VALUE, *NO_MATTER_OF_WORDING}:
        assert "骨科" in answer.text


def test_a_greeting_is_answered_with_what_can_be_asked_and_no_passage(ask: Asking) -> None:
    greeted = ask("你好")
    assert (greeted.answered, greeted.nearest) == (False, ())
    assert "可以问" in greeted.text


def test_enough_is_a_verdict_without_a_reason() -> None:
    assert Verdict(None).enough
    assert not Verdict(Reason.NOTHING).enough


def test_the_number_of_a_list_item_is_no_figure(ask: Asking) -> None:
    assert not ask("青岚云诊有多少名护士？").answered

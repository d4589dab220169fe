"""What is said is short, does not repeat itself, and takes a table, a list or statements as the question wants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

Asking = Callable[..., Answer]
QUESTIONS = [
    "青岚云诊2031年的营业收入是多少？",
    "青岚云诊的总部在哪里？",
    "江畔药师的顾虑有哪些？",
    "青岚云诊的配送成本为什么下降？",
    "介绍一下青岚云诊",
    "药师怎样查资料？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_short_and_says_nothing_twice(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.answered
    assert len(answer.text) <= 600
    quotes = [citation.quote for citation in answer.citations]
    assert len(set(quotes)) == len(quotes)


@pytest.mark.parametrize(
    ("question", "value"), [("江畔药师平均每天用手机查资料多久？", "1.5小时"), ("白鹭研究所收回了多少份问卷？", "1,240份")]
)
def test_the_only_figure_of_the_kind_asked_for_leads(ask: Asking, question: str, value: str) -> None:
    assert ask(question).text.startswith(f"**{value}**")


def test_no_figure_leads_where_a_sentence_has_two_of_the_kind(ask: Asking) -> None:
    assert not ask("青岚云诊2031年的营业收入是多少？").text.startswith("**2.89")


def test_a_reason_is_quoted_with_what_it_explains(ask: Asking) -> None:
    text = ask("青岚云诊的配送成本为什么下降？").text
    assert "成本下降" in text
    assert "搬到了河港边" in text


def test_a_question_for_one_thing_is_not_answered_with_a_list(ask: Asking) -> None:
    assert "\n- " not in ask("青岚云诊的总部在哪里？").text

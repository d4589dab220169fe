"""An overview says several different things on its subject, each cited, grouped by document, within a screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from rag.evidence.summary import _likeness
from rag.types import Answer

Asking = Callable[..., Answer]
QUESTIONS = ["总结一下青岚云诊", "概括一下青岚云诊2031年的业绩", "关于药师，资料里都说了什么？", "江畔药师调查的要点"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_overview_is_several_statements_that_do_not_repeat_each_other(ask: Asking, question: str) -> None:
    answer = ask(question)
    quotes = [citation.quote for citation in answer.citations]
    assert 2 <= len(quotes) <= 5
    assert all(_likeness(one, other) <= 0.45 for one, other in combinations(quotes, 2))
    assert len(answer.text) <= 400
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)


def test_the_figures_of_a_year_stand_in_the_overview_of_its_results(ask: Asking) -> None:
    assert "３．６亿元" in ask("概括一下青岚云诊2031年的业绩").text


def test_statements_of_several_documents_stand_under_their_titles(ask: Asking) -> None:
    answer = ask("关于药师，资料里都说了什么？")
    titles = {citation.passage.document.meta.title for citation in answer.citations}
    assert len(titles) < 2 or all(f"**{title}**" in answer.text for title in titles)


def test_an_overview_of_what_the_library_does_not_know_is_declined(ask: Asking) -> None:
    assert not ask("总结一下潜水艇的历史").answered

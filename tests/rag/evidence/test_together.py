"""Several parts of a question that one sentence answers are answered by it once."""

from __future__ import annotations

from collections.abc import Callable

from index.types import Span
from rag.evidence.together import together
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.types import Answer

Paragraph = Callable[..., Candidate]
TEXT = "一单夜间审方收费32元，成本是39元；白天的收费便宜一半。"


def said(candidate: Candidate, words: str) -> Evidence:
    start = candidate.unit.document.text.index(words)
    claim = Claim(candidate.unit.passage, Span(start, start + len(words)))
    return Evidence(Shape.STATEMENT, (claim,), 5.0, headline=words, candidate=candidate)


def test_clauses_of_one_sentence_become_the_words_that_hold_both(paragraph: Paragraph) -> None:
    candidate = paragraph(TEXT)
    (joined,) = together((said(candidate, "收费32元"), said(candidate, "成本是39元")))
    assert [claim.quote for claim in joined.claims] == ["收费32元，成本是39元"]
    assert joined.headline == ""  # neither figure leads an answer that both are asked for


def test_the_same_clause_twice_is_the_whole_sentence_once(paragraph: Paragraph) -> None:
    candidate = paragraph(TEXT)
    (joined,) = together((said(candidate, "收费32元"), said(candidate, "收费32元")))
    assert joined.claims[0].quote == TEXT


def test_sentences_of_their_own_stay_apart_in_order(paragraph: Paragraph) -> None:
    first, second = said(paragraph(TEXT), "收费32元"), said(paragraph("药房开到十点。"), "十点")
    assert together((first, second)) == (first, second)


def test_a_part_may_lean_on_the_name_that_answers_the_one_before(ask: Callable[..., Answer]) -> None:
    answer = ask("青岚云诊B轮是哪家公司领投的，这家公司旗下有多少家药店？")
    assert "霁川医药" in answer.text
    assert "14家" in answer.text

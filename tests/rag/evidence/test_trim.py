"""A long sentence is cut to the clauses that answer; never through a number, never without the figure asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.types import Span
from rag.bot import Bot
from rag.evidence.features import Asked
from rag.evidence.trim import trimmed
from rag.evidence.types import Candidate
from rag.question import read
from rag.types import Ask

Paragraph = Callable[..., Candidate]
LONG = (
    "白鹭研究所在江畔、松坪和河港三地走访了药店与医院，先看仓库再看柜台，随后同店里的人一一谈话，"
    "岚芝APP的用户达到1,240,000名，其中药师占62.5％，护士占两成，余下的是学生和退休的人，"
    "研究者还记下了《值班守则》的执行情况，并提醒读者这些数字只代表所走访的地方，不能推及全国。"
)
CLAUSES = [
    "岚芝的药师达1,240名",
    "江畔的护士占62.5%",
    "松坪市新开了药店",
    "收入为3.6亿元",
    "仓库搬到了河港边",
    "读者常翻《值班守则》",
]


Trim = Callable[[str, Candidate], Span]


@pytest.fixture(scope="module")
def trim(bot: Bot) -> Trim:
    """What is left of a candidate for a question, the terms weighed by the tiny library."""

    @cache
    def asked(question: str) -> Asked:
        return bot._look(read(question), Ask(question)).asked

    return lambda question, candidate: trimmed(asked(question), candidate)


def kept(trim: Trim, question: str, candidate: Candidate) -> str:
    return trim(question, candidate).of(candidate.unit.document.text)


def test_a_short_statement_is_quoted_whole(trim: Trim, paragraph: Paragraph) -> None:
    text = "江畔的护士占62.5%，其余是药师。"
    assert kept(trim, "江畔的护士占比是多少？", paragraph(text)) == text


@pytest.mark.parametrize(
    ("question", "value"),
    [("岚芝APP的用户有多少名？", "1,240,000名"), ("岚芝APP的用户里药师的占比是多少？", "62.5％")],
)
def test_the_clauses_kept_hold_the_figure_asked_for(trim: Trim, paragraph: Paragraph, question: str, value: str) -> None:
    left = kept(trim, question, paragraph(LONG))
    assert value in left
    assert len(left) < len(LONG)


def test_what_is_kept_ends_without_a_dangling_comma(trim: Trim, paragraph: Paragraph) -> None:
    assert kept(trim, "岚芝APP的用户有多少名？", paragraph(LONG))[-1] not in "，；、"


def test_offsets_count_the_whole_document(trim: Trim, paragraph: Paragraph) -> None:
    candidate = paragraph(LONG, before="前一段。\n\n")
    span = trim("岚芝APP的用户有多少名？", candidate)
    assert span.of(candidate.unit.document.text) == kept(trim, "岚芝APP的用户有多少名？", paragraph(LONG))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=24),
    st.lists(st.sampled_from("，；"), min_size=24, max_size=24),
    st.sampled_from(["岚芝的药师有多少名？", "江畔的护士占比是多少？", "收入是多少？", "仓库为什么搬到河港？"]),
)
def test_whole_clauses_are_kept_and_no_number_is_cut(
    trim: Trim, paragraph: Paragraph, clauses: list[str], marks: list[str], question: str
) -> None:
    text = "".join(clause + mark for clause, mark in zip(clauses, marks, strict=False))[:-1] + "。"
    left = kept(trim, question, paragraph(text))
    assert left
    assert left in text
    pieces = left.replace("；", "，").rstrip("。，").split("，")
    assert all(piece in CLAUSES for piece in pieces)

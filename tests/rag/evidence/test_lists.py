"""A list is said whole: its items, those under one of them, the points that a paragraph counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span, Unit, UnitKind
from rag.evidence.lists import enumeration, head, introduces
from rag.evidence.types import Candidate
from rag.evidence.wanted_list import counted
from rag.types import Answer

Asking = Callable[..., Answer]
Paragraph = Callable[..., Candidate]
POINTS = "夜班的问题有三个。首先，护士少。其次，药房锁门。最后，医生住得远。院方已经开会。"


@pytest.mark.parametrize(
    ("question", "count"),
    [("分为哪三步？", 3), ("有哪两类？", 2), ("哪１０项？", 10), ("四个环节是什么？", 4), ("有哪些顾虑？", 0), ("", 0)],
)
def test_the_length_of_a_list_is_known_where_the_question_says_it(question: str, count: int) -> None:
    assert counted(question) == count


def test_every_item_is_said_and_the_line_before_them_opens(ask: Asking) -> None:
    answer = ask("青岚云诊的复诊服务分为哪三步？")
    opening, *items = answer.citations
    assert "分为三步" in opening.quote
    assert ["建档" in items[0].quote, "分诊" in items[1].quote, "复核" in items[2].quote] == [True] * 3
    assert len(items) == 3
    assert answer.text.count("\n- ") == 3


def test_nested_items_are_a_list_of_their_own(ask: Asking) -> None:
    quotes = [citation.quote for citation in ask("建档有哪些要求？").citations]
    assert [quote.rstrip("；") for quote in quotes if "建档" not in quote] == ["病历须有医院的盖章", "记录要保存两年"]


def test_points_within_one_sentence_are_said_together(ask: Asking) -> None:
    text = ask("江畔药师的顾虑有哪些？").text
    assert all(point in text for point in ("一是看不到患者本人", "二是处方图片模糊", "三是出了差错"))


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_any_point_of_a_paragraph_leads_to_all_of_them(paragraph: Paragraph, n: int) -> None:
    candidate = paragraph(POINTS, n)
    said = enumeration(candidate).of(candidate.unit.document.text)
    assert "首先，护士少。其次，药房锁门。最后，医生住得远。" in said
    assert "开会" not in said


def test_what_follows_the_points_is_no_part_of_them(paragraph: Paragraph) -> None:
    candidate = paragraph(POINTS, 4)
    assert enumeration(candidate) == candidate.span


def test_a_sentence_that_counts_nothing_stays_alone(paragraph: Paragraph) -> None:
    candidate = paragraph("护士值夜班。药师值早班。医生住得远。", 1)
    assert enumeration(candidate) == candidate.span


@pytest.mark.parametrize(
    ("item", "name"),
    [("建档：患者上传病历", "建档"), ("护士按病情分诊；药师核对", "护士按病情分诊"), ("夜班", "夜班"), ("", "")],
)
def test_an_item_is_named_by_its_first_words(item: str, name: str) -> None:
    assert head(item) == name


@pytest.mark.parametrize(
    ("line", "kind", "does"),
    [
        ("夜班缺什么？（可多选）", UnitKind.STATEMENT, True),
        ("夜班缺的东西如下：", UnitKind.STATEMENT, True),
        ("夜班缺什么？", UnitKind.HEADING, False),  # it asks the reader, and what follows need not be the answers
        ("夜班缺人。", UnitKind.STATEMENT, False),
    ],
)
def test_a_survey_question_announces_its_answers_and_a_heading_does_not(line: str, kind: UnitKind, does: bool) -> None:
    text = f"{line}\n护士\n药师"
    spans = Span(0, len(line)), Span(len(line) + 1, len(line) + 3), Span(len(line) + 4, len(text))
    blocks = tuple(Block(BlockKind.ITEM if n else BlockKind.PARAGRAPH, span) for n, span in enumerate(spans))
    document = Document("heron", text, blocks, Meta("白鹭月报"))
    passage = Passage(Section(document, ("白鹭月报",), None, blocks), Span(0, len(text)))
    unit = Unit(kind, passage, spans[0], block=blocks[0])
    assert introduces(Candidate(unit, spans[0], line, "", ())) is does

"""Two figures out of two statements are set against each other only where both are plain, alike and asked about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span
from rag.evidence.sides import with_difference
from rag.evidence.types import Claim, Evidence, Shape
from rag.question import read

GROWN = "2030年和2031年青岚的营业收入相差多少？"


def piece(text: str, headline: str) -> Evidence:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    document = Document("heron", text, (block,), Meta("白鹭月报"))
    passage = Passage(Section(document, ("白鹭月报",), None, (block,)), block.span)
    return Evidence(Shape.STATEMENT, (Claim(passage, block.span),), 5.0, headline=headline)


def closing(question: str, headlines: Sequence[str]) -> str:
    pieces = [piece(f"青岚的这一项是{headline}。", headline) for headline in headlines]
    return with_difference(read(question), pieces)[-1].closing


def test_the_difference_of_two_years_is_reckoned_from_the_earlier_to_the_later() -> None:
    assert closing(GROWN, ("2.8亿元", "3.5亿元")) == "增加：3.5亿元 − 2.8亿元 = 0.7亿元。"


def test_the_difference_of_two_names_is_reckoned() -> None:
    assert closing("青岚和岚芝的注册药师相差多少？", ("12万名", "9万名")) == "相差：12万名 − 9万名 = 3万名。"


@pytest.mark.parametrize(
    ("question", "headlines"),
    [
        (GROWN, ("2.8亿元", "35%")),
        (GROWN, ("近2.8亿元", "3.5亿元")),
        (GROWN, ("2.8亿元", "")),
        (GROWN, ("2.8亿元",)),
        ("2030年和2031年青岚的营业收入分别是多少？", ("2.8亿元", "3.5亿元")),
    ],
)
def test_where_it_is_not_plain_nothing_is_reckoned(question: str, headlines: Sequence[str]) -> None:
    assert closing(question, headlines) == ""

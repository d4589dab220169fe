"""Candidates made from a sentence of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.chinese.fold import fold
from index.chinese.numbers import numbers
from index.chinese.sentences import sentences
from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span, Unit, UnitKind
from rag.evidence.types import Candidate

Paragraph = Callable[..., Candidate]


@pytest.fixture
def paragraph() -> Paragraph:
    """The n-th sentence of a paragraph that is a whole document, as a candidate."""

    def made(text: str, n: int = 0, before: str = "") -> Candidate:
        block = Block(BlockKind.PARAGRAPH, Span(len(before), len(before) + len(text)))
        document = Document("heron", before + text, (block,), Meta("白鹭月报"))
        passage = Passage(Section(document, ("白鹭月报",), None, (block,)), block.span)
        span = list(sentences(document.text, block.span))[n]
        unit = Unit(UnitKind.STATEMENT, passage, span, block=block)
        return Candidate(unit, span, fold(unit.text), "", tuple(numbers(unit.text)))

    return made

"""What a model is given to read: numbered, whole passages, within a budget, and no sign of the prompt's own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from rag.composers import quote
from rag.composers.sheet import Sheet, harmless, sheet, tokens
from rag.composers.types import Brief
from rag.evidence.types import Claim, Evidence, Shape


def of(library: Library, room: int = 2000) -> Sheet:
    """Of the whole tiny library, the cell of 皮肤科 said already."""
    passage = next(p for p in library.passages if p.section.path[-1] == "各科室问诊量")
    table = next(block.table for block in passage.section.blocks if block.table)
    cell = next(cell for row in table.rows for cell in row if "120万次" in cell.of(passage.document.text))
    evidence = (Evidence(Shape.CELLS, (Claim(passage, cell, "皮肤科 · 问诊量"),), 1.0),)
    return sheet(Brief("", evidence, library.passages[::-1], library), quote.compose(evidence), room)


def test_what_is_said_already_keeps_its_number_and_its_passage_comes_first(library: Library) -> None:
    made = of(library)
    assert made.citations[0].quote == "120万次"
    assert made.said[0].split() == ["皮肤科", "·", "问诊量", "120万次"]
    assert made.text.startswith("A 《青岚云诊 2031 年年报》，青岚云诊，2032-03-08 › 各科室问诊量\n")


def test_every_number_stands_for_the_words_that_follow_it(library: Library) -> None:
    made = of(library)
    lines = re.findall(r"^\[(\d+)\] (.+)$", made.text, re.MULTILINE)
    assert [int(n) for n, _ in lines] == list(range(2, len(made.citations) + 1))
    for n, words in lines:
        citation = made.citations[int(n) - 1]
        assert citation.span.of(citation.passage.document.text) == citation.quote
        assert "｜" in words or harmless(citation.quote) == words


def test_a_row_is_read_under_its_header(library: Library) -> None:
    assert "皮肤科｜问诊量：120万次；占比：43%" in of(library).text


def test_a_document_is_named_once(library: Library) -> None:
    made = of(library)
    assert made.text.count("《青岚云诊 2031 年年报》") == 1
    assert re.search(r"^A › ", made.text, re.MULTILINE)


@pytest.mark.parametrize("room", [0, 60, 150, 300, 600])
def test_passages_are_whole_or_left_out(library: Library, room: int) -> None:
    made = of(library, room)
    assert tokens(made.text) <= room + made.text.count("\n\n")
    for passage in {id(c.passage): c.passage for c in made.citations[1:]}.values():
        units = [library.units[n] for n in library.unit_range(library.number(passage))]
        told = {citation.span for citation in made.citations if citation.passage is passage}
        assert {unit.span for unit in units if unit.kind != "heading"} <= told


def test_no_room_leaves_what_is_said_already(library: Library) -> None:
    assert (of(library, 0).text, len(of(library, 0).citations)) == ("", 1)


@given(st.text())
def test_harmless_words_hold_no_sign_of_the_prompts(text: str) -> None:
    made = harmless(text)
    assert not re.search(r"[\[\]<>`\n\r\u200b\u202e]", made)
    assert harmless(made) == made


def test_tokens_are_rather_too_many_than_too_few() -> None:
    assert tokens("药师有42万名") == 6
    assert tokens("a registered pharmacist") >= 4

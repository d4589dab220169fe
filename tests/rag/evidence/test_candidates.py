"""Every unit is a candidate, a row of a table also each of its cells; nothing comes from outside the documents asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.chinese.fold import fold
from index.library import Library
from index.types import UnitKind
from rag.evidence.candidates import Opened, gather
from rag.evidence.types import Candidate


@pytest.fixture(scope="module")
def opened(library: Library) -> Opened:
    return Opened(library)


def of_unit(opened: Opened, words: str, kind: UnitKind) -> Sequence[Candidate]:
    (found,) = [n for n, unit in enumerate(opened.library.units) if unit.kind is kind and unit.text.startswith(words)]
    return opened[found]


def test_a_row_is_itself_and_each_of_its_cells_under_its_header(opened: Opened) -> None:
    row, *cells = of_unit(opened, "皮肤科", UnitKind.ROW)
    assert row.column == -1
    assert row.span == row.unit.span
    text = row.unit.document.text
    assert [(cell.span.of(text), cell.label, cell.column) for cell in cells] == [
        ("120万次", "皮肤科 · 问诊量", 1),
        ("43%", "皮肤科 · 占比", 2),
    ]


def test_the_figures_of_a_cell_are_its_own_and_not_its_rows(opened: Opened) -> None:
    row, first, second = of_unit(opened, "皮肤科", UnitKind.ROW)
    assert [number.value for number in row.values] == [1_200_000, 43]
    assert [number.value for number in first.values] == [1_200_000]
    assert [number.value for number in second.values] == [43]


def test_a_sentence_is_one_candidate_that_reads_folded(opened: Opened) -> None:
    (only,) = of_unit(opened, "白鷺研究所", UnitKind.STATEMENT)
    assert "白鹭研究所" in only.reading
    assert only.reading == fold(only.reading)
    assert len(only.reading) == len(only.unit.text)


def test_a_candidate_carries_the_title_and_headings_it_stands_under(opened: Opened) -> None:
    (only,) = of_unit(opened, "江畔药师平均", UnitKind.STATEMENT)
    assert "江畔药师调查" in only.context
    assert "药师的一天" in only.context


def test_every_candidate_lies_within_its_unit(opened: Opened) -> None:
    for n, unit in enumerate(opened.library.units):
        for candidate in opened[n]:
            assert unit.span.start <= candidate.span.start < candidate.span.end <= unit.span.end


def test_a_unit_is_opened_once(opened: Opened) -> None:
    assert opened[0] is opened[0]


def test_the_pool_holds_a_cosine_and_a_word_score_for_each_candidate(opened: Opened) -> None:
    pool = gather(opened, "皮肤科的问诊量是多少？")
    assert len(pool.candidates) == len(pool.cosines) == len(pool.words) > 0
    assert 0.0 <= pool.words.min() <= pool.words.max() <= 1.0
    assert pool.deviation > 0
    assert any(candidate.label == "皮肤科 · 问诊量" for candidate in pool.candidates)


def test_only_the_documents_asked_for_are_gathered_from(opened: Opened) -> None:
    for name in opened.library.documents:
        pool = gather(opened, "药师有多少名？", (name,))
        assert {candidate.unit.document.id for candidate in pool.candidates} == {name}
        assert {hit.passage.document.id for hit in pool.hits} == {name}


def test_a_document_that_is_not_there_gives_nothing(opened: Opened) -> None:
    pool = gather(opened, "药师有多少名？", ("nowhere",))
    assert (pool.candidates, pool.hits) == ((), ())

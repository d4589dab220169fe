"""Documents and what was cut from them come back from disk the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.formats import PARSERS, read
from index.passages import passages
from index.saved import Entry, decode, encode, own_id, searchable, searchable_unit
from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span, Table, Unit, UnitKind
from index.units import units

ORIGINALS = Path(__file__).parents[2].parent / "shared" / "seeds"
OWN = sorted(path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix in PARSERS)


def entry(path: Path) -> Entry:
    document = read(path)
    cut = tuple(passages(document))
    return Entry(document.id, document, cut, tuple(units(cut)))


def assert_the_same(back: Entry, before: Entry) -> None:
    assert back == before
    assert all(passage.document is back.document for passage in back.passages)
    places = {id(passage): number for number, passage in enumerate(back.passages)}
    was = {id(passage): number for number, passage in enumerate(before.passages)}
    assert [places[id(unit.passage)] for unit in back.units] == [was[id(unit.passage)] for unit in before.units]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_every_kind_of_file_comes_back(path: Path) -> None:
    before = entry(path)
    line = encode(before)
    assert "\n" not in line
    assert_the_same(decode(line), before)


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the source documents are not on this machine")
def test_the_originals_come_back() -> None:
    for path in sorted(ORIGINALS.glob("*.txt")):
        before = entry(path)
        assert_the_same(decode(encode(before)), before)


def by_hand() -> Entry:
    text = "磨坊\n产量\t90吨\n面粉\t\u2028白"
    cells = ((Span(3, 5), Span(6, 9)), (Span(10, 12), Span(13, 15)), ())
    heading = Block(BlockKind.HEADING, Span(0, 2), 1)
    table = Block(BlockKind.TABLE, Span(3, 15), table=Table(cells, header_rows=0))
    document = Document("mill", text, (heading, table), Meta("磨坊", date="2019-03"))
    part = Block(BlockKind.NOTE, Span(10, 15))  # not one of the document's own blocks
    passage = Passage(Section(document, ("磨坊",), heading, (table, part)), Span(3, 15))
    return Entry(
        "mill",
        document,
        (passage,),
        (Unit(UnitKind.ROW, passage, Span(3, 9), "磨坊", table), Unit(UnitKind.NOTE, passage, Span(10, 15), block=part)),
    )


def test_tables_ragged_rows_and_blocks_made_while_cutting_come_back() -> None:
    assert_the_same(decode(encode(by_hand())), by_hand())


def test_a_document_can_come_back_under_another_id_and_remembers_its_own() -> None:
    back = decode(encode(by_hand()), "mill-2")
    assert {back.document.id, *(unit.document.id for unit in back.units)} == {"mill-2"}
    assert back.own_id == own_id(encode(back)) == "mill"


def test_a_passage_is_found_by_its_title_and_headings_once_each() -> None:
    made = by_hand()
    assert searchable(made.passages[0]) == "磨坊\n" + made.passages[0].text
    assert [searchable_unit(unit) for unit in made.units] == ["磨坊\n产量\t90吨", "面粉\t\u2028白"]

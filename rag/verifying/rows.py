"""What does a row of a table say, and what is each of its figures called?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.chinese.numbers import NumberKind, numbers
from index.circumstances import Told, When, dates
from index.stated import Stated
from index.types import Span, Unit
from rag.verifying.marks import Mark, bound_of, marks, noun_behind
from rag.verifying.reading import read

__all__ = ["COLUMN", "cells_of", "row"]

COLUMN = " · "  # between the names of a row and a column in the label of a figure
_SIGNS = {"+": 1, "＋": 1, "-": -1, "−": -1, "–": -1, "－": -1}
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,4})[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as printed: its cells, and the names of their columns, empty where there are none."""

    cells: tuple[Span, ...]
    heads: tuple[str, ...]

    def head(self, place: int) -> str:
        return self.heads[place] if place < len(self.heads) else ""


def cells_of(unit: Unit) -> Cells:
    """The cells of a row under their headers; a first row without figures heads a table that has no other header."""
    text, table = unit.document.text, unit.block.table if unit.block else None
    if table is None:
        return Cells((), ())
    found = next((cells for cells in table.rows if cells and cells[0].start == unit.span.start), ())
    header = table.rows[table.header_rows - 1] if table.header_rows else table.rows[0]
    named = table.header_rows or (header is not found and not any(_counts(cell.of(text)) for cell in header))
    return Cells(found, tuple(cell.of(text) for cell in header) if named else ())


def row(unit: Unit, figures: Sequence[Stated]) -> tuple[str, tuple[Mark, ...]]:
    """A row as its label and header：cell for each cell, read, and its figures named by both."""
    text, cells = unit.document.text, cells_of(unit)
    if not cells.cells:
        return read(unit.text), marks(read(unit.text))
    label = read(cells.cells[0].of(text))
    pieces = []
    for place, cell in enumerate(cells.cells[1:], 1):
        head = read(cells.head(place))
        pieces.append(f"{head}：{read(cell.of(text))}" if head else read(cell.of(text)))
    named = (*marks(label), *(mark for head in cells.heads[1:] for mark in marks(read(head))))
    return f"{label}{COLUMN}{'；'.join(pieces)}", (*_figures(cells, label, figures, text), *_ranks(cells, label, text), *named)


def _figures(cells: Cells, label: str, figures: Sequence[Stated], text: str) -> Iterator[Mark]:
    for figure in figures:
        place = next((n for n, cell in enumerate(cells.cells) if cell.start <= figure.number.span.start < cell.end), 0)
        head = read(cells.head(place))
        said = read(figure.printed)
        yield Mark(
            number=figure.number,
            said=said,
            bound=bound_of(said),
            noun=_noun(figure, said, head, label),
            when=figure.when if figure.column.end else _when(head, figure.when),
            label=f"{label}{COLUMN}{head}",
            beside=read(cells.head(0)),
            clause=f"{label} {head}",
            change=figure.change,
            sign=_SIGNS.get(text[max(figure.number.span.start - 1, 0) : figure.number.span.start], 0),
        )


def _when(head: str, otherwise: When) -> When:
    found = dates(head, otherwise.year, otherwise.year)
    return replace(found[0].when, told=Told.OWN) if found else otherwise


def _ranks(cells: Cells, label: str, text: str) -> Iterator[Mark]:
    for place, cell in enumerate(cells.cells[1:], 1):
        for mark in marks(read(cell.of(text))):
            if mark.number.kind is NumberKind.RANK:
                yield replace(mark, label=f"{label}{COLUMN}{read(cells.head(place))}", clause=label)


def _noun(figure: Stated, said: str, head: str, label: str) -> str:
    """What a bare cell counts, as far as a header says it in brackets: 日均杯量（杯）."""
    if figure.number.unit or figure.number.kind is NumberKind.RANK:
        return ""
    inner = _IN_BRACKETS.search(head) or _IN_BRACKETS.search(label)
    return noun_behind(f"1{inner[1]}", 1) if inner else noun_behind(said, len(said))


def _counts(cell: str) -> bool:
    return any(number.kind is not NumberKind.DATE for number in numbers(cell))

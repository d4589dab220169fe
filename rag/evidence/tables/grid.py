"""What does a table say where: names of rows and columns, units, totals, and each cell as a claim?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.headers import unit_in, unit_stated, without_unit
from index.chinese.numbers import Number, NumberKind
from index.types import Block, BlockKind, Passage, Span, Table
from rag.evidence.tables.amounts import Amount, amount, figure, is_bare
from rag.evidence.tables.labels import LEVEL, Meant, meant
from rag.evidence.types import Claim

_TOTAL = re.compile(r"[合总小共]计|总[和数量体]?|整体|全[部体]|平均值?|均值|(?:sub)?total|overall|average|all")
_OVERALL = re.compile(r"平均|总|合计|整体|overall|average|total")
_PARTS = re.compile(r"[上下](?=半年)|(?<=第)[一二三四1-4](?=季|个?年|期|阶段|财年)|(?<=q)[1-4]")
_AROUND = 3  # blocks before a table that may announce it or state its unit


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its labels read and the rows and columns that the question mentions; columns before `start` name rows."""

    passage: Passage
    table: Table
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    start: int
    around: str  # title, headings, the lines before it: what it is about
    unit: str  # stated for the whole table
    rows: Meant
    columns: Meant

    @property
    def body(self) -> range:
        return range(self.table.header_rows, len(self.table.rows))

    @property
    def members(self) -> tuple[int, ...]:
        """The rows that are no totals of others."""
        return tuple(row for row in self.body if not is_total(self.labels[row]))

    @property
    def width(self) -> int:
        return max((len(row) for row in self.table.rows), default=0)

    @property
    def across(self) -> range:
        return range(self.start, self.width)

    def text(self, span: Span) -> str:
        return span.of(self.passage.document.text)

    def said(self, row: int, column: int) -> str:
        cells = self.table.rows[row]
        return self.text(cells[column]).strip() if column < len(cells) else ""

    def head(self, column: int) -> str:
        return self.heads[column] if column < len(self.heads) else ""

    def number(self, row: int, column: int) -> Number | None:
        read, plain = figure(self.said(row, column) + self.unit_at(row, column)), self.amount(row, column)
        if read and plain and read.kind is NumberKind.DATE:
            return Number(read.span, NumberKind.COUNT, float(plain.value), plain.unit)
        return read

    def unit_at(self, row: int, column: int) -> str:
        """The unit that a bare number has from its header, its row, the corner or the whole table."""
        return unit_of(self.said(row, column), self.head(column), self.labels[row], self.head(0)) or (
            self.unit if is_bare(self.said(row, column)) else ""
        )

    def amount(self, row: int, column: int) -> Amount | None:
        return amount(self.said(row, column), self.unit_at(row, column))

    def counted(self, rows: Sequence[int]) -> tuple[int, ...]:
        """The columns that hold figures in two of the rows or more."""
        return tuple(c for c in self.across if sum(self.number(row, c) is not None for row in rows) > 1)

    def overall(self, column: int) -> bool:
        """Whether a column sums up the others."""
        return bool(_OVERALL.search(fold(self.head(column))))

    def years(self, names: Sequence[str]) -> tuple[int, ...]:
        """The year of each name, empty unless every one of them is a time of its own."""
        read = [figure(name) for name in names]
        years = [number.year for number in read if number and number.kind is NumberKind.DATE and number.year]
        return tuple(years) if len(years) == len(names) == len(set(years)) else ()

    def moments(self, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """When each name is, half-years and quarters too, so that they sort; empty unless all are times of their own."""
        found = [(figure_year(name), _part(name)) for name in names]
        timed = all(year or part for year, part in found) and len(set(found)) == len(found)
        return tuple(found) if timed and len({bool(year) for year, _ in found}) == 1 else ()

    def claim(self, row: int, column: int) -> Claim | None:
        """A cell under the names of its row and column."""
        if not self.said(row, column):
            return None
        unit = self.unit_at(row, column)
        names = [self.labels[row] if column >= self.start else "", self.head(column)]
        lead = " · ".join(without_unit(name) if unit else name for name in names if name)
        return Claim(self.passage, self.table.rows[row][column], lead.replace(LEVEL, " "), unit)

    def claims(self, places: Sequence[tuple[int, int]]) -> tuple[Claim, ...]:
        return tuple(claim for row, column in places if (claim := self.claim(row, column)))


def read(asked: str, passage: Passage, block: Block, table: Table) -> Grid:
    """The table as the question sees it."""
    text = passage.document.text
    names = heads(table, text)
    start = _label_columns(table, text)
    labels = _labels(table, text, start)
    around, unit = _around(passage, block)
    rows, columns = meant(asked, labels[table.header_rows :], names[start:])
    rows = rows.without(
        place for place in range(len(labels) - table.header_rows) if is_total(labels[table.header_rows + place])
    )
    return Grid(passage, table, names, labels, start, around, unit, _shifted(rows, table.header_rows), _shifted(columns, start))


def unit_of(said: str, head: str, label: str, corner: str) -> str:
    """The unit of a bare number by its header, its row or the corner; none where header and row say different ones."""
    if not is_bare(said):
        return ""
    named = {unit for unit in (unit_in(head), unit_in(label)) if unit}
    return named.pop() if len(named) == 1 else "" if named else unit_in(corner)


def is_total(label: str) -> bool:
    """Whether a row sums up others."""
    return bool(_TOTAL.fullmatch(fold(_bare(label))))


def figure_year(name: str) -> int:
    """The year that a name says, 0 for none."""
    read = figure(name)
    return read.year or 0 if read and read.kind is NumberKind.DATE else 0


def _part(name: str) -> int:
    found = _PARTS.search(fold(name))
    return next((n for n, digits in enumerate(("上一1", "下二2", "三3", "四4"), 1) if found and found[0] in digits), 0)


def heads(table: Table, text: str) -> tuple[str, ...]:
    """What each column is called: the headers above it from the top, one that covers several columns named for each."""
    rows = [[cell.of(text).strip() for cell in row] for row in table.rows[: table.header_rows]]
    width = max((len(row) for row in rows), default=0)
    for row in rows[:-1]:  # in plain text a header over several columns stands above the first of them
        for column in range(1, len(row)):
            row[column] = row[column] or row[column - 1]
        row += row[-1:] * (width - len(row))
    return tuple(LEVEL.join(dict.fromkeys(row[c] for row in rows if c < len(row) and row[c])) for c in range(width))


def _labels(table: Table, text: str, start: int) -> tuple[str, ...]:
    labels: list[str] = []
    above = [""] * start
    for row in table.rows:
        cells = [cell.of(text).strip() for cell in row[:start]]
        if start > 1 and cells:
            cells[0] = cells[0] or above[0]  # an outer name is printed once for all its rows
        above = [*cells, *[""] * start][:start]
        labels.append(LEVEL.join(dict.fromkeys(cell for cell in cells if cell)))
    return tuple(labels)


def _label_columns(table: Table, text: str) -> int:
    """2 where the first column alone does not tell rows apart and the second is words; else 1."""
    body = [[cell.of(text).strip() for cell in row] for row in table.rows[table.header_rows :]]
    first = [row[0] if row else "" for row in body]
    second = [row[1] if len(row) > 1 else "" for row in body]
    repeated = len(set(first)) < len(first)
    wordy = all(second) and not any(figure(cell) for cell in second) and len(set(second)) > 1
    wide = max((len(row) for row in body), default=0) > 2
    both = len({*zip(first, second, strict=True)}) == len(body) or "" in first
    return 2 if repeated and wordy and wide and both else 1


def _around(passage: Passage, block: Block) -> tuple[str, str]:
    section = passage.section
    place = next((n for n, other in enumerate(section.blocks) if other is block), 0)
    text = passage.document.text
    before = [other.span.of(text) for other in section.blocks[max(0, place - _AROUND) : place] if not other.table]
    after = section.blocks[place + 1 : place + 2]
    notes = [other.span.of(text) for other in after if other.kind is BlockKind.NOTE]
    return " ".join((passage.document.meta.title, *section.path, *before)), unit_stated(" ".join((*before[-2:], *notes)))


def _bare(label: str) -> str:
    return re.sub(r"[（(].*?[）)]", "", label).strip()


def _shifted(found: Meant, by: int) -> Meant:
    return Meant(
        tuple(place + by for place in found.places),
        frozenset(place + by for place in found.whole),
        tuple((place + by, total) for place, total in found.sums),
        tuple((place + by, at) for place, at in found.said),
    )

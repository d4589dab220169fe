"""Which cells of a table answer: by row and column, the greatest, the least, a rank, the base of a column."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers
from index.types import Block, Passage, Span, Table, UnitKind
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.lexicon import same
from rag.question import WANTED, Kind, Question

_BASE_ASKED = re.compile(r"基数|样本(?:量|数)|(?<![a-z])n(?![a-z])")
_OVERALL = re.compile(r"平均|总|合计|overall|average|total")
_PIECE = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.+%]+")
_MOST_CLAIMS = 5
_DEEP = 60  # candidates among which tables are looked for


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with its labels read and the rows and columns that the question mentions, the surest first."""

    passage: Passage
    table: Table
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def text(self, span: Span) -> str:
        return span.of(self.passage.document.text)

    def cell(self, row: int, column: int) -> Span | None:
        cells = self.table.rows[row]
        return cells[column] if column < len(cells) and self.text(cells[column]).strip() else None

    def number(self, row: int, column: int) -> Number | None:
        cell = self.cell(row, column)
        return next(numbers(self.text(cell)), None) if cell else None

    @property
    def header(self) -> tuple[Span, ...]:
        return self.table.rows[self.table.header_rows - 1] if self.table.header_rows else ()

    @property
    def body(self) -> range:
        return range(self.table.header_rows, len(self.table.rows))

    def claim(self, row: int, column: int) -> Claim | None:
        cell = self.cell(row, column)
        if cell is None:
            return None
        names = [self.text(self.table.rows[row][0])] if column else []
        if column < len(self.header):
            names.append(self.text(self.header[column]))
        return Claim(self.passage, cell, " · ".join(names))


def table_evidence(question: Question, candidates: Sequence[Candidate]) -> Evidence | None:
    """The cells that answer, out of the table that fits best; its score says how surely, beside the candidates' own."""
    found = [piece for rows in _tables(candidates[:_DEEP]) if (piece := _of_table(question, rows))]
    return max(found, key=lambda piece: piece.score, default=None)


def _tables(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates of each table, best first, those that announce it among them."""
    tables: dict[int, list[Candidate]] = {}
    announced: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.unit.kind is UnitKind.ROW and candidate.unit.block:
            tables.setdefault(id(candidate.unit.block), []).append(candidate)
        elif (table := announces(candidate)) is not None:
            announced.setdefault(id(table), candidate)
    for key, candidate in announced.items():
        if key in tables and candidate.score > tables[key][0].score:
            tables[key][0] = replace(tables[key][0], score=candidate.score)
    return list(tables.values())


def announces(candidate: Candidate) -> Block | None:
    """The table that stands right behind the candidate's block, or is explained by its note."""
    blocks, place = candidate.unit.passage.section.blocks, candidate.place
    if place is None:
        return None
    beside = blocks[place + 1 : place + 3] if candidate.unit.kind is not UnitKind.NOTE else blocks[max(place - 3, 0) : place]
    return next((block for block in beside if block.table), None)


def _of_table(question: Question, rows: Sequence[Candidate]) -> Evidence | None:
    best = rows[0]
    block = best.unit.block
    if block is None or block.table is None:
        return None
    grid = _read(question, best.unit.passage, block.table)
    for way, sure in _WAYS[:2] if question.rank and grid.columns else _WAYS:
        claims = tuple(claim for claim in way(question, grid) if _fits(question, claim.quote))
        if claims:
            return Evidence(Shape.CELLS, claims[:_MOST_CLAIMS], best.score + sure, candidate=best)
    return None


def mentioned(question: str, labels: Sequence[str]) -> tuple[int, ...]:
    """Which labels the question means: those that share with it what the other labels do not have, the surest first."""
    asked = fold(question)
    marks = [_marks(fold(label), asked) for label in labels]
    spread = Counter(mark for found in marks for mark in found)
    weight = {mark: math.log((len(labels) + 0.5) / times) for mark, times in spread.items()}
    sums = [sum(weight[mark] * worth for mark, worth in found.items()) for found in marks]
    best = max(sums, default=0.0)
    floor = max(0.6 * best, 0.5 * math.log(len(labels) + 0.5)) if len(labels) > 1 else 0.1
    # a label that has a mark of its own is meant too, however long the other one's name is
    own = [any(spread[mark] == 1 and worth >= 0.9 for mark, worth in found.items()) for found in marks]
    meant = [n for n, total in enumerate(sums) if total > 0 and (total >= floor or own[n])]
    return tuple(sorted(meant, key=lambda n: -sums[n]))


def _marks(label: str, question: str) -> dict[str, float]:
    """Pairs of characters of the question that the label holds: side by side 1, some characters apart less."""
    found: dict[str, float] = {}
    for piece in _PIECE.findall(question):
        if piece.isascii():
            if len(piece) > 1 and re.search(rf"(?<![a-z0-9]){re.escape(piece)}(?![a-z0-9])", label):
                found[piece] = 1.5
            continue
        for place in range(len(piece) - 1):
            first, second = piece[place], piece[place + 1]
            if first + second in label:
                found[first + second] = 1.0
            elif re.search(f"{first}[\u3400-\u9fff]{{1,3}}{second}", label):
                found[first + second] = 0.7
            elif any(other != first + second and len(other) > 1 and other in label for other in same(first + second)):
                found[first + second] = 0.8
    return found


def _read(question: Question, passage: Passage, table: Table) -> _Grid:
    text = passage.document.text
    body = table.rows[table.header_rows :]
    header = table.rows[table.header_rows - 1] if table.header_rows else ()
    rows = mentioned(question.text, [row[0].of(text) if row else "" for row in body])
    columns = mentioned(question.text, [cell.of(text) for cell in header[1:]])
    return _Grid(passage, table, tuple(table.header_rows + n for n in rows), tuple(1 + n for n in columns))


def _fits(question: Question, said: str) -> bool:
    """Whether a cell says the kind of thing that is asked for: a figure is no person, a name is no date."""
    found = {number.kind for number in numbers(said)}
    if question.kind in (Kind.WHO, Kind.WHERE) and not (question.superlative or question.rank):
        return not found
    wanted = WANTED.get(question.kind)
    return not wanted or bool(found & set(wanted)) or bool(question.superlative or question.rank)


def _base(question: Question, grid: _Grid) -> tuple[Claim, ...]:
    """The header of a column, where its base is asked for."""
    if not _BASE_ASKED.search(fold(question.text)) or not grid.columns:
        return ()
    cell = grid.header[grid.columns[0]]
    return (Claim(grid.passage, cell),) if re.search(r"\d", grid.text(cell)) else ()


def _ranked(question: Question, grid: _Grid) -> tuple[Claim, ...]:
    """The row whose cell says the rank that is asked for, or the row that has it by its figures."""
    if not question.rank:
        return ()
    column = _column(question, grid)
    if column is None:
        return ()
    printed = [
        row for row in grid.body if (n := grid.number(row, column)) and n.kind is NumberKind.RANK and n.value == question.rank
    ]
    ordered = printed or _ordered(grid, column)[question.rank - 1 : question.rank]
    return _claims(grid, [(row, column) for row in ordered])


def _extreme(question: Question, grid: _Grid) -> tuple[Claim, ...]:
    """The greatest or least of a column; of a row, where a row is named and no column."""
    if not question.superlative:
        return ()
    column = _column(question, grid)
    if column is None:
        return ()
    ordered = _ordered(grid, column)
    if not ordered:
        return ()
    best = ordered[0] if question.superlative > 0 else ordered[-1]
    value = grid.number(best, column)
    tied = [row for row in ordered if (n := grid.number(row, column)) and value and n.value == value.value]
    return _claims(grid, [(row, column) for row in tied])


def _crossed(question: Question, grid: _Grid) -> tuple[Claim, ...]:
    """The cells where the rows and columns meet that the question names; the only figures of a row, where it names none."""
    columns = grid.columns or tuple(c for c in range(1, len(grid.header)) if len(grid.header) == 2)
    if not grid.rows or not columns:
        return ()
    several = question.compares or question.kind in (Kind.LIST, Kind.YESNO) or bool(question.parts)
    rows = grid.rows if several or len(grid.rows) == 2 else grid.rows[:1]
    chosen = columns if several or len(columns) == 2 else columns[:1]
    return _claims(grid, [(row, column) for row in rows for column in chosen])


def _whole_rows(question: Question, grid: _Grid) -> tuple[Claim, ...]:
    """All cells of the row that is named, or all of the column."""
    if grid.rows:
        return _claims(grid, [(grid.rows[0], column) for column in range(1, len(grid.table.rows[grid.rows[0]]))])
    if grid.columns and question.kind is Kind.LIST:
        return _claims(grid, [(row, grid.columns[0]) for row in grid.body])
    return ()


def _column(question: Question, grid: _Grid) -> int | None:
    if grid.columns:
        return grid.columns[0]
    counted = [c for c in range(1, len(grid.header)) if sum(grid.number(row, c) is not None for row in grid.body) > 1]
    overall = [c for c in counted if _OVERALL.search(grid.text(grid.header[c]))]
    if overall and (_OVERALL.search(question.text) or len(counted) > 1):
        return overall[0]
    return counted[0] if len(counted) == 1 else None


def _ordered(grid: _Grid, column: int) -> list[int]:
    """Rows by the figure in the column, the best first: the greatest, or the first rank."""
    known = [(row, number) for row in grid.body if (number := grid.number(row, column))]
    ranks = bool(known) and all(number.kind is NumberKind.RANK for _, number in known)
    return [row for row, _ in sorted(known, key=lambda pair: pair[1].value if ranks else -pair[1].value)]


def _claims(grid: _Grid, places: Sequence[tuple[int, int]]) -> tuple[Claim, ...]:
    return tuple(claim for row, column in places if (claim := grid.claim(row, column)))


# ways to answer out of a table in the order tried, each with how much surer it is than its cells alone, in log-odds
_WAYS: tuple[tuple[Callable[[Question, _Grid], tuple[Claim, ...]], float], ...] = (
    (_base, 2.0),
    (_ranked, 2.5),
    (_extreme, 2.5),
    (_crossed, 2.4),
    (_whole_rows, 0.0),
)

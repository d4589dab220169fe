"""Which cells of a table answer: those named, the first in order, those within a limit, and what they give together?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.types import Block, UnitKind
from rag.evidence.tables import cells, order, reckon, sift
from rag.evidence.tables.choice import Found, grounded
from rag.evidence.tables.grid import Grid, read
from rag.evidence.tables.labels import mentioned
from rag.evidence.tables.request import Request, request_of
from rag.evidence.types import Candidate, Evidence, Shape
from rag.question import Question

__all__ = ["announces", "calculated", "mentioned", "row_told", "table_evidence"]

_MOST_CLAIMS = 5
_DEEP = 60  # candidates among which tables are looked for
_TRUST = 0.6  # log-odds for each that a way of finding cells is surer by, beside candidates that were read
_NEAR = 3.0  # log-odds below the best within which a table may answer by calculation

Way = Callable[[Request, Grid], Found | None]
# what goes beyond naming cells: only where the table speaks of all that the question names
_WORKED: tuple[Way, ...] = (
    sift.within,
    sift.told,
    order.first_few,
    order.in_order,
    order.placed,
    reckon.apart,
    reckon.together,
)
_PLAIN: tuple[Way, ...] = (cells.base, order.ranked, order.extreme, cells.crossed, cells.keyed, cells.whole)


def table_evidence(question: Question, candidates: Sequence[Candidate]) -> Evidence | None:
    """The cells that answer, out of the table that fits best; its score says how surely, beside the candidates' own."""
    asked = request_of(question)
    found = [piece for rows in _tables(candidates[:_DEEP]) if (piece := _of_table(asked, rows))]
    return max(found, key=lambda piece: piece.score, default=None)


def calculated(question: Question, candidates: Sequence[Candidate]) -> Evidence | None:
    """What a table near the best candidate gives by being worked out: no statement need say it."""
    asked = request_of(question)
    based = cells.base_asked(question)
    if (asked.plain and not question.superlative and not question.rank and not based) or not candidates:
        return None
    ways = (*_WORKED, order.ranked, order.extreme)
    near = [rows for rows in _tables(candidates[:_DEEP]) if rows[0].score >= candidates[0].score - _NEAR]
    if based:
        return next(filter(None, (_of_table(asked, rows) for rows in near)), None)
    found = [piece for rows in near if (grid := _grid(asked, rows)) and (piece := _worked(asked, grid, rows[0], ways))]
    return max(found, key=lambda piece: piece.score, default=None)


def row_told(question: Question, candidate: Candidate) -> Evidence | None:
    """The cells of a row that was found as a whole, each under its header; None for what is no row."""
    table, start = candidate.unit.block and candidate.unit.block.table, candidate.unit.span.start
    grid = _grid(request_of(question), [candidate]) if candidate.unit.kind is UnitKind.ROW else None
    if grid is None or not table:
        return None
    row = next((number for number in grid.body if table.rows[number] and table.rows[number][0].start == start), None)
    claims = grid.claims([(row, column) for column in grid.across]) if row is not None else ()
    return Evidence(Shape.CELLS, claims[:_MOST_CLAIMS], candidate.score, candidate=candidate) if claims else None


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


def _grid(asked: Request, rows: Sequence[Candidate]) -> Grid | None:
    unit = rows[0].unit
    return read(asked.question.text, unit.passage, unit.block, unit.block.table) if unit.block and unit.block.table else None


def _of_table(asked: Request, rows: Sequence[Candidate]) -> Evidence | None:
    grid = _grid(asked, rows)
    if grid is None:
        return None
    if worked := _worked(asked, grid, rows[0]):
        return worked
    for way in _PLAIN[:2] if asked.question.rank and grid.columns.places else _PLAIN:
        found = way(asked, grid)
        if found:
            claims = found.claims[:_MOST_CLAIMS]
            return Evidence(Shape.CELLS, claims, rows[0].score + _TRUST * found.sure, candidate=rows[0])
    return None


def _worked(asked: Request, grid: Grid, best: Candidate, ways: Sequence[Way] = _WORKED) -> Evidence | None:
    if asked.plain and not asked.question.superlative and not grid.columns.places:
        return None
    if not grounded(asked, grid):
        return None
    found = next(filter(None, (way(asked, grid) for way in ways)), None)
    if found is None or not found.claims:
        return None
    return Evidence(Shape.CELLS, found.claims, best.score + _TRUST * found.sure, candidate=best, closing=found.closing)

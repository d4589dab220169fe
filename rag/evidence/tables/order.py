"""Which rows of a table come first: the greatest, the least, the third, the first three, all in order, the place of one."""

from __future__ import annotations

from collections.abc import Sequence

from index.chinese.numbers import NumberKind
from rag.evidence.tables.choice import Found, comparable, measured, value
from rag.evidence.tables.grid import Grid
from rag.evidence.tables.request import Request

_MOST = 20  # rows of a ranking that is said in full
_SHOWN = 6  # rows above the one whose place is asked for that are shown with it
_RANKED, _ASKED = 2.5, 3.0


def ranked(request: Request, grid: Grid) -> Found | None:
    """The row whose cell says the rank that is asked for, or the row that has it by its figures."""
    rank = request.question.rank
    column = _column(request, grid) if rank else None
    if column is None:
        return None
    printed = [
        row
        for row in grid.members
        if (n := grid.number(row, column)) and n.kind is NumberKind.RANK and n.value == rank and not request.last
    ]
    ordered = _ordered(grid, column)
    ordered = ordered[::-1] if request.last else ordered
    return _found(grid, [(row, column) for row in printed or ordered[rank - 1 : rank]], _RANKED)


def extreme(request: Request, grid: Grid) -> Found | None:
    """The greatest or least of a column, or of a row where one is named and no column."""
    sign = request.question.superlative
    if not sign or request.top or request.order:
        return None
    across = _across(grid)
    if across:
        places = [(grid.rows.places[0], column) for column in across]
    else:
        column = _column(request, grid)
        places = [(row, column) for row in _ordered(grid, column)] if column is not None else []
    known = [(place, found) for place in places if (found := value(grid, *place)) is not None]
    if not known or not comparable(grid, places):
        return None
    ranks = all((number := grid.number(*place)) is not None and number.kind is NumberKind.RANK for place in places)
    best = (max if (sign > 0) is not ranks else min)(found for _, found in known)
    return _found(grid, [place for place, found in known if found == best], _RANKED)


def first_few(request: Request, grid: Grid) -> Found | None:
    """The first so many rows, as many more as share the last place; the last so many."""
    column = measured(request, grid, grid.members) if request.top else None
    if column is None:
        return None
    ordered = _ordered(grid, column)
    ordered = ordered if request.top > 0 else ordered[::-1]
    few = abs(request.top)
    if len(ordered) < few or not comparable(grid, [(row, column) for row in ordered]):
        return None
    last = value(grid, ordered[few - 1], column)
    kept = ordered[:few] + [row for row in ordered[few:] if value(grid, row, column) == last]
    return _found(grid, [(row, column) for row in kept], _ASKED) if len(kept) <= _MOST else None


def in_order(request: Request, grid: Grid) -> Found | None:
    """All rows of a column, from the greatest or from the least."""
    if not request.order or len(grid.rows.whole) == 1:
        return None
    rows = grid.rows.several if len(grid.rows.whole) > 2 else grid.members
    column = measured(request, grid, rows)
    ordered = [row for row in _ordered(grid, column) if row in rows] if column is not None else []
    if column is None or not 2 < len(ordered) <= _MOST or not comparable(grid, [(row, column) for row in ordered]):
        return None
    return _found(grid, [(row, column) for row in (ordered if request.order > 0 else ordered[::-1])], _ASKED)


def placed(request: Request, grid: Grid) -> Found | None:
    """Which place the named row has by its figures, those above it beside it; a printed rank is read, not counted."""
    row = grid.rows.one if request.place else None
    column = measured(request, grid, grid.members) if row is not None and row in grid.members else None
    if row is None or column is None:
        return None
    ordered = _ordered(grid, column)
    here = value(grid, row, column)
    ranks = any((number := grid.number(other, column)) and number.kind is NumberKind.RANK for other in ordered)
    if here is None or ranks or len(ordered) < 3 or not comparable(grid, [(other, column) for other in ordered]):
        return None
    above = [other for other in ordered if (value(grid, other, column) or 0.0) > here]
    tied = sum(value(grid, other, column) == here for other in ordered) > 1
    shown = [*above, row] if len(above) < _SHOWN else [row]
    closing = f"从高到低排，在 {len(ordered)} 项中{'并列' if tied else ''}第 {len(above) + 1}。"
    return Found(grid.claims([(other, column) for other in shown]), closing, _ASKED)


def _across(grid: Grid) -> tuple[int, ...]:
    """The columns among which the greatest of a row is looked for; empty where it is looked for in a column."""
    named = grid.columns.one
    if len(grid.rows.whole) != 1 or (named is not None and not grid.overall(named)):
        return ()
    columns = tuple(c for c in grid.across if grid.amount(grid.rows.places[0], c) and not grid.overall(c))
    return columns if len(columns) > 1 and comparable(grid, [(grid.rows.places[0], c) for c in columns]) else ()


def _column(request: Request, grid: Grid) -> int | None:
    """The column measured; where several are meant the surest."""
    column = measured(request, grid, grid.members)
    if column is None:
        counted = grid.counted(grid.members)
        meant = [c for c in grid.columns.places if c in counted]
        return meant[0] if meant else None
    return column


def _ordered(grid: Grid, column: int) -> list[int]:
    """Rows by the figure in the column, totals left out, the best first: the greatest, or the first rank."""
    known = [(row, found) for row in grid.members if (found := value(grid, row, column)) is not None]
    ranks = bool(known) and all(
        (number := grid.number(row, column)) is not None and number.kind is NumberKind.RANK for row, _ in known
    )
    return [row for row, _ in sorted(known, key=lambda pair: pair[1] if ranks else -pair[1])]


def _found(grid: Grid, places: Sequence[tuple[int, int]], sure: float) -> Found | None:
    claims = grid.claims(places)
    return Found(claims, sure=sure) if claims else None

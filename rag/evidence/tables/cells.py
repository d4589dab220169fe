"""Which cells does a question name: by row and column, by what another cell of the row says, a whole row or column?"""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from rag.evidence.tables.choice import Found, grounded
from rag.evidence.tables.grid import Grid
from rag.evidence.tables.labels import Meant
from rag.evidence.tables.request import Request
from rag.evidence.types import Claim
from rag.matching import close_up
from rag.question import WANTED, Kind, Question

# one cell for one figure says less beside the point than a sentence with several
_EXACT, _CROSSED = 5.3, 2.4
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BASE_ASKED = re.compile(r"基数|样本(?:量|数)|(?<![a-z])n(?![a-z])")


def base_asked(question: Question) -> bool:
    """Whether a question asks of how many a share is."""
    return bool(_BASE_ASKED.search(fold(question.text)))


def base(request: Request, grid: Grid) -> Found | None:
    """The header of a column, where its base is asked for."""
    if not base_asked(request.question) or not grid.columns.places:
        return None
    column = grid.columns.places[0]
    row = grid.table.rows[grid.table.header_rows - 1] if grid.table.header_rows else ()
    if column >= len(row) or not re.search(r"\d", grid.text(row[column])):
        return None
    beside = crossed(request, grid) if request.question.parts and grid.rows.whole else None
    return Found((*(beside.claims if beside else ()), Claim(grid.passage, row[column])), sure=2.0)


def crossed(request: Request, grid: Grid) -> Found | None:
    """The cells where the rows and columns meet that the question names; the only figures of a row, where it names none."""
    question = request.question
    only = tuple(grid.across) if len(grid.across) == 1 and (grid.start == 1 or grid.rows.whole) else ()
    columns = grid.columns.places or only
    if not grid.rows.places or not columns:
        return None
    several = question.compares or request.worded or question.kind in (Kind.LIST, Kind.YESNO) or bool(question.parts)
    rows = _meant_together(grid.rows, grid.rows.places, several)
    chosen = _meant_together(grid.columns, columns, several)
    if question.numeric and _tied(grid.columns) and not grounded(request, grid):
        return None  # another column is asked for than the table has: 儿科 beside 心内科 and 神内科
    exact = question.numeric and len(rows) == len(chosen) == 1 and grid.columns.one is not None and grounded(request, grid)
    return _fitting(question, grid, [(row, column) for row in rows for column in chosen], _EXACT if exact else _CROSSED)


def _meant_together(meant: Meant, places: tuple[int, ...], several: bool) -> tuple[int, ...]:
    if meant.whole:
        return meant.firm if len(meant.whole) > 1 or several else places[:1]
    return places if several or len(places) == 2 else places[:1]


def _tied(meant: Meant) -> bool:
    """Whether of several that are meant none is meant more than the next."""
    sums = dict(meant.sums)
    return len(meant.places) > 2 and not meant.whole and sums[meant.places[0]] == sums[meant.places[1]]


def keyed(request: Request, grid: Grid) -> Found | None:
    """The cell of the column asked for in the one row that another of its cells names: A轮 → its 投资方."""
    if grid.rows.places or len(grid.columns.places) < 1 or len(grid.across) < 2:
        return None
    asked = close_up(fold(request.question.text))
    found = {
        row
        for row in grid.members
        for column in grid.across
        if column not in grid.columns.places[:1] and _names(close_up(fold(grid.said(row, column))), asked)
    }
    if len(found) != 1:
        return None
    return _fitting(request.question, grid, [(found.pop(), grid.columns.places[0])], 2.0)


def _names(cell: str, asked: str) -> bool:
    if not 2 <= len(cell) <= 16 or cell not in asked:
        return False
    return not re.search(rf"[a-z0-9+]{re.escape(cell)}|{re.escape(cell)}[a-z0-9+]", asked)


def whole(request: Request, grid: Grid) -> Found | None:
    """All cells of the row that is named, or all of the column."""
    if request.question.numeric and not grounded(request, grid):
        return None  # all figures of a row where the one asked for is not among them
    if grid.rows.places:
        rows = sorted(grid.rows.whole) if len(grid.rows.whole) > 1 else grid.rows.places[:1]
        return _fitting(request.question, grid, [(row, column) for row in rows for column in grid.across], 0.0)
    if grid.columns.places and request.question.kind is Kind.LIST:
        return _fitting(request.question, grid, [(row, grid.columns.places[0]) for row in grid.body], 0.0)
    return None


def _fitting(question: Question, grid: Grid, places: list[tuple[int, int]], sure: float) -> Found | None:
    claims = tuple(claim for claim in grid.claims(places) if _fits(question, f"{claim.quote}{claim.unit}"))
    years = [{int(year) for year in _YEAR.findall(claim.lead)} for claim in claims]
    if question.years and all(years) and not any(named & set(question.years) for named in years):
        return None  # the neighbour of the year asked for
    return Found(claims, sure=sure) if claims else None


def _fits(question: Question, said: str) -> bool:
    """Whether a cell says the kind of thing that is asked for: a figure is no person, a name is no date."""
    found = {number.kind for number in numbers(said)}
    if question.kind in (Kind.WHO, Kind.WHERE) and not (question.superlative or question.rank):
        return not found
    wanted = WANTED.get(question.kind)
    return not wanted or bool(found & {*wanted, NumberKind.PLAIN}) or bool(question.superlative or question.rank)

"""Is the table about what is asked, and which of its columns is measured?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind
from rag.evidence.tables.amounts import Amount, alike
from rag.evidence.tables.grid import Grid
from rag.evidence.tables.request import Request
from rag.evidence.types import Claim
from rag.matching import close_up, match
from rag.question import WANTED

_SPOKEN_OF = 0.5  # match from which the table speaks of a term
_MOSTLY = 0.6  # share of the terms that the table must speak of, besides all nouns
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ASIDE = re.compile(
    r"情况|数据|表格?|部分|项目?|结果|方面|内容|时候|年度?|现在|目前|[\d一二两三四五六七八九十几]+[个家种类项年]?"
)  # nouns that name nothing of their own


@dataclass(frozen=True, slots=True)
class Found:
    """Cells that answer, what is calculated from them, and how much surer they are than the cells alone, in log-odds."""

    claims: tuple[Claim, ...]
    closing: str = ""
    sure: float = 0.0


def grounded(request: Request, grid: Grid) -> bool:
    """Whether the table speaks of everything that the question names, and of the years it asks for."""
    cells = (grid.said(row, column) for row in grid.body for column in grid.across if not grid.number(row, column))
    told = close_up(fold(" ".join((grid.around, *grid.heads, *grid.labels, *cells))))
    if not _of_years(request.question.years, grid):
        return False
    terms = [term for term in request.terms if not _ASIDE.fullmatch(term)]
    lost = [term for term in terms if match(term, told) < _SPOKEN_OF]
    if any(thing in lost for thing in request.things):
        return False
    return len(lost) <= (1 - _MOSTLY) * len(terms)


def _of_years(years: Sequence[int], grid: Grid) -> bool:
    """Whether the years asked for are among those of the table's own names; where these have none, among those around it."""
    own = " ".join((*grid.heads, *grid.labels))
    around = f"{grid.around} {grid.passage.document.meta.date}"
    dated = own if _YEAR.search(own) else around
    return all(str(year) in dated for year in years)


def measured(request: Request, grid: Grid, rows: Sequence[int]) -> int | None:
    """The column whose figures are asked for; None where it could be another."""
    counted = grid.counted(rows)
    fitting = [c for c in counted if _suits(request, grid, rows, c)]
    named = grid.columns.one
    if named is not None:
        return named if named in fitting else None
    meant = [c for c in grid.columns.places if c in fitting]
    choice = meant or fitting
    if len(choice) == 1:
        return choice[0]
    if not meant and (kinds := WANTED.get(request.question.kind, ())):
        alike = [c for c in choice if any((n := grid.number(row, c)) and n.kind is kinds[0] for row in rows)]
        if len(alike) == 1:
            return alike[0]
    overall = [c for c in choice if grid.overall(c)]
    if len(overall) == 1 and not meant:
        return overall[0]
    years = grid.years([grid.head(c) for c in choice])
    if years:  # the same measure year by year: the latest, unless a year is named
        asked = [c for c, year in zip(choice, years, strict=True) if year in request.question.years]
        return asked[0] if len(asked) == 1 else choice[years.index(max(years))] if not asked else None
    return None


def _suits(request: Request, grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether a limit can be held against the column: 40% against shares, 3 万 against what is counted."""
    bound = request.bound
    if bound is None or bound.kind is NumberKind.PLAIN:
        return True
    amounts = [amount for row in rows if (amount := grid.amount(row, column))]
    numbers = [number for row in rows if (number := grid.number(row, column))]
    if bound.kind is NumberKind.SHARE:
        return any(n.kind is NumberKind.SHARE for n in numbers) or any(amount.share for amount in amounts)
    kinds = {number.kind for number in numbers}
    return bound.kind in kinds or (kinds <= {NumberKind.PLAIN, NumberKind.COUNT} and bound.kind is NumberKind.COUNT)


def value(grid: Grid, row: int, column: int) -> float | None:
    """The value of a cell in its base unit, with its sign; of a range its lower end."""
    amount = grid.amount(row, column)
    if amount is not None:
        return float(amount.value)
    number = grid.number(row, column)
    return number.value if number else None


def comparable(grid: Grid, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the cells measure the same thing: all in one unit."""
    numbers = [number for row, column in places if (number := grid.number(row, column))]
    amounts: list[Amount] = [amount for row, column in places if (amount := grid.amount(row, column))]
    if len(amounts) == len(places):
        return alike(amounts)
    return len({(number.kind, number.unit) for number in numbers if number.kind is not NumberKind.PLAIN}) <= 1

"""Which rows of a table pass: a limit held against figures, a yes or no in a cell?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind
from rag.evidence.tables.choice import Found, comparable, measured, value
from rag.evidence.tables.grid import Grid
from rag.evidence.tables.request import Request
from rag.question import Kind

_MOST = 16  # rows that are named
_SURE = 3.0
_YES = frozenset(("是", "有", "√", "✓", "✔", "yes", "y", "支持", "已", "●", "对"))
_NO = frozenset(("否", "无", "没有", "不是", "×", "✗", "✘", "x", "no", "n", "不支持", "未", "-", "—", "–", "/", "○", "不"))
_DENIES = re.compile(r"(?:不|没有?|未|无|非|否)(?=\w)|为否|是否定")


def within(request: Request, grid: Grid) -> Found | None:
    """The cells of a column, or of a named row, that keep within the limit; where none does, the nearest one."""
    bound = request.bound
    if bound is None:
        return None
    row = next(iter(grid.rows.whole)) if len(grid.rows.whole) == 1 and grid.columns.one is None else None
    places = _along(request, grid, row)
    known = [(place, found) for place in places if (found := value(grid, *place)) is not None]
    if len(known) < 2 or not comparable(grid, [place for place, _ in known]) or _unsure(request, grid, known):
        return None
    passing = [place for place, found in known if bound.holds(found)]
    total, said = len(known), bound.said.strip()
    if not passing:
        nearest = (min if bound.low is None else max)(known, key=lambda pair: pair[1])[0]
        end = "最低" if bound.low is None else "最高"
        return Found(grid.claims([nearest]), f"表中 {total} 项里没有{said}的，{end}的是上面这一项。", _SURE)
    if len(passing) > _MOST:
        return None
    if not grid.years([grid.labels[r] for r, _ in passing]):
        passing.sort(key=lambda place: -(value(grid, *place) or 0.0))
    return Found(grid.claims(passing), f"表中 {total} 项里有 {len(passing)} 项{said}。", _SURE)


def _along(request: Request, grid: Grid, row: int | None) -> list[tuple[int, int]]:
    if row is not None:
        return [(row, column) for column in grid.across if not grid.overall(column)]
    column = measured(request, grid, grid.members)
    counted = grid.counted(grid.members)
    # of several columns that are meant alike every cell is looked at, each named by its column
    columns = [column] if column is not None else [c for c in grid.columns.places if c in counted and not grid.overall(c)]
    return [(member, c) for member in grid.members for c in columns]


def _unsure(request: Request, grid: Grid, known: Sequence[tuple[tuple[int, int], float]]) -> bool:
    """Whether a cell may lie on either side: ranks, ranges, other units than the limit's, scales left out."""
    bound = request.bound
    numbers = [grid.number(*place) for place, _ in known]
    amounts = [grid.amount(*place) for place, _ in known]
    if bound is None or any(n is None or n.kind in (NumberKind.RANK, NumberKind.DATE) or n.high is not None for n in numbers):
        return True
    units = {amount.unit for amount in amounts if amount} - {""}
    if bound.kind is NumberKind.PLAIN:
        # 超过40 of cells in %: the number itself; of cells in 万 it is unclear which
        return any(amount is not None and amount.scale for amount in amounts)
    if bound.kind is NumberKind.SHARE:
        return not all((a and a.share) or (n and n.kind is NumberKind.SHARE) for a, n in zip(amounts, numbers, strict=True))
    return bool(bound.unit and units and bound.unit not in units and bound.kind is not NumberKind.COUNT)


def told(request: Request, grid: Grid) -> Found | None:
    """The rows whose cell says yes, or no, under the column that is asked for: 哪些支持医保."""
    column = grid.columns.one if request.question.kind in (Kind.LIST, Kind.WHO, Kind.QUANTITY, Kind.WHERE) else None
    if column is None:
        return None
    said = {row: fold(grid.said(row, column)) for row in grid.members}
    if not set(said.values()) & _YES or not set(said.values()) <= _YES | _NO | {""}:
        return None
    wanted = _NO if _denies(request, grid.head(column)) else _YES
    places = [(row, column) for row, cell in said.items() if cell in wanted]
    if len(places) > _MOST:
        return None
    if not places:
        return None
    return Found(grid.claims(places), f"表中 {len(said)} 项里有 {len(places)} 项。", _SURE)


def _denies(request: Request, head: str) -> bool:
    asked = fold(request.question.text)
    if _DENIES.search(fold(head)):
        return False
    return bool(_DENIES.search(re.sub(r"有没有|是不是|是否|能不能|不同|不少", "", asked)))

"""What do cells give together: how far they lie apart, how much one grew, how many times it is the other, their sum?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from rag.evidence.tables.amounts import Amount, alike, trimmed, written
from rag.evidence.tables.choice import Found, measured
from rag.evidence.tables.grid import Grid
from rag.evidence.tables.request import Reckoning, Request

_MOST = 12  # operands of a sum
_SURE, _WHOLE = 5.0, 3.5  # in no statement need stand what is reckoned
_BESIDE = 3.0  # where no difference is asked for by name
_PART = re.compile(r"其中|小计|合计|总|净|率|比[例重]|累计|平均")
_STOCK = re.compile(r"累计|期末|年[底末]|存量|注册|拥有|用户|人数|余额|保有|在职|规模")
_NAMES_MEASURES = re.compile(r"指标|项目|科目|维度|口径|名目")
_JOINED = re.compile(r"[和与跟及加、]")
_GROWN = re.compile(r"增长率|增幅|涨幅|降幅|增速|同比|环比")


@dataclass(frozen=True, slots=True)
class _Operands:
    """Cells in the order in which they are reckoned; `dated` from the earlier to the later."""

    places: tuple[tuple[int, int], ...]
    amounts: tuple[Amount, ...]
    dated: bool = False


def apart(request: Request, grid: Grid) -> Found | None:
    """Two cells side by side with what lies between them: a difference, a growth, how many times."""
    if request.reckoning not in (Reckoning.DIFFERENCE, Reckoning.RATIO):
        return None
    pair = _pair(request, grid)
    if pair is None or len(pair.places) != 2 or not alike(pair.amounts) or any(amount.value < 0 for amount in pair.amounts):
        return None
    closing = _times(pair) if request.reckoning is Reckoning.RATIO else _between(request, pair)
    return Found(grid.claims(pair.places), closing, _SURE if request.worded else _BESIDE)


def together(request: Request, grid: Grid) -> Found | None:
    """The sum of the cells that are named, or of a whole column that has no total; the mean of several years."""
    if request.reckoning not in (Reckoning.SUM, Reckoning.MEAN):
        return None
    return _printed(request, grid) or _added(request, grid)


def difference(first: Amount, last: Amount, *, dated: bool, growth: bool, rising: int = 0) -> str:
    """How far two amounts lie apart, as arithmetic; of two times which way it went."""
    low, high = sorted((first, last), key=lambda amount: amount.value)
    if low.value == high.value:
        return "两者相同。"
    gap = f"{high.shown} − {low.shown} = {_gap(high, low)}"
    if not dated:
        return f"相差：{gap}。"
    rose = last.value > first.value
    word = "增加" if rose else "减少"
    contrary = f"（不是{'减少' if rose else '增加'}）" if rising and (rising > 0) is not rose else ""
    share = ""
    if growth and first.value and not first.share:
        grown = (last.value - first.value) / first.value * 100
        share = f"，{_gap(high, low)} ÷ {first.shown} = {'+' if rose else ''}{trimmed(grown, 1)}%"
    return f"{word}{contrary}：{gap}{share}。"


def _between(request: Request, pair: _Operands) -> str:
    first, last = pair.amounts
    return difference(first, last, dated=pair.dated, growth=request.growth, rising=request.rising if pair.dated else 0)


def _times(pair: _Operands) -> str:
    first, last = pair.amounts[::-1] if pair.dated else pair.amounts
    if not last.value:
        return ""
    times = first.value / last.value
    exact = trimmed(times, 2) == trimmed(times, 8)
    return f"{first.shown} ÷ {last.shown} {'=' if exact else '≈'} {trimmed(times, 2)} 倍。"


def _gap(high: Amount, low: Amount) -> str:
    if high.share:
        return f"{trimmed(high.value - low.value, max(high.places, low.places))} 个百分点"
    return written(high.value - low.value, (high, low))


def _pair(request: Request, grid: Grid) -> _Operands | None:
    """The two cells that the question sets against each other."""
    rows, columns = grid.rows.several, grid.columns.several
    if len(rows) == 2:
        column = measured(request, grid, grid.members) if not columns else None
        return _operands(grid, [(row, column) for row in rows], grid.rows.said, 0) if column is not None else None
    row = grid.rows.one
    if row is None:
        return _dated_rows(request, grid, None)
    if len(columns) == 2:
        return _operands(grid, [(row, column) for column in columns], grid.columns.said, 1)
    return _dated_columns(request, grid, row) or _dated_rows(request, grid, row)


def _dated_columns(request: Request, grid: Grid, row: int) -> _Operands | None:
    """The figures of a row in two years: its only two, or the year that is named and the one before it."""
    columns = [column for column in grid.across if grid.amount(row, column)]
    years = grid.years([grid.head(column) for column in columns])
    if not years or not _moves(request):
        return None
    chosen = _two(dict(zip(years, columns, strict=True)), request)
    return _operands(grid, [(row, column) for column in chosen], (), 1) if chosen else None


def _dated_rows(request: Request, grid: Grid, row: int | None) -> _Operands | None:
    years = grid.years([grid.labels[member] for member in grid.members])
    column = measured(request, grid, grid.members)
    if not years or column is None or not _moves(request) or (row is not None and grid.labels[row] == ""):
        return None
    chosen = _two(dict(zip(years, grid.members, strict=True)), request)
    return _operands(grid, [(member, column) for member in chosen], (), 0) if chosen else None


def _two(by_year: dict[int, int], request: Request) -> tuple[int, ...]:
    asked = [year for year in sorted(set(request.question.years)) if year in by_year]
    if len(asked) == 2:
        return tuple(by_year[year] for year in asked)
    if len(asked) == 1 and asked[0] - 1 in by_year:
        return by_year[asked[0] - 1], by_year[asked[0]]
    return tuple(by_year[year] for year in sorted(by_year)) if len(by_year) == 2 and not request.question.years else ()


def _moves(request: Request) -> bool:
    return bool(request.rising) or request.growth or request.reckoning is Reckoning.RATIO or len(request.question.years) > 1


def _operands(grid: Grid, places: Sequence[tuple[int, int]], said: Sequence[tuple[int, int]], axis: int) -> _Operands | None:
    amounts = [grid.amount(row, column) for row, column in places]
    if any(amount is None for amount in amounts) or any(_GROWN.search(grid.head(c) + grid.labels[r]) for r, c in places):
        return None
    known = [(place, amount) for place, amount in zip(places, amounts, strict=True) if amount is not None]
    names = [grid.head(c) if axis else grid.labels[r] for r, c in places]
    moments = grid.moments(names)
    if moments:
        known = [pair for _, pair in sorted(zip(moments, known, strict=True), key=lambda each: each[0])]
    else:
        at = dict(said)
        known.sort(key=lambda pair: at.get(pair[0][axis], len(names)))
    return _Operands(tuple(place for place, _ in known), tuple(amount for _, amount in known), bool(moments))


def _printed(request: Request, grid: Grid) -> Found | None:
    """The total that the table itself prints."""
    if len(grid.rows.several) > 1 or grid.rows.one in grid.members:
        return None
    word = re.compile("平均|均值|average" if request.reckoning is Reckoning.MEAN else "合计|总|共计|total")
    totals = [row for row in grid.body if row not in grid.members and word.search(fold(grid.labels[row]))]
    column = measured(request, grid, grid.members)
    return Found(grid.claims([(totals[0], column)]), sure=_SURE) if len(totals) == 1 and column is not None else None


def _added(request: Request, grid: Grid) -> Found | None:
    places = _summands(request, grid)
    amounts = [amount for row, column in places if (amount := grid.amount(row, column))]
    if not 2 <= len(places) <= _MOST or len(amounts) != len(places) or not alike(amounts):
        return None
    if amounts[0].share and not _exclusive(grid, places):
        return Found(grid.claims(places), sure=_BESIDE)  # shares of overlapping groups give nothing together
    named = len(grid.rows.several) > 1 or len(grid.columns.several) > 1
    total = sum((amount.value for amount in amounts), Decimal())
    terms = " + ".join(amount.shown for amount in amounts)
    if request.reckoning is Reckoning.SUM:
        return Found(grid.claims(places), f"合计：{terms} = {written(total, amounts)}。", _SURE if named else _WHOLE)
    mean = written(total / len(amounts), amounts, max(amount.places for amount in amounts) + 1)
    return Found(grid.claims(places), f"平均：({terms}) ÷ {len(amounts)} = {mean}。", _SURE if named else _WHOLE)


def _summands(request: Request, grid: Grid) -> list[tuple[int, int]]:
    """The cells that are added: those named, or all of a column whose rows are parts of one whole."""
    rows, columns = grid.rows.several, grid.columns.several
    if len(rows) > 1 and (not set(rows) <= set(grid.members) or any(_PART.search(grid.labels[row]) for row in rows)):
        return []  # a total is no summand, nor is a part beside its whole
    if not _JOINED.search(request.question.text):
        rows = rows if len(grid.rows.whole) > 1 else ()
    if len(columns) > 1 and grid.rows.one is not None:
        return [(grid.rows.one, column) for column in columns if not grid.overall(column)]
    column = measured(request, grid, grid.members)
    if column is None or len(columns) > 1:
        return []
    if len(rows) > 1:
        return [(row, column) for row in rows]
    every = _every(request, grid)
    if (grid.rows.places and not every) or not _of_one_kind(request, grid, column):
        return []
    return [(row, column) for row in grid.members]


def _every(request: Request, grid: Grid) -> bool:
    """Whether the question counts the very rows of the table: 三个年度 of three."""
    counted = [n for n in numbers(request.question.text) if n.kind in (NumberKind.COUNT, NumberKind.DURATION)]
    return any(int(number.value) == len(grid.members) for number in counted)


def _of_one_kind(request: Request, grid: Grid, column: int) -> bool:
    """Whether the rows of a whole column may be reckoned together: members of one sort, none of them a part of another."""
    labels = [fold(grid.labels[row]) for row in grid.members]
    years = grid.years(labels)
    if request.reckoning is Reckoning.MEAN:
        return bool(years) or "年度" in "".join(labels)
    if _NAMES_MEASURES.search(grid.head(0)) or any(_PART.search(label) for label in labels) or grid.overall(column):
        return False
    return not (years and _STOCK.search(grid.head(column) + request.about))


def _exclusive(grid: Grid, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the shares are parts of one whole: those of the column add up to about a hundred."""
    columns = {column for _, column in places}
    if len(columns) != 1:
        return False
    column = columns.pop()
    shares = [amount.value for row in grid.members if (amount := grid.amount(row, column))]
    return abs(sum(shares, Decimal()) - 100) <= 1

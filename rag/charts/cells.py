"""Which picture do the cited cells of one table make: which names go on the axis, which tell the series apart?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import bases
from index.chinese.fold import fold
from index.chinese.headers import without_unit
from index.types import Block, Passage
from rag.charts.plot import Plot, Point, cleaned, long_enough
from rag.charts.times import times
from rag.charts.values import SCALES, Value, value_of
from rag.evidence.tables.grid import Grid, is_total, read
from rag.evidence.tables.labels import LEVEL
from rag.types import Citation

_GENERAL = 3  # characters; a shorter name, 金额 or 占比, does not say of what
_FIGURES = re.compile(r"数[字值据]|内容|结果|情况|指标")
_WORDS = 3  # characters beside its figure from which a cell is a remark
_NO_MEASURE = re.compile(r"编号|序号|页码|号码|代码|电话|^(?:排?名次?|序|页|id|no\.?|#)$")
_CHAPTER = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.、．]|\d{1,2}(?:\.\d{1,2})+\s|[（(]?[一二三四五六七八九十]+[）)、．.])\s*"
)
_BASE_PIECE = re.compile(r"[（(\s，,、;；]*$")


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    value: Value


def plots(citations: Sequence[Citation]) -> Iterator[Plot]:
    """A plot for each table of which two cells or more are cited that can be compared."""
    for grid, cells in _tables(citations):
        plot = _plot(grid, _comparable(grid, cells))
        if plot:
            yield plot


def _tables(citations: Sequence[Citation]) -> Iterator[tuple[Grid, list[_Cell]]]:
    """The cited cells of each table that hold a figure, in the order of the citations."""
    cited: dict[int, list[tuple[Block, Citation]]] = {}
    for citation in citations:
        if block := _table_around(citation):
            cited.setdefault(id(block), []).append((block, citation))
    for found in cited.values():
        grid = _grid(found[0][1].passage, found[0][0])
        yield grid, [cell for _, citation in found for cell in _cells(grid, citation)]


def _table_around(citation: Citation) -> Block | None:
    span = citation.span
    blocks = citation.passage.section.blocks
    return next((b for b in blocks if b.table and b.span.start <= span.start and span.end <= b.span.end), None)


def _grid(passage: Passage, block: Block) -> Grid:
    if block.table is None:
        raise ValueError(f"the block at {block.span.start} is no table; ask for blocks with a table only")
    return read("", passage, block, block.table)


def _cells(grid: Grid, citation: Citation) -> Iterator[_Cell]:
    for row in grid.body:
        for column in grid.across:
            spans = grid.table.rows[row]
            if column >= len(spans) or not citation.span.start <= spans[column].start:
                continue
            if spans[column].end <= citation.span.end and (value := _value(grid, row, column, citation.n)):
                yield _Cell(row, column, value)


def _value(grid: Grid, row: int, column: int, n: int) -> Value | None:
    """The figure that a cell consists of; None for remarks, ranks, dates and numbers that only name something."""
    number, amount, said = grid.number(row, column), grid.amount(row, column), grid.said(row, column)
    if number is None or len(said) - (number.span.end - number.span.start) > _WORDS:
        return None
    if not grid.unit_at(row, column) and _NO_MEASURE.search(fold(f"{grid.head(column)}\n{grid.labels[row]}")):
        return None
    value = value_of(number, said, n)
    if value is None or amount is None:
        return value
    # the amount knows the sign, and counters that no list of units has
    scale = SCALES.get(amount.scale, 1.0) if grid.unit_at(row, column) else 1.0
    unit = value.unit or amount.unit
    return replace(value, value=float(amount.value), unit=unit, family=value.family or amount.unit, given=scale)


def _comparable(grid: Grid, cells: Sequence[_Cell]) -> list[_Cell]:
    """The most cells that count in one unit, the first of as many; a total beside its parts is left out."""
    kin: dict[str, list[_Cell]] = {}
    for cell in cells:
        kin.setdefault(cell.value.family, []).append(cell)
    most = max(kin.values(), key=len, default=[])
    greatest = max((cell.value.value for cell in most if not is_total(grid.labels[cell.row])), default=0.0)
    parts = [cell for cell in most if not is_total(grid.labels[cell.row]) or cell.value.value < greatest]
    return parts if long_enough(len(parts)) else most


def _plot(grid: Grid, cells: Sequence[_Cell]) -> Plot | None:
    rows = list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    row_names = {row: _named(grid.labels[row]) for row in rows}
    column_names = {column: _named(grid.head(column)) for column in columns}
    dated_rows = len(rows) > 1 and times(list(row_names.values()))
    dated_columns = len(columns) > 1 and times(list(column_names.values()))
    # times go on the axis, else what there is more of
    across = bool(dated_columns) or (not dated_rows and len(columns) > len(rows))
    points = [
        Point(column_names[cell.column], row_names[cell.row], cell.value)
        if across
        else Point(row_names[cell.row], column_names[cell.column], cell.value)
        for cell in cells
    ]
    others = [row_names[row] for row in rows] if across else [_titled(grid.head(column)) for column in columns]
    return Plot(_title(grid, others), tuple(points))


def _title(grid: Grid, others: Sequence[str]) -> str:
    """What all values share: the one row or column they stand in, else the headings over the table."""
    if len(others) != 1:
        return _about(grid)
    alone = others[0]
    if len(alone) > _GENERAL and not times([alone]):
        return alone
    corner = _titled(grid.head(0))
    about = corner if len(corner) > _GENERAL else _about(grid)
    return about if _FIGURES.fullmatch(alone) else f"{about} · {alone}"


def _about(grid: Grid) -> str:
    """The heading over the table; the one above it too, where that is as short as 业绩."""
    path = [cleaned(_CHAPTER.sub("", name)) for name in grid.passage.section.path] or [grid.passage.document.meta.title]
    return path[-1] if len(path[-1]) > _GENERAL else " · ".join(path[-2:])


def _titled(name: str) -> str:
    """A name with its base, without its unit."""
    return cleaned(without_unit(name).replace(LEVEL, " "))


def _named(name: str) -> str:
    """A name without unit and base."""
    bare = without_unit(name)
    base = bases.stands_in(bare)
    if base:
        before = _BASE_PIECE.sub("", bare[: base.start])
        opened = bare[: base.start].count("（") + bare[: base.start].count("(")
        kept = before.count("（") + before.count("(")
        after = bare[base.end :].lstrip("人名份 ")
        bare = before + (after if opened == kept else after.lstrip("）)"))
    return cleaned(bare.replace(LEVEL, " ")) or cleaned(name)

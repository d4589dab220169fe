"""Which questions does a table answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.chinese.numbers import NumberKind, numbers
from index.types import Document, Span, Table
from rag.suggest.types import Kind, Suggested
from rag.suggest.wording import bare, fits, is_time, is_vague

__all__ = ["of_table"]

_OF_THINGS = ("人", "名", "位", "家", "个", "项", "种", "款", "所", "座", "篇")
_NUMBER = re.compile(r"\d")
_SET_SIDE_BY_SIDE = re.compile(r"对比|比较|区别|异同")
_VALUES_OF = re.compile(r"(.{2,12})的(?:数值|数字|数据|情况)")
_INDICATORS_OF = re.compile(r"(.{2,8}?)的(?:[^的]{0,4})(?:指标|规模|数据|情况|业绩|概况)")
_ROWS = 4  # of one column, asked one by one


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    place: int
    cells: tuple[tuple[str, str, Span], ...]  # label of the row, value, where the value stands

    @property
    def in_figures(self) -> bool:
        return all(_NUMBER.search(value) for _, value, _ in self.cells)

    @property
    def span(self) -> Span:
        return Span(self.cells[0][2].start, self.cells[-1][2].end)


def of_table(table: Table, document: Document) -> Iterator[Suggested]:
    """Differences and greatest ones first, then single cells."""
    columns = _columns(table, document.text)
    if not columns:
        return
    corner = bare(table.rows[table.header_rows - 1][0].of(document.text))
    yield from _compared(corner, columns, document)
    for column in columns:
        yield from _greatest(corner, column, document)
    yield from _between_times(columns, document)
    for column in columns:
        yield from _cells(corner, column, document)


def _columns(table: Table, text: str) -> list[_Column]:
    if not table.header_rows or len(table.rows) <= table.header_rows:
        return []
    header = table.rows[table.header_rows - 1]
    body = [row for row in table.rows[table.header_rows :] if len(row) == len(header)]
    return [
        _Column(bare(name.of(text)), place, tuple((bare(row[0].of(text)), row[place].of(text), row[place]) for row in body))
        for place, name in enumerate(header)
        if place and body
    ]


def _compared(corner: str, columns: list[_Column], document: Document) -> Iterator[Suggested]:
    names = [column.name for column in columns]
    if len(columns) == 2 and _SET_SIDE_BY_SIDE.search(corner) and all(fits(name, most=14) for name in names):
        span = Span(columns[0].span.start, columns[1].span.end)
        yield Suggested(f"{names[0]}和{names[1]}有什么区别？", Kind.COMPARISON, document.id, span)


def _greatest(corner: str, column: _Column, document: Document) -> Iterator[Suggested]:
    shares = len(column.cells) > 3 and all("%" in value for _, value, _ in column.cells)
    if not (shares and fits(column.name, least=4)):
        return
    span = column.span
    if fits(corner, most=8):
        yield Suggested(f"{column.name}最高的是哪个{corner}？", Kind.COMPARISON, document.id, span)
        yield Suggested(f"{column.name}排前三的是哪些{corner}？", Kind.TABLE, document.id, span)


def _between_times(columns: list[_Column], document: Document) -> Iterator[Suggested]:
    times = [column for column in columns if is_time(column.name) and column.in_figures]
    for earlier, later in pairwise(times):
        for (label, _, first), (_, _, last) in list(zip(earlier.cells, later.cells, strict=True))[:2]:
            if fits(label, least=3):
                question = f"{label}从{earlier.name}到{later.name}增加了多少？"
                yield Suggested(question, Kind.COMPARISON, document.id, Span(min(first.start, last.start), last.end))


def _cells(corner: str, column: _Column, document: Document) -> Iterator[Suggested]:
    owner = _VALUES_OF.fullmatch(column.name) or (_INDICATORS_OF.fullmatch(corner) if is_vague(column.name) else None)
    for label, value, span in column.cells[:_ROWS]:
        number = next(numbers(value), None)
        if number is None or number.kind is NumberKind.RANK or len(value) > 16:
            continue
        many = f"有多少{number.unit}" if number.kind is NumberKind.COUNT and number.unit in _OF_THINGS else "是多少"
        if is_time(column.name) and fits(label, least=3):
            yield Suggested(f"{column.name}{label}是多少？", Kind.FIGURE, document.id, span)
        elif owner and fits(label, least=3) and (many == "是多少" or "的" not in label):
            of = "" if "的" in label else "的"
            yield Suggested(f"{owner[1]}{of}{label}{many}？", Kind.FIGURE, document.id, span)
        elif is_time(label) and fits(column.name, least=4):
            yield Suggested(f"{label}{column.name}是多少？", Kind.FIGURE, document.id, span)
        elif fits(label) and fits(column.name, least=3, most=14) and "的" not in column.name and column.in_figures:
            yield Suggested(f"{label}的{column.name}是多少？", Kind.TABLE, document.id, span)
            return

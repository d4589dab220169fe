"""Which rows and cells does an HTML table have, cells over several rows and columns included?"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from index.layout.assemble import Rough
from index.layout.draft import Cell
from index.layout.inline import tidy, visible
from index.layout.lines import Line
from index.types import BlockKind

WIDEST = 64  # columns that a colspan may claim; pages claim thousands by mistake


def is_table(node: LexborNode) -> bool:
    """Rows with two cells or more and no table inside: not a frame that only lays out a page."""
    return not node.css("table table") and sum(len(_cells(row)) > 1 for row in node.css("tr")) > 0


def rough(node: LexborNode) -> Rough:
    """The table as a block; a cell over several rows is repeated in each, so that every row can be read alone."""
    rows: list[tuple[Cell, ...]] = []
    headers = 0
    hanging: dict[int, tuple[int, Cell]] = {}  # column → rows still to come, cell
    for row in node.css("tr"):
        cells = _cells(row)
        if cells and len(rows) == headers and (_in_head(row) or all(cell.tag == "th" for cell in cells)):
            headers += 1
        placed, hanging = _place(cells, hanging)
        if any(cell.text for cell in placed):
            rows.append(placed)
    return Rough(BlockKind.TABLE, "", Line(""), cells=rows, headers=headers or None)


def _place(
    cells: list[LexborNode], hanging: dict[int, tuple[int, Cell]]
) -> tuple[tuple[Cell, ...], dict[int, tuple[int, Cell]]]:
    placed: list[Cell] = []
    below: dict[int, tuple[int, Cell]] = {}
    column = 0
    queue = list(cells)
    while queue or column in hanging:
        if column in hanging:
            left, cell = hanging[column]
        else:
            node = queue.pop(0)
            left, cell = _number(node, "rowspan"), Cell(_text(node), min(WIDEST, _number(node, "colspan")))
        if left > 1:
            below[column] = (left - 1, cell)
        placed.append(cell)
        column += cell.columns
    return tuple(placed), below


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _in_head(row: LexborNode) -> bool:
    return row.parent is not None and row.parent.tag == "thead"


def _text(node: LexborNode) -> str:
    return tidy(re.sub(r"\s+", " ", visible(node.text(separator=" " if node.css_first("p, div, br, li") else ""))))


def _number(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1

"""What does a reader hand over before offsets are known, and how do drafts become a document's text?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.layout.marks import is_value
from index.types import Block, BlockKind, Span, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `columns` is how many columns it covers, its text is written once."""

    text: str
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A block with its own text, not yet placed; a table has `rows` instead."""

    kind: BlockKind
    text: str
    level: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    header_rows: int = 1


def compose(drafts: Sequence[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text, one block after another with a blank line between, and the blocks with their characters."""
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for draft in drafts:
        text, table = _table(draft, at) if draft.kind is BlockKind.TABLE else (draft.text, None)
        if not text.strip():
            continue
        blocks.append(Block(draft.kind, Span(at, at + len(text)), draft.level, table))
        pieces.append(text)
        at += len(text) + 2
    return "\n\n".join(pieces), tuple(blocks)


def _table(draft: Draft, at: int) -> tuple[str, Table]:
    lines: list[str] = []
    rows: list[tuple[Span, ...]] = []
    for row in draft.rows:
        start, spans = at, []
        for cell in row:
            # a cell over several columns is the same characters for each of them
            spans += [Span(start, start + len(cell.text))] * cell.columns
            start += len(cell.text) + 1
        line = "\t".join(cell.text for cell in row)
        rows.append(tuple(spans))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), Table(tuple(rows), draft.header_rows)


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows name the columns: none where the first already holds values, two where a second tells its names apart."""
    if len(rows) < 2 or any(is_value(cell) for cell in rows[0][1:]):
        return 0
    return 2 if len(rows) > 2 and _names_apart(rows[0], rows[1], rows[2]) else 1


def _names_apart(upper: Sequence[str], lower: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row under the header names columns that share a name: no name of its own, no value, values below it."""
    shared = len(upper) < len(lower) or any(not cell.strip() for cell in upper[1:])
    unnamed = bool(lower) and (not lower[0].strip() or lower[0] == upper[0])
    valued = any(re.match(r"[-+]?\d", cell) for cell in below[1:])
    return shared and unnamed and not any(is_value(cell) for cell in lower) and valued

"""What does a reader hand over before offsets are known, and how do drafts become a document's text?"""

from __future__ import annotations

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
    """1 where the first row names the columns, 0 where it already holds values as the rows below it do."""
    return 0 if len(rows) < 2 or any(is_value(cell) for cell in rows[0][1:]) else 1

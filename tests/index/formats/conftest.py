"""Where the fixtures lie, and what a document that was read holds: blocks of a kind, rows of its table."""

from __future__ import annotations

from pathlib import Path

from index.types import BlockKind, Document

FIXTURES = Path(__file__).parent.parent / "fixtures"


def kinds(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def rows(document: Document) -> list[list[str]]:
    [block] = [block for block in document.blocks if block.table]
    assert block.table
    return [[cell.of(document.text) for cell in row] for row in block.table.rows]

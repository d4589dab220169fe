"""Where the fixtures lie, short names for the kinds of blocks, and what repaired text holds."""

from __future__ import annotations

from pathlib import Path

from index.layout import Draft, repair
from index.types import BlockKind

FIXTURES = Path(__file__).parent.parent / "fixtures"
HEAD, TEXT, ITEM, TABLE, NOTE, NAME = BlockKind


def seen(drafts: list[Draft]) -> list[tuple[BlockKind, str]]:
    return [(draft.kind, draft.text) for draft in drafts]


def of_kind(text: str, kind: BlockKind) -> list[str]:
    return [draft.text for draft in repair(text) if draft.kind is kind]

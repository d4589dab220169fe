"""How documents and what was cut from them are written to disk and come back the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from index.corpus import NAMES
from index.errors import IndexCorrupt
from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span, Table, Unit, UnitKind

# JSON as it is parsed; never leaves this file but as an opaque line to decode
_Json = Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its passages and units in order; `own_id` is the id it would have if no other document had it."""

    own_id: str
    document: Document
    passages: tuple[Passage, ...]
    units: tuple[Unit, ...]


def encode(entry: Entry) -> str:
    """One line of JSON."""
    document = entry.document
    blocks = {id(block): number for number, block in enumerate(document.blocks)}
    chosen: dict[int, int] = {}
    sections: list[_Json] = []
    for passage in entry.passages:
        if id(passage.section) not in chosen:
            chosen[id(passage.section)] = len(sections)
            section = passage.section
            heading = None if section.heading is None else _reference(section.heading, blocks)
            sections.append([section.path, heading, [_reference(block, blocks) for block in section.blocks]])
    numbers = {id(passage): number for number, passage in enumerate(entry.passages)}
    return json.dumps(
        {
            "id": document.id,
            "own_id": entry.own_id,
            "text": document.text,
            "meta": astuple(document.meta),
            "blocks": [_block(block) for block in document.blocks],
            "sections": sections,
            "passages": [[chosen[id(p.section)], p.span.start, p.span.end] for p in entry.passages],
            "units": [
                [u.kind, numbers[id(u.passage)], u.span.start, u.span.end, u.context, u.block and _reference(u.block, blocks)]
                for u in entry.units
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def decode(line: str, new_id: str = "") -> Entry:
    """The entry of a line, its document under another id where one is given."""
    stored = json.loads(line)
    blocks = tuple(map(_read_block, stored["blocks"]))
    document = Document(new_id or stored["id"], stored["text"], blocks, Meta(*stored["meta"]))
    sections = [
        Section(
            document,
            tuple(path),
            heading if heading is None else _resolve(heading, blocks),
            tuple(_resolve(b, blocks) for b in below),
        )
        for path, heading, below in stored["sections"]
    ]
    passages = tuple(Passage(sections[section], Span(start, end)) for section, start, end in stored["passages"])
    units = tuple(
        Unit(UnitKind(kind), passages[number], Span(start, end), context, block if block is None else _resolve(block, blocks))
        for kind, number, start, end, context, block in stored["units"]
    )
    return Entry(stored["own_id"], document, passages, units)


def own_id(line: str) -> str:
    """The id the document of a line would have if no other document had it."""
    return str(json.loads(line)["own_id"])


def read_lines(path: Path) -> list[str]:
    """The lines that `encode` made, one a document."""
    try:
        return path.read_text(encoding="utf-8").split("\n")[:-1]
    except (OSError, ValueError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}; run `yanda index --rebuild`") from error


def read_names(folder: Path) -> tuple[str, ...]:
    """The lines on names that mean the same; none in an index that was built before there were any."""
    return tuple(read_lines(folder / NAMES)) if (folder / NAMES).is_file() else ()


def searchable(passage: Passage) -> str:
    """What a passage is found by: the document's title, the headings above it, its text."""
    return "\n".join((*_distinct((passage.document.meta.title, *passage.section.path)), passage.text))


def searchable_unit(unit: Unit) -> str:
    """What a unit is found by: what it leaves unsaid, then its text."""
    return f"{unit.context}\n{unit.text}" if unit.context else unit.text


def _distinct(names: Sequence[str]) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)


def _reference(block: Block, blocks: dict[int, int]) -> _Json:
    """The number of one of the document's own blocks; any other block as a whole."""
    return blocks[id(block)] if id(block) in blocks else _block(block)


def _resolve(stored: _Json, blocks: Sequence[Block]) -> Block:
    return blocks[stored] if isinstance(stored, int) else _read_block(stored)


def _block(block: Block) -> _Json:
    table = None
    if block.table is not None:
        table = [block.table.header_rows, [[[cell.start, cell.end] for cell in row] for row in block.table.rows]]
    return [block.kind, block.span.start, block.span.end, block.level, table]


def _read_block(stored: _Json) -> Block:
    kind, start, end, level, table = stored
    if table is None:
        return Block(BlockKind(kind), Span(start, end), level)
    rows = tuple(tuple(Span(*cell) for cell in row) for row in table[1])
    return Block(BlockKind(kind), Span(start, end), level, Table(rows, table[0]))

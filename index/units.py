"""Which pieces of a passage can be quoted as an answer: sentences, list items, fields, table rows, notes, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.chinese.sentences import sentences
from index.types import Block, BlockKind, Passage, Span, Unit, UnitKind

_LONG_ITEM = 180  # characters; a longer item is quoted by sentence
_FIELD = re.compile(r"^[^：:。，；\n]{2,16}[：:]\s*\S")
_LEADS_IN = 80  # characters of the line before a list that its items carry along
_PATH_TAIL = 2  # headings nearest to a unit; those above are the same for the whole chapter


def units(passages: Sequence[Passage]) -> Iterator[Unit]:
    """The units of the passages in their order, each within one passage."""
    for passage in passages:
        lead = ""
        for block in _blocks_of(passage):
            yield from _cut(passage, block, lead)
            text = block.span.of(passage.document.text)
            if block.kind is BlockKind.PARAGRAPH or (
                block.kind is BlockKind.ITEM and block.level == 0 and text.endswith(("：", ":"))
            ):
                lead = text[-_LEADS_IN:] if text.endswith(("：", ":")) else ""
            elif block.kind is BlockKind.CAPTION:
                lead = text[:_LEADS_IN]


def _blocks_of(passage: Passage) -> Iterator[Block]:
    heading = passage.section.heading
    for block in (*((heading,) if heading else ()), *passage.section.blocks):
        if block.span.start < passage.span.end and block.span.end > passage.span.start:
            yield block


def _cut(passage: Passage, block: Block, lead: str) -> Iterator[Unit]:
    text = passage.document.text
    path = " ".join(passage.section.path[-_PATH_TAIL:])
    context = f"{path} {lead}".strip()
    whole = block.span.of(text)
    if block.kind is BlockKind.TABLE:
        yield from _rows(passage, block, f"{context} ")
    elif block.kind is BlockKind.NOTE:
        yield Unit(UnitKind.NOTE, passage, _inside(block.span, passage), context, block)
    elif block.kind is BlockKind.HEADING:
        yield Unit(UnitKind.HEADING, passage, block.span, " ".join(passage.section.path[:-1][-_PATH_TAIL:]), block)
    elif block.kind is BlockKind.CAPTION:
        yield Unit(UnitKind.HEADING, passage, block.span, context, block)
    elif len(whole) <= _LONG_ITEM and _FIELD.match(whole):
        yield Unit(UnitKind.FIELD, passage, block.span, context, block)
    elif block.kind is BlockKind.ITEM and len(whole) <= _LONG_ITEM:
        yield Unit(UnitKind.ITEM, passage, block.span, context, block)
    else:
        yield from _statements(passage, block, context)


def _statements(passage: Passage, block: Block, context: str) -> Iterator[Unit]:
    text = passage.document.text
    opening = ""
    for span in sentences(text, _inside(block.span, passage)):
        # the first words of a paragraph or item name what its later sentences speak of
        yield Unit(UnitKind.STATEMENT, passage, span, f"{context} {opening}".strip(), block)
        if not opening:
            opening = re.split(r"[：:，。]", span.of(text), maxsplit=1)[0][:24]


def _rows(passage: Passage, block: Block, context: str) -> Iterator[Unit]:
    text, table = passage.document.text, block.table
    if table is None:
        return
    headers = " ".join(cell.of(text) for row in table.rows[: table.header_rows] for cell in row)
    for row in table.rows[table.header_rows :]:
        if row and row[0].start >= passage.span.start and row[-1].end <= passage.span.end:
            yield Unit(UnitKind.ROW, passage, Span(row[0].start, row[-1].end), context + headers, block)


def _inside(span: Span, passage: Passage) -> Span:
    return Span(max(span.start, passage.span.start), min(span.end, passage.span.end))

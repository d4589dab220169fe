"""How is a Markdown file read: headings, nested lists, tables, quotes, HTML inside?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.formats import front, html
from index.formats.encoding import decode
from index.formats.parsed import Parsed
from index.layout import Draft, repair
from index.layout.assemble import Rough, extend
from index.layout.furniture import is_extracted
from index.layout.headings import resolve
from index.layout.lines import Line, Mark, lines
from index.layout.marks import Number, is_caption, is_note, number
from index.types import BlockKind

_TABLE = re.compile(r"(<table\b.*?</table\s*>)", re.IGNORECASE | re.DOTALL)
_ORDERED = re.compile(r"\d{1,3}[.)]\s+\S")


def parse(content: bytes, name: str) -> Parsed:
    """The blocks of a Markdown file; one that a PDF was turned into is repaired like any extracted text."""
    stated, body = front.split(decode(content, name))
    if html.is_html(body):
        page = html.page(body)
        return Parsed(page.drafts, front.completed(stated, page.front))
    written = lines(body)
    if is_extracted(written):
        return Parsed(tuple(repair(body)), stated)
    return Parsed(tuple(_drafts(body)), stated)


def _drafts(body: str) -> list[Draft]:
    blocks: list[Rough] = []
    for part in _TABLE.split(body):
        blocks += html.roughs(part) if part[:6].lower() == "<table" else _blocks(lines(part))
    return resolve(blocks, named=False)


def _blocks(written: Sequence[Line]) -> Iterator[Rough]:
    for group in _groups(written):
        first = group[0]
        if first.mark is Mark.ROW:
            yield Rough(BlockKind.TABLE, "", first, rows=[line.cells for line in group])
            continue
        block = Rough(_kind(first), first.text, first, first.level, _number(first))
        for line in group[1:]:
            extend(block, line)
        yield block


def _groups(written: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that are one block: a paragraph goes on to the next empty line or mark."""
    group: list[Line] = []
    for line in written:
        if group and not (not line.blanks and _goes_on(group[-1], line)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(before: Line, line: Line) -> bool:
    if line.mark is Mark.PLAIN:
        fresh = _ORDERED.match(line.text) or is_caption(line.text) or is_note(line.text) or is_caption(before.text)
        return before.mark in (Mark.PLAIN, Mark.ITEM, Mark.QUOTE) and not fresh
    return line.mark is before.mark and line.mark in (Mark.ROW, Mark.QUOTE)


def _kind(line: Line) -> BlockKind:
    if line.mark is Mark.HEADING:
        return BlockKind.HEADING
    if is_note(line.text) or (line.mark is Mark.QUOTE and re.match(r".{0,6}(?:注|说明|提示|备注)\s*[:：]", line.text)):
        return BlockKind.NOTE
    if is_caption(line.text):
        return BlockKind.CAPTION
    ordered = line.mark is Mark.PLAIN and _ORDERED.match(line.text)
    return BlockKind.ITEM if line.mark is Mark.ITEM or ordered else BlockKind.PARAGRAPH


def _number(line: Line) -> Number | None:
    """The number of a paragraph, which may be a heading by it; the numbers of a list number its items."""
    return number(line.text) if line.mark is Mark.PLAIN and not _ORDERED.match(line.text) else None

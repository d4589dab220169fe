"""What a document becomes on its way to being searchable: blocks, sections, passages, units, hits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of one document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class BlockKind(StrEnum):
    """What a block is to its reader; the parser decides, everything later believes it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # one entry of a list; a number printed before it belongs to its text, a bullet glyph does not
    TABLE = "table"
    NOTE = "note"  # survey bases, questions asked, data sources, remarks of the editor
    CAPTION = "caption"  # the line that names a figure or table


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as spans, row by row, the first `header_rows` of them headers; rows may be ragged, cells empty."""

    rows: tuple[tuple[Span, ...], ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table, note or caption; `level` is 1 (top) to 6 for headings, nesting (0…) for items."""

    kind: BlockKind
    span: Span
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about a document as a whole; empty strings where nothing is."""

    title: str
    publisher: str = ""
    date: str = ""  # ISO, as exact as known: 2022-03-25, 2023-04, 2023
    source: str = ""  # file name of the original
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it is read, cited and shown: every offset anywhere counts characters of `text`."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    meta: Meta

    def __hash__(self) -> int:
        # what is remembered of a passage or a unit would else count through every block of its document each time
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks directly under it; `path` names it from the top, its own heading last."""

    document: Document
    path: tuple[str, ...]
    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def span(self) -> Span:
        parts = (*((self.heading,) if self.heading else ()), *self.blocks)
        return Span(parts[0].span.start, parts[-1].span.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section, cut at block or sentence ends; what is searched and shown around a quote."""

    section: Section
    span: Span

    @property
    def document(self) -> Document:
        return self.section.document

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


class UnitKind(StrEnum):
    """The shapes in which a document can answer."""

    STATEMENT = "statement"  # a sentence
    ITEM = "item"  # one entry of a list
    ROW = "row"  # one row of a table
    FIELD = "field"  # label：value
    NOTE = "note"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece that can be quoted as an answer; `passage` is where it stands, `context` what it leaves unsaid."""

    kind: UnitKind
    passage: Passage
    span: Span
    context: str = ""  # heading path, lead-in of the list, header cells: read for matching, never quoted
    block: Block | None = None

    @property
    def document(self) -> Document:
        return self.passage.document

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the fused score and its rank by words and by vectors (0 best, None not found)."""

    passage: Passage
    score: float
    word_rank: int | None = None
    vector_rank: int | None = None


def sections(document: Document) -> Iterator[Section]:
    """The document cut at its headings, in order; blocks before the first heading form a section with an empty path."""
    heading: Block | None = None
    trail: list[tuple[int, str]] = []
    held: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            held.append(block)
            continue
        if heading or held:
            yield Section(document, tuple(name for _, name in trail), heading, tuple(held))
        trail = [(level, name) for level, name in trail if level < block.level]
        trail.append((block.level, block.span.of(document.text)))
        heading, held = block, []
    if heading or held:
        yield Section(document, tuple(name for _, name in trail), heading, tuple(held))

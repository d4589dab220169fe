"""How is a document shown so that cited characters can be marked exactly: every character in the page once, in order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from index.types import Block, BlockKind, Document, Span, sections

__all__ = ["Heading", "outline", "parse_mark", "path_at", "render"]

WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
# a line end between two Chinese characters is no space to a reader
SOFT_END = re.compile(rf"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])")
NUMBERED = re.compile(r"\s*[（(]?(?:\d+|[一二三四五六七八九十]+|[①-⑳])\s*[.、．)）:：]?|[①-⑳]")
MARK = re.compile(r"c?(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the outline; `anchor` is the id of the heading in the rendered document."""

    text: str
    level: int
    anchor: str


def parse_mark(written: str, document: Document) -> Span | None:
    """`512-547` or `c512-547` as a span of the document; None where it is malformed or not within the text."""
    found = MARK.fullmatch(written)
    if found is None:
        return None
    span = Span(int(found[1]), int(found[2]))
    return span if span.start < span.end <= len(document.text) else None


def outline(document: Document) -> tuple[Heading, ...]:
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    top = min((block.level for block in headings), default=1)
    return tuple(Heading(block.span.of(document.text), block.level - top + 1, f"h{block.span.start}") for block in headings)


def path_at(document: Document, offset: int) -> tuple[str, ...]:
    """The headings above the character at `offset`, from the top."""
    path: tuple[str, ...] = ()
    for section in sections(document):
        if section.span.start > offset:
            break
        path = section.path
    return path


def render(document: Document, mark: Span | None = None, hits: Sequence[Span] = ()) -> Markup:
    """HTML whose text content is `document.text`: `mark` in `mark[data-citation]`, hits (in order, apart) in `mark[data-hit]`.

    What lies in several blocks or cells has an element in each.
    """
    page = _Page(document.text, mark, hits)
    parts: list[Markup] = []
    for is_item, group in groupby(document.blocks, key=lambda block: block.kind is BlockKind.ITEM):
        shown = Markup("").join(page.block(block) for block in group)
        parts.append(Markup("<ul>{}</ul>").format(shown) if is_item and shown else shown)
    parts.append(page.rest())
    return Markup("").join(parts)


class _Page:
    """Writes the text from front to back; what stands between blocks is written too, unseen."""

    def __init__(self, text: str, mark: Span | None, hits: Sequence[Span]) -> None:
        self.text = text
        self.mark = mark or Span(0, 0)
        self.hits = hits
        self.ends = [hit.end for hit in hits]
        self.found: set[int] = set()
        self.cursor = 0
        self.marked = False

    def block(self, block: Block) -> Markup:
        if block.span.end <= self.cursor:
            return Markup("")
        if block.kind is BlockKind.TABLE and block.table is not None:
            return self._table(block)
        inner = self._leaf(block.span)
        level = min(max(block.level, 1), 6)
        match block.kind:
            case BlockKind.HEADING:
                return Markup('<h{0} id="h{1}" dir="auto">{2}</h{0}>').format(min(level + 1, 6), block.span.start, inner)
            case BlockKind.ITEM:
                numbered = " numbered" if NUMBERED.match(block.span.of(self.text)) else ""
                return Markup('<li class="level-{}{}" dir="auto">{}</li>').format(min(block.level, 4), numbered, inner)
            case BlockKind.NOTE:
                return Markup('<p class="note" dir="auto">{}</p>').format(inner)
            case BlockKind.CAPTION:
                return Markup('<p class="caption" dir="auto">{}</p>').format(inner)
            case _:
                return Markup('<p dir="auto">{}</p>').format(inner)

    def rest(self) -> Markup:
        end = len(self.text)
        return Markup("<div>{}</div>").format(self._leaf(Span(end, end))) if self.cursor < end else Markup("")

    def _table(self, block: Block) -> Markup:
        assert block.table is not None
        head = Markup("").join(self._row(row, "th") for row in block.table.rows[: block.table.header_rows])
        body = Markup("").join(self._row(row, "td") for row in block.table.rows[block.table.header_rows :])
        return Markup('<div class="scroll" tabindex="0"><table>{}{}</table></div>').format(
            Markup("<thead>{}</thead>").format(head) if head else "",
            Markup("<tbody>{}</tbody>").format(body) if body else "",
        )

    def _row(self, row: Iterable[Span], tag: str) -> Markup:
        cells = Markup("").join(Markup('<{0} dir="auto">{1}</{0}>').format(tag, self._cell(span)) for span in row)
        return Markup("<tr>{}</tr>").format(cells)

    def _cell(self, span: Span) -> Markup:
        # an empty cell, or one whose characters were shown before, has nothing to add
        return self._leaf(span) if span.start >= self.cursor and span.end > span.start else Markup("")

    def _leaf(self, span: Span) -> Markup:
        """The unseen characters up to `span`, then its own; the marked ones of both inside one mark."""
        pieces = [Span(self.cursor, max(span.start, self.cursor))]
        hidden = {pieces[0]}
        start = pieces[0].end
        for found in SOFT_END.finditer(self.text, start, span.end):
            pieces += [Span(start, found.start()), Span(found.start(), found.end())]
            hidden.add(pieces[-1])
            start = found.end()
        pieces.append(Span(start, span.end))
        self.cursor = max(self.cursor, span.end)
        split = [(part, piece in hidden) for piece in pieces for part in self._at_marks(piece)]
        runs = groupby(split, key=lambda part: self.mark.start <= part[0].start < self.mark.end)
        return Markup("").join(self._run(inside, list(parts)) for inside, parts in runs)

    def _at_marks(self, piece: Span) -> Iterator[Span]:
        """The piece, cut wherever a mark or a hit begins or ends."""
        near = self.hits[bisect_right(self.ends, piece.start) : bisect_left(self.ends, piece.end) + 1]
        inner = {edge for span in (self.mark, *near) for edge in (span.start, span.end) if piece.start < edge < piece.end}
        yield from (Span(a, b) for a, b in pairwise(sorted({piece.start, piece.end, *inner})))

    def _run(self, inside: bool, parts: Iterable[tuple[Span, bool]]) -> Markup:
        groups = groupby(parts, key=lambda part: self._hit_at(part[0].start))
        shown = Markup("").join(self._hit(number, group) for number, group in groups)
        if not inside:
            return shown
        name = f"{self.mark.start}-{self.mark.end}"
        anchor = "" if self.marked else Markup(' id="c{}"').format(name)
        self.marked = True
        return Markup('<mark data-citation="{}"{}>{}</mark>').format(name, anchor, shown)

    def _hit_at(self, offset: int) -> int | None:
        place = bisect_right(self.ends, offset)
        return place if place < len(self.hits) and self.hits[place].start <= offset else None

    def _hit(self, number: int | None, parts: Iterable[tuple[Span, bool]]) -> Markup:
        shown = Markup("").join(
            Markup('<span class="gap" aria-hidden="true">{}</span>').format(_exact(part.of(self.text)))
            if hidden
            else _exact(part.of(self.text))
            for part, hidden in parts
        )
        if number is None:
            return shown
        anchor = "" if number in self.found else Markup(' id="hit-{}"').format(number + 1)
        self.found.add(number)
        return Markup('<mark data-hit="{}"{}>{}</mark>').format(number + 1, anchor, shown)


def _exact(text: str) -> Markup:
    # HTML reads a carriage return as a line feed and drops NUL: either would move every later offset
    return Markup(str(escape(text.replace("\0", "\ufffd"))).replace("\r", "&#13;"))

"""How is a document cut into passages: along its structure, never through a sentence, a table row or a number?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.chinese.sentences import sentences
from index.types import Block, BlockKind, Document, Passage, Section, Span, sections

SHORTEST, LONGEST = 150, 450  # characters that a passage aims at
WIDEST = 600  # a passage may grow so far to take in a remnant
TABLE = 1200  # characters up to which a table stays whole


def passages(document: Document) -> Iterator[Passage]:
    """The passages of a document in order; every block, headings included, lies within them."""
    for section in sections(document):
        for span in _spans(section):
            yield Passage(section, span)


def _spans(section: Section) -> Iterator[Span]:
    text = section.document.text
    pieces = [piece for cluster in _clusters(section) for piece in _pieces(text, cluster)]
    spans = _merged(_packed(pieces))
    if section.heading is None:
        yield from spans
    elif spans:
        yield Span(section.heading.span.start, spans[0].end)
        yield from spans[1:]
    else:
        yield section.heading.span


def _clusters(section: Section) -> Iterator[list[Block]]:
    """Blocks that are read together: a caption with its table and notes, a question with its base, a lead-in with its list."""
    text = section.document.text
    cluster: list[Block] = []
    for block in section.blocks:
        if cluster and not _belongs(text, cluster, block):
            yield cluster
            cluster = []
        cluster.append(block)
    if cluster:
        yield cluster


def _belongs(text: str, cluster: Sequence[Block], block: Block) -> bool:
    last = cluster[-1]
    size = block.span.end - cluster[0].span.start
    if last.kind is BlockKind.CAPTION:
        return block.kind in (BlockKind.TABLE, BlockKind.NOTE) or (block.kind is BlockKind.CAPTION and size <= LONGEST)
    if block.kind is BlockKind.NOTE:
        return last.kind in (BlockKind.TABLE, BlockKind.NOTE) or size <= LONGEST
    if block.kind is BlockKind.TABLE:
        return text[last.span.end - 1] in "：:" and last.kind is not BlockKind.TABLE
    if block.kind is BlockKind.ITEM:
        leads = last.kind is BlockKind.PARAGRAPH and text[last.span.end - 1] in "：:"
        nested = last.kind is BlockKind.ITEM and block.level > last.level
        listed = last.kind is BlockKind.ITEM and cluster[0].kind is not BlockKind.ITEM
        return size <= LONGEST and (leads or nested or listed)
    return False


def _pieces(text: str, cluster: Sequence[Block]) -> Iterator[Span]:
    """A cluster as it may stand in passages: whole where it fits, else cut at block ends, rows and sentences."""
    whole = Span(cluster[0].span.start, cluster[-1].span.end)
    table = any(block.kind is BlockKind.TABLE for block in cluster)
    if whole.end - whole.start <= (TABLE if table else LONGEST):
        yield whole
        return
    start: int | None = None
    for block in cluster:
        for part in _parts(text, block):
            start = part.start if start is None else start
            # a caption or lead-in waits for what it names
            if block is cluster[-1] or not _announces(text, block):
                yield Span(start, part.end)
                start = None


def _announces(text: str, block: Block) -> bool:
    lead = block.kind is BlockKind.PARAGRAPH and text[block.span.end - 1] in "：:"
    return block.kind is BlockKind.CAPTION or (lead and block.span.end - block.span.start <= LONGEST)


def _parts(text: str, block: Block) -> Iterator[Span]:
    size = block.span.end - block.span.start
    if block.table is not None:
        lines = list(_lines(text, block.span))
        head = max(1, block.table.header_rows)
        yield from _packed([Span(lines[0].start, lines[min(head, len(lines)) - 1].end), *lines[head:]], TABLE)
    elif size <= LONGEST:
        yield block.span
    else:
        found = list(sentences(text, block.span))
        share = -(-size // LONGEST)
        yield from _merged(_packed(found, max(SHORTEST, -(-size // share) + 40)))


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _packed(pieces: Sequence[Span], longest: int = LONGEST) -> list[Span]:
    """Neighbours put together as long as they stay within a passage's length."""
    packed: list[Span] = []
    for piece in pieces:
        if packed and piece.end - packed[-1].start <= longest:
            packed[-1] = Span(packed[-1].start, piece.end)
        else:
            packed.append(piece)
    return packed


def _merged(spans: Sequence[Span]) -> list[Span]:
    """A remnant too short to stand alone goes with the shorter of its neighbours, where that does not grow too long."""
    merged = list(spans)
    place = 0
    while place < len(merged):
        span = merged[place]
        if span.end - span.start >= SHORTEST or len(merged) == 1:
            place += 1
            continue
        sides = [(merged[at].end - merged[at].start, at) for at in (place - 1, place + 1) if 0 <= at < len(merged)]
        fitting = [
            (size, at) for size, at in sides if max(span.end, merged[at].end) - min(span.start, merged[at].start) <= WIDEST
        ]
        if not fitting:
            place += 1
            continue
        at = min(fitting)[1]
        first, last = min(place, at), max(place, at)
        merged[first : last + 1] = [Span(merged[first].start, merged[last].end)]
        place = first
    return merged

"""What is a model given to read? Statements, items and rows with a number each, passage by passage, within a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.types import Passage, Span, Unit, UnitKind
from rag.composers.orders import is_order
from rag.composers.types import Brief, Said
from rag.evidence.tables.grid import heads, unit_of
from rag.types import Citation

__all__ = ["ROOM", "Sheet", "harmless", "sheet", "tokens"]

ROOM = 2000  # tokens of evidence: with the prompt and an answer that is half of the least that servers offer
_PASSAGES = 7  # more of them distract a small model more than they help
_WIDE = re.compile(r"[\u2e80-\U0003ffff]")
_LATIN_TOKEN = 3  # characters, on the safe side
_SIGNS = str.maketrans({"[": "〔", "]": "〕", "<": "‹", ">": "›", "`": "'"})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Evidence to be read; `citations` are what its numbers stand for, `said` what each says, with its row and header.

    `orders` are statements that speak to a model; they are left out.
    """

    text: str
    citations: tuple[Citation, ...]
    said: tuple[str, ...]
    orders: tuple[str, ...] = ()


def sheet(brief: Brief, said: Said, room: int = ROOM) -> Sheet:
    """What the documents' own words say already comes first and keeps its numbers; whole passages follow while they fit."""
    writing = _Writing(brief, said.citations)
    for passage in islice(_ordered(brief, said), _PASSAGES):
        writing.add(passage, room)
    return Sheet(
        "\n\n".join(writing.pieces), writing.citations, tuple(map(writing.says, writing.citations)), tuple(writing.orders)
    )


def tokens(text: str) -> int:
    """About how many tokens a text is, rather more than fewer: one a Chinese character, one for three others."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // _LATIN_TOKEN)


def harmless(text: str) -> str:
    """Words of others on one line, with no sign that a prompt uses itself: no marker, no tag, nothing unseen."""
    return " ".join(_UNSEEN.sub(" ", text).translate(_SIGNS).split())


def _ordered(brief: Brief, said: Said) -> Iterator[Passage]:
    """Each passage once: those that the answer was made from, then what else was found."""
    claimed = (claim.passage for piece in brief.evidence for claim in piece.claims)
    every = (*claimed, *(citation.passage for citation in said.citations), *brief.passages)
    return iter({id(passage): passage for passage in every}.values())


class _Writing:
    """A sheet as it fills: documents are named once and get a letter, statements get the next number."""

    def __init__(self, brief: Brief, citations: tuple[Citation, ...]) -> None:
        self.pieces: list[str] = []
        self.orders: list[str] = []
        self.citations = citations
        self._library = brief.library
        claims = (claim for piece in brief.evidence for claim in piece.claims)
        self._said = {(claim.passage.document.id, claim.span): f"{claim.lead} {claim.quote}{claim.unit}" for claim in claims}
        self._letters: dict[str, str] = {}
        self._used = 0

    def add(self, passage: Passage, room: int) -> None:
        """The passage, unless it says nothing or does not fit as a whole."""
        lines, cited = self._lines(passage)
        piece = "\n".join((self._heading(passage), *lines))
        size = tokens(piece)
        if lines and self._used + size <= room:
            self._letters.setdefault(passage.document.id, self._letter(passage))
            self.pieces.append(piece)
            self.citations, self._used = cited, self._used + size

    def says(self, citation: Citation) -> str:
        return self._said.get((citation.passage.document.id, citation.span), citation.quote)

    def _letter(self, passage: Passage) -> str:
        return self._letters.get(passage.document.id, chr(ord("A") + len(self._letters)))

    def _heading(self, passage: Passage) -> str:
        meta, path = passage.document.meta, passage.section.path
        if passage.document.id in self._letters:
            source = self._letter(passage)
        else:
            source = f"{self._letter(passage)} {'，'.join(filter(None, (f'《{meta.title}》', meta.publisher, meta.date)))}"
        return harmless(" › ".join((source, *(name for name in path if name != meta.title))))

    def _lines(self, passage: Passage) -> tuple[list[str], tuple[Citation, ...]]:
        """The statements of a passage with their numbers, and the citations with those that come to them."""
        cited = list(self.citations)
        known = {(citation.passage.document.id, citation.span): citation.n for citation in cited}
        lines: list[str] = []
        for number in self._library.unit_range(self._library.number(passage)):
            unit = self._library.units[number]
            if unit.kind is UnitKind.HEADING:
                continue
            if is_order(unit.text):
                self.orders.append(unit.text)
                continue
            n = known.get((unit.document.id, unit.span), len(cited) + 1)
            if n > len(cited):
                cited.append(Citation(n, unit.passage, unit.span))
            said = harmless(_row(unit) if unit.kind is UnitKind.ROW else unit.text)
            self._said.setdefault((unit.document.id, unit.span), said)
            lines.append(f"[{n}] {said}")
        return lines, tuple(cited)


def _row(unit: Unit) -> str:
    """A row as its name and each cell under its header: 皮肤科｜问诊量：120万次；占比：43%."""
    table, text = unit.block.table if unit.block else None, unit.document.text
    if table is None:
        return unit.text
    row: Sequence[Span] = next(
        (cells for cells in table.rows[table.header_rows :] if cells and cells[0].start == unit.span.start), ()
    )
    if not row:
        return unit.text
    header, name = heads(table, text), row[0].of(text)
    corner = header[0] if header else ""
    cells = []
    for column, cell in enumerate(row[1:], start=1):
        head, said = header[column] if column < len(header) else "", cell.of(text)
        cells.append(f"{head}：{said}{unit_of(said, head, name, corner)}" if head else said)
    return f"{name}｜{'；'.join(cells)}"

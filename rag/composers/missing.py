"""Which parts of the quoting answer does another answer leave unsaid?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.chinese.fold import fold
from rag.composers import quote
from rag.composers.shown import MARKER
from rag.composers.types import Brief, Said
from rag.evidence.types import Evidence, Shape
from rag.types import Citation

__all__ = ["missing"]

_LED = re.compile(r"\*\*(.+?)\*\*")


def missing(brief: Brief, quoted: Said, text: str, citations: Sequence[Citation]) -> Iterator[str]:
    """What answers in the documents' own words and rests on words not cited yet, or leads with what is not in `text`.

    Of several statements on one thing that is the first; markers are numbers of `quoted`.
    """
    numbers = {(citation.passage.document.id, citation.span): citation.n for citation in quoted.citations}
    core = quote.compose([_core(piece) for piece in brief.evidence], brief.english)
    plain = _plain(text)
    renumbered = {one.n: numbers[one.passage.document.id, one.span] for one in core.citations}
    for part in _parts(core.text):
        lines = [line for line in part.split("\n") if not _is_said(line, core, plain, citations)]
        if any(MARKER.search(line) for line in lines):
            yield MARKER.sub(lambda found: f"[{renumbered[int(found[1])]}]", "\n".join(lines))


def _core(piece: Evidence) -> Evidence:
    return replace(piece, claims=piece.claims[:1]) if piece.shape is Shape.STATEMENT else piece


def _parts(text: str) -> Iterator[str]:
    """Paragraphs; what opens a list, or has no marker of its own, stays with what it belongs to."""
    held = ""
    for paragraph in text.split("\n\n"):
        belongs = held.endswith("：") or not MARKER.search(paragraph)
        if held and not belongs:
            yield held
        held = f"{held}\n\n{paragraph}" if held and belongs else paragraph
    if held:
        yield held


def _is_said(line: str, said: Said, plain: str, citations: Sequence[Citation]) -> bool:
    named = [said.citations[int(n) - 1] for n in MARKER.findall(line)]
    if not named or not all(any(_overlap(one, other) for other in citations) for one in named):
        return False
    led = [_plain(words) for words in _LED.findall(line)]
    return not led or any(words in plain for words in led)


def _overlap(one: Citation, other: Citation) -> bool:
    same = one.passage.document.id == other.passage.document.id
    return same and one.span.start < other.span.end and other.span.start < one.span.end


def _plain(text: str) -> str:
    return re.sub(r"[\s\\,*]", "", fold(text))

"""How is an answer said where there is text alone: where its markers stand, what comes below it, how much it is?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from web import copies, strings
from web.addresses import absolute
from web.schemas import AnswerOut, CitationOut

__all__ = ["Marker", "below", "markers", "tokens", "without_below"]

MARKER = re.compile(r"\\.|\[(\d{1,3})\]")  # what is escaped is the document's own
TOKEN = re.compile(r"[A-Za-z]+|\d{1,3}|[^\s\w]|\w")
RULE = "\n\n---\n\n"
BELOW = re.compile(rf"{RULE}(?:> |\*\*(?:{'|'.join(strings.STRINGS['sources'])})\*\*\n).*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marker:
    """`text[start:end]` is the marker of `citation`; characters as Python counts them."""

    start: int
    end: int
    citation: CitationOut


def markers(text: str, citations: Iterable[CitationOut]) -> Iterator[Marker]:
    """Every marker of the text that leads to one of the citations, in reading order."""
    numbered = {str(citation.n): citation for citation in citations}
    for found in MARKER.finditer(text):
        if found[1] in numbered:
            yield Marker(found.start(), found.end(), numbered[found[1]])


def below(answer: AnswerOut, base: str) -> str:
    """What the text of an answer leaves unsaid, to stand under it: notes on how it came about, numbered sources."""
    language = strings.of(answer.question)
    parts = [f"> {' '.join(note.split())}" for note in answer.notes]
    if answer.citations:
        parts.append(f"**{strings.say(language, 'sources')}**")
        parts += [copies.source(citation, absolute(citation.url, base)) for citation in answer.citations]
    return RULE + "\n\n".join(parts) if parts else ""


def without_below(text: str) -> str:
    """A message that comes back as history, without what `below` had put under it."""
    return BELOW.sub("", text)


def tokens(text: str) -> int:
    """How long a text is, near to what tokenizers count: words of Latin letters, three digits, other characters."""
    return sum(1 for _ in TOKEN.finditer(text))

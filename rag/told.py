"""How is an answer told while it is made, whether its composer tells all of it as it comes or nothing?"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from rag.composers import Said
from rag.types import Answer, Citation, Delta, Event, Found

__all__ = ["Told"]

_CHUNK = 12  # characters of a text that is told at once


class Told:
    """What has been told of an answer while it was composed: some composers tell all of it, some nothing."""

    def __init__(self) -> None:
        self._citations: tuple[Citation, ...] = ()
        self._text = ""

    def all_of(self, composing: Iterator[Found | Delta | Said]) -> Generator[Event, None, Said]:
        """The events of a composer as they come, and what it said."""
        for event in composing:
            match event:
                case Said():
                    return event
                case Found():
                    self._citations = event.citations
                case Delta():
                    self._text += event.text
            yield event
        raise TypeError("the composer ended without an answer")

    def rest_of(self, answer: Answer) -> Iterator[Event]:
        if answer.citations != self._citations:
            yield Found(answer.citations)
        rest = answer.text.removeprefix(self._text)
        yield from (Delta(rest[start : start + _CHUNK]) for start in range(0, len(rest), _CHUNK))

"""Where may a streamed answer be cut, so that each piece can be judged by itself?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.chinese.sentences import sentences as chinese_sentences
from index.types import Span

__all__ = ["Sentences", "split"]

_MARKERS = r"(?:\s*(?:\[\^?\d+(?:\s*[,，、-]\s*\d+)*\]|【\d+】|［\d+］))+"
_LINE_OF_ITS_OWN = re.compile(r"^\s*(?:#{1,6}\s|[-*+•]\s|\d{1,2}[.)、](?!\d)\s?|\||>)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_OPEN = re.compile(r"\[[^\]\n]*$|【[^】\n]*$|!\[[^\]]*\]?\(?[^)\s]*$|\]\([^)\n]*$|<[^>\n]*$")
_BEHIND = re.compile(rf"{_MARKERS}[。.]?")
_AHEAD = 3  # characters that must follow a stop before it is known what belongs to it


class Sentences:
    """Fed with the pieces of a stream; gives back whole sentences, list items and table rows, nothing lost between them."""

    def __init__(self) -> None:
        self._held = ""
        self._fenced = False

    def feed(self, delta: str) -> list[str]:
        """What has become whole with this piece, each with the line end that followed it."""
        self._held += delta
        found: list[str] = []
        while "\n" in self._held:
            line, self._held = self._held.split("\n", 1)
            found += self._lines(f"{line}\n")
        return found + self._begun()

    def close(self) -> list[str]:
        """What is left at the end of the stream."""
        rest, self._held = self._held, ""
        return self._lines(rest) if rest else []

    def _lines(self, line: str) -> list[str]:
        if _FENCE.match(line):
            self._fenced = not self._fenced
            return [line]
        if self._fenced:
            return [line]
        return list(split(line))

    def _begun(self) -> list[str]:
        """The sentences that stand whole in a line which is still being written."""
        if self._fenced or _FENCE.match(self._held) or _LINE_OF_ITS_OWN.match(self._held):
            return []
        pieces = list(split(self._held))
        # the last piece may go on, and the one before it may still be given a marker
        while len(pieces) > 1 and len(pieces[-1].strip()) >= _AHEAD and not _OPEN.search(pieces[-1][:_AHEAD]):
            whole = pieces[:-1]
            self._held = pieces[-1]
            return whole
        return []


def split(text: str) -> Iterator[str]:
    """The pieces of a text in order; joined they are the text. Markers behind a stop belong to the sentence before."""
    for line in text.splitlines(keepends=True):
        if not line.strip() or _LINE_OF_ITS_OWN.match(line):
            yield line
            continue
        yield from _of_line(line)


def _of_line(line: str) -> Iterator[str]:
    start = 0
    ends = [span.end for span in chinese_sentences(line, Span(0, len(line)))]
    for end in ends[:-1]:
        if end <= start:
            continue
        behind = _BEHIND.match(line, end)
        end = behind.end() if behind else end
        while end < len(line) and line[end] in " \t":
            end += 1
        if line[end:].strip():
            yield line[start:end]
            start = end
    yield line[start:]

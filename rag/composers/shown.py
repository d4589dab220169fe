"""What has been shown of an answer so far, its citations numbered in the order in which they are first named?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.types import Citation, Delta, Found

__all__ = ["MARKER", "Shown"]

MARKER = re.compile(r"(?<!\\)\[(\d{1,3})\]")
_TAIL = re.compile(r"\s*\Z")
_WIDEST = 2  # line ends in a row


class Shown:
    """Grows by words whose markers are the numbers of `evidence`; what was added is never taken back."""

    def __init__(self, evidence: Sequence[Citation]) -> None:
        self.text = ""
        self._evidence = {citation.n: citation for citation in evidence}
        self._numbers: dict[int, int] = {}
        self._gap = ""  # white space that waits for words to follow it

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(replace(self._evidence[known], n=n) for known, n in self._numbers.items())

    def add(self, text: str) -> Iterator[Found | Delta]:
        """The words as events, before them the citations where there are new ones."""
        words = text.strip()
        if not words:
            self.skip(text)
            return
        known = len(self._numbers)
        said = MARKER.sub(lambda found: f"[{self._number(int(found[1]))}]", words)
        if len(self._numbers) > known:
            yield Found(self.citations)
        lead = text[: len(text) - len(text.lstrip())]
        said = _gap(self._gap, lead) + said if self.text else said
        self.text += said
        self._gap = _gap("", _TAIL.findall(text)[0])
        yield Delta(said)

    def skip(self, text: str) -> None:
        """Leaves the words out and keeps the line ends behind them: what comes next still begins a line, or a paragraph."""
        tail = _TAIL.findall(text)[0]
        self._gap = _gap("", self._gap + tail) if tail == text else _gap(self._gap, tail)

    def _number(self, known: int) -> int:
        return self._numbers.setdefault(known, len(self._numbers) + 1)


def _gap(one: str, other: str) -> str:
    """The wider of two gaps."""
    lines = max(one.count("\n"), other.count("\n"))
    if not lines:
        return one or other
    # deeper entries of a list keep their indent
    return "\n" * min(lines, _WIDEST) + other.rpartition("\n")[2]

"""Which lines of the cited words speak of what a claim says, and how far?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.matching import match
from rag.verifying.agree import same_figure
from rag.verifying.claim import Claim
from rag.verifying.grounds import Grounds, Line

__all__ = ["Support", "spoken", "told", "weight"]

_CONTEXT, _BEFORE, _FIGURE = 0.6, 0.5, 1.5
_NEAR = 0.75  # of the best line's score, from which another one is read with it
_MOST = 4


@lru_cache(maxsize=16384)
def weight(term: str) -> float:
    """How much a term tells: a single character little, a long word more."""
    return {1: 0.4, 2: 1.0, 3: 1.3}.get(len(term), 1.5) if not term.isascii() else 1.0


def spoken(terms: Iterable[str], text: str) -> float:
    """The weighted sum of the terms that the read text speaks of."""
    return sum(weight(term) * match(term, text) for term in terms)


def told(claim: Claim, found: Sequence[Grounds]) -> float:
    """How much of what a claim says the best of the lines says; 0 where there are none."""
    return max((spoken(claim.terms, line.text) for ground in found for line in ground.lines), default=0.0)


def _said(term: str, line: Line) -> float:
    """How surely a line speaks of a term, itself or by what stands over and before it."""
    own = match(term, line.text)
    return own if own >= _CONTEXT else max(own, _CONTEXT * match(term, line.context), _BEFORE * match(term, line.before))


class Support:
    """The lines that a claim leans on: for each of its clauses those that speak of it most, figures above all."""

    def __init__(self, claim: Claim, found: Sequence[Grounds]) -> None:
        self.claim = claim
        self._quoted = {id(line) for ground in found for line in ground.lines if ground.quotes(line)}
        self.lines = tuple({id(line): line for ground in found for line in ground.lines}.values())
        # what the whole claim is about decides between lines that say the same of two things
        self._whole = tuple(0.2 * spoken(claim.terms, line.text) for line in self.lines)
        self.by_clause = tuple(self._of(clause.start, clause.end, clause.terms) for clause in claim.clauses)

    @property
    def chosen(self) -> tuple[Line, ...]:
        return tuple({id(line): line for lines in self.by_clause for line in lines}.values())

    def at(self, place: int) -> tuple[Line, ...]:
        """The lines for the clause at a place of the claim's text, and for the one before it."""
        for n, clause in enumerate(self.claim.clauses):
            if clause.start <= place < clause.end:
                beside = self.by_clause[n - 1] if n and len(clause.terms) < 2 else ()
                return tuple({id(line): line for line in (*self.by_clause[n], *beside)}.values())
        return self.chosen

    def _of(self, start: int, end: int, terms: tuple[str, ...]) -> tuple[Line, ...]:
        stated = [mark for mark in self.claim.marks if mark.clause == self.claim.text[start:end]]
        scores = []
        weighed = [(term, weight(term)) for term in terms]
        for line, whole in zip(self.lines, self._whole, strict=True):
            said = sum(worth * _said(term, line) for term, worth in weighed)
            carried = sum(any(same_figure(mark, other) for other in line.marks) for mark in stated)
            scores.append(said + whole + _FIGURE * carried + (0.05 if id(line) in self._quoted else 0.0))
        best = max(scores, default=0.0)
        if best <= 0.0:
            return ()
        order = sorted(range(len(scores)), key=lambda n: -scores[n])
        return tuple(self.lines[n] for n in order[:_MOST] if scores[n] >= _NEAR * best)

"""What is said once where several parts of a question are answered by the same words?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Span
from rag.evidence.types import Claim, Evidence, Shape


def together(pieces: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The pieces in order; statements out of one unit become one statement that holds the words of each."""
    kept: list[Evidence] = []
    for piece in pieces:
        place = next((n for n, other in enumerate(kept) if _same_unit(other, piece)), None)
        if place is None:
            kept.append(piece)
        else:
            kept[place] = _joined(kept[place], piece)
    return tuple(kept)


def _same_unit(one: Evidence, other: Evidence) -> bool:
    if one.shape is not Shape.STATEMENT or other.shape is not Shape.STATEMENT or not one.candidate or not other.candidate:
        return False
    return len(one.claims) == len(other.claims) == 1 and one.candidate.unit is other.candidate.unit


def _joined(one: Evidence, other: Evidence) -> Evidence:
    """One span from the first to the last character of both; where both are the same words, the whole unit may be meant."""
    (first,), (second,) = one.claims, other.claims
    span = Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end))
    if first.span == second.span and one.candidate:
        span = one.candidate.span
    return replace(one, claims=(Claim(first.passage, span),), headline="", closing=one.closing or other.closing)

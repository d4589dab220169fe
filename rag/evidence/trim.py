"""Which clauses of a long sentence carry the answer."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.types import Span, UnitKind
from rag.evidence.features import Asked, wanted_values
from rag.evidence.types import Candidate
from rag.matching import match

_SHORT = 110  # characters; a statement no longer is quoted whole
_TWO_THINGS = 50  # the same where ； parts two figures and one is asked for
_AIM = 120
_LENGTHY = 0.015  # what a character costs where one figure is asked for
_CLAUSE = re.compile(r"[^，；。！？]+[，；。！？”’）]*")


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Where each clause begins and ends, its mark with it."""
    return [(found.start(), found.end()) for found in _CLAUSE.finditer(text)]


def trimmed(asked: Asked, candidate: Candidate) -> Span:
    """The run of whole clauses that holds the most of what was asked for, values first; the whole statement when short."""
    span = candidate.span
    text = span.of(candidate.unit.document.text)
    two_figures = asked.question.numeric and "；" in text
    short = _TWO_THINGS if two_figures else _SHORT
    if len(text) <= short or candidate.unit.kind is UnitKind.ROW:
        return span
    clauses = clauses_of(text)
    wanted = [candidate.values[place].span for place in wanted_values(asked.question, candidate)]
    one = asked.question.numeric and not asked.question.parts and not asked.question.sides
    best, chosen = float("-inf"), (0, len(text))
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            start, end = clauses[first][0], clauses[last][1]
            if end - start > _AIM and last > first:
                break
            run = fold(text[start:end])
            worth = sum(weight * match(term, run) for term, weight in asked.weights.items())
            inside = sum(start <= value.start and value.end <= end for value in wanted[:4])
            worth += 4.0 * bool(inside) - _LENGTHY * (end - start) if one else 4.0 * inside
            worth += (0.5 if first == 0 else 0.0) + (0.7 if last == len(clauses) - 1 else 0.0)
            if worth > best + 1e-9 or (abs(worth - best) <= 1e-9 and end - start < chosen[1] - chosen[0]):
                best, chosen = worth, (start, end)
    start, end = chosen
    kept = text[start:end]
    return Span(span.start + start, span.start + start + len(kept.rstrip("，；、")))

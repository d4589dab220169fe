"""Which years does the library have the figure for that is asked for of another year?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.chinese.numbers import NumberKind
from index.circumstances import Told
from index.library import Library
from index.stated import Stated
from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.matching import match
from rag.question import WANTED
from rag.same_thing import told_of

_NEAR = 3.0  # log-odds below the best candidate within which another still speaks of the same
_DEEP = 12  # candidates that are looked through
_SPOKEN_OF = 0.5  # match from which a text speaks of the measure
_AS_WELL = 0.9  # share of what the best candidate speaks of that another must speak of
_MOST = 4  # years that are named, the latest
_TOLD = frozenset({Told.OWN, Told.BEFORE, Told.HEADING})


def years_known(asked: Asked, candidates: Sequence[Candidate], library: Library) -> tuple[int, ...]:
    """The years of figures of the same measure and subject, in order; none of those asked for."""
    question = asked.question
    if question.parts or question.sides or len(question.names) > 1:
        return ()  # of several things each may have years of its own
    found: set[int] = set()
    for candidate in _close(candidates):
        place = _place(candidate, library)
        if place is None:
            continue
        for figure in library.figures.of(place):
            if figure.when.year in question.years and figure.when.told is Told.OWN:
                return ()  # it is there, though nothing says that it is the same
            if _inside(figure, candidate) and _answers(asked, figure, candidate, library):
                found.add(figure.when.year)
    return tuple(sorted(found - set(question.years)))[-_MOST:]


def with_years(candidates: Sequence[Candidate], library: Library) -> tuple[Candidate, ...]:
    """The same candidates, the first with the years that its figures inherit from the lines, headings and title above."""
    if not candidates:
        return ()
    best = candidates[0]
    place = _place(best, library)
    figures = library.figures.of(place) if place is not None else ()
    held = (f for f in figures if f.when.year and f.when.told is not Told.DATE and _inside(f, best))
    return (replace(best, held=frozenset(f.when.year for f in held)), *candidates[1:])


def _place(candidate: Candidate, library: Library) -> int | None:
    """The number of the candidate's unit."""
    numbers = library.unit_range(library.number(candidate.unit.passage))
    return next((n for n in numbers if library.units[n] is candidate.unit), None)


def _inside(figure: Stated, candidate: Candidate) -> bool:
    return candidate.span.start <= figure.number.span.start < candidate.span.end


def _close(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates that speak as well of the question as the best one, and of nobody else."""
    for candidate in candidates[:_DEEP]:
        best, features = candidates[0].features, candidate.features
        if best is None or features is None or candidate.score < candidates[0].score - _NEAR:
            break
        if features.carried >= _AS_WELL * best.carried and features.owner >= 0:
            yield candidate


def _answers(asked: Asked, figure: Stated, candidate: Candidate, library: Library) -> bool:
    """Whether it is a figure of the kind and measure asked for, of a year that is told."""
    question = asked.question
    if not figure.when.year or figure.when.last != figure.when.year or figure.when.told not in _TOLD or figure.change:
        return False
    kinds = WANTED.get(question.kind, ())
    if figure.number.kind not in kinds[:2] and figure.number.kind is not NumberKind.PLAIN:
        return False
    around = told_of(figure, library.units[figure.unit])
    if around.ahead or not question.measure:
        return False
    near = " ".join((*around.near, around.head, candidate.label))
    return all(match(word, near) >= _SPOKEN_OF for word in question.measure)

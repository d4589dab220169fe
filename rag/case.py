"""A question before its best evidence: what stands near, and what of the question nothing there speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from rag.evidence.features import Asked
from rag.evidence.types import Candidate, Features
from rag.matching import Misprints, close_up, match
from rag.question import Kind

SPOKEN_OF = 0.5  # match from which a text speaks of a term
_CLOSE, _NEAR = 3, 1.2  # how many candidates are read, and how far in log-odds below the best
_PRECISE = frozenset({Kind.WHO, Kind.WHERE, Kind.DATE})  # beside the numeric ones: kinds with one short answer


@dataclass(frozen=True, slots=True)
class Case:
    """A question before its best evidence: what stands near, and which terms nothing there speaks of."""

    asked: Asked
    best: Candidate
    features: Features
    near: str  # the best candidate with what it carries along
    passage: str  # where it stands
    missed: frozenset[str]  # by it and its passage
    lost: frozenset[str]  # by the candidates close to it, too
    misprints: Misprints

    @property
    def precise(self) -> bool:
        """Whether one short answer is wanted, which a neighbouring one would get wrong."""
        return self.asked.question.numeric or self.asked.question.kind in _PRECISE


def case_of(asked: Asked, candidates: Sequence[Candidate], features: Features, misprints: Misprints) -> Case:
    """The question before its candidates, best first, of which there is at least one."""
    best = candidates[0]
    close = [candidate for candidate in candidates[:_CLOSE] if candidate.score >= best.score - _NEAR]
    near, *others = (f"{candidate.reading} {candidate.context}" for candidate in close)
    passage = asked.as_asked(close_up(fold(best.unit.passage.text)))
    terms = {*asked.weights, *asked.question.measure}
    missed = frozenset(term for term in terms if not any(_speaks(term, text, misprints) for text in (near, passage)))
    lost = frozenset(term for term in missed if not any(_speaks(term, text, misprints) for text in others))
    return Case(asked, best, features, near, passage, missed, lost, misprints)


def _speaks(term: str, text: str, misprints: Misprints) -> bool:
    return match(term, text) >= SPOKEN_OF or any(other in text for other in misprints.of(term))

"""Is the evidence enough to answer, and if not, what is missing?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from index.chinese.fold import fold
from index.library import Library
from rag.evidence.features import Asked, speaks_of_year
from rag.evidence.types import Candidate
from rag.matching import Misprints, match, stands

_LOOKED_AT = 3  # candidates, the best ones
_FEATURES_OF_ONE = ("similarity", "words", "covered", "carried", "neighbours", "value")


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from one that is not, each about 0 to 1."""

    score: float  # of the best candidate, a tenth of its log-odds
    similarity: float  # the best of the first candidates in each of these
    words: float
    covered: float
    carried: float
    neighbours: float
    value: float
    unseen: float  # weighted share of the question's terms that stand nowhere in the library
    hole: float  # weight of the rarest term that none of the first candidates speaks of
    opening: float  # share of character pairs of the words the question opens with that the candidates hold
    year: float  # 1 where a year is asked for and none of the first candidates is of that year


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer, how sure that is (0 to 1), and for a refusal the years and words that are missing."""

    enough: bool
    probability: float
    years: tuple[int, ...] = ()  # asked for, not there
    words: tuple[str, ...] = ()  # asked for, nowhere in the library


# log-odds that the evidence answers, learnt by `bench/weigh.py` on answerable questions and on their unanswerable twins
_BIAS = -3.0
_WEIGHTS = {"score": 4.0}
_ENOUGH = 0.5

_OPENING = re.compile(r"(?:19|20)\d\d|[的在是有把给为，。？?\s]|多少|什么|哪|谁|几|怎|如何|最|每")


def signals(asked: Asked, candidates: Sequence[Candidate], misprints: Misprints) -> Signals:
    """What is known of the best candidates together."""
    first = [candidate for candidate in candidates[:_LOOKED_AT] if candidate.features]
    best = {name: max((getattr(c.features, name) for c in first), default=0.0) for name in _FEATURES_OF_ONE}
    texts = [f"{c.reading} {c.context} {fold(c.unit.passage.text)}" for c in first]
    total = sum(asked.weights.values()) or 1.0
    missed = {term: weight for term, weight in asked.weights.items() if max((match(term, t) for t in texts), default=0.0) < 0.5}
    unseen = [term for term in asked.weights if not _known(term, misprints)]
    return Signals(
        score=(first[0].score if first else 0.0) / 10,
        unseen=sum(asked.weights[term] for term in unseen) / total,
        hole=max(missed.values(), default=0.0) / 8,
        opening=_opening(asked.question.text, texts),
        year=float(bool(asked.question.years) and not any(speaks_of_year(asked.question, c) for c in first)),
        **best,
    )


def judge(asked: Asked, candidates: Sequence[Candidate], library: Library, misprints: Misprints) -> Verdict:
    """Answers only where the evidence speaks of what was asked."""
    del library
    known = signals(asked, candidates, misprints)
    odds = _BIAS + sum(weight * float(getattr(known, name)) for name, weight in _WEIGHTS.items())
    probability = 1 / (1 + math.exp(-odds))
    unknown = tuple(term for term in asked.weights if not _known(term, misprints))
    return Verdict(bool(candidates) and probability >= _ENOUGH, probability, asked.question.years if known.year else (), unknown)


def _known(term: str, misprints: Misprints) -> bool:
    return misprints.stands(term) or bool(misprints.of(term))


def _opening(question: str, texts: Sequence[str]) -> float:
    words = next((piece for piece in _OPENING.split(fold(question)) if piece and len(piece) > 1), "")
    if not re.search(r"[\u3400-\u9fff]", words):
        return float(any(stands(words, text) for text in texts)) if words else 0.5
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(any(pair in text for text in texts) for pair in pairs) / len(pairs) if pairs else 0.5


SIGNALS = tuple(field.name for field in fields(Signals))

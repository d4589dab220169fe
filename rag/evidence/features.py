"""How well a candidate answers: its features, and the order in which they put the candidates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind
from index.library import Library
from rag.evidence.candidates import Pool
from rag.evidence.types import Candidate, Features
from rag.evidence.weights import UNREAD, Weights
from rag.matching import Misprints, close_up, coverage, match
from rag.owners import Owners
from rag.question import WANTED, Kind, Question, subject_of

_LED, _LED_NEAR = 6, 2.0  # how many candidates, and how far in log-odds below the best, one with a value may lead from

_SAYS: dict[Kind, re.Pattern[str]] = {
    Kind.WHY: re.compile(r"因为|由于|因此|原因|缘于|所以|使得|导致|从而|源于|在于|为了|以便|故|因|because|due to"),
    Kind.DEFINITION: re.compile(r"是指|指的是|定义|即|称为|简称|所谓|就是|是一[家种个]|[：:]"),
    Kind.WHO: re.compile(r"公司|集团|董事长|创始|先生|女士|教授|研究院|机构|基金|资本|领投|牵头"),
    Kind.WHERE: re.compile(r"[省市县州]|总部|位于"),
    Kind.HOW: re.compile(r"通过|利用|以|用|基于|借助|依靠|采用|先|再|提供"),
    Kind.STEPS: re.compile(r"首先|第一步|其次|然后|最后|再|→|一是|环节|阶段|步"),
    Kind.LIST: re.compile(r"、.*、|一是|包括|分别|（1）|①|以及|和"),
}


_NAMING = {Kind.WHO: frozenset({"nr", "nt"}), Kind.WHERE: frozenset({"ns"})}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the library knows of its terms: weights by rarity, other writings of its names."""

    question: Question
    weights: dict[str, float]
    owners: Owners
    owned: frozenset[str]  # the organisations the question names
    misprinted: tuple[tuple[str, str], ...] = ()  # how the library prints the subject elsewhere, and how it is asked for

    def as_asked(self, text: str) -> str:
        """The folded text with the subject's misprints written as the question writes it."""
        for printed, name in self.misprinted:
            text = text.replace(printed, name)
        return text

    @classmethod
    def of(cls, question: Question, library: Library, misprints: Misprints, owners: Owners) -> Asked:
        weights: dict[str, float] = {}
        for term in question.terms:
            weights[term] = library.unit_words.idf(term) if library.unit_words.frequency(term) else 3.0
        subject = fold(subject_of(question.text))
        owned = owners.spoken_of(fold(question.text))
        return cls(question, weights, owners, owned, tuple((other, subject) for other in misprints.of(subject)))


def scored(asked: Asked, pool: Pool) -> tuple[Candidate, ...]:
    """The candidates with features and score, best first by what can be told without reading them."""
    best_hit = max((hit.score for hit in pool.hits), default=1.0) or 1.0
    worst = min((hit.score for hit in pool.hits), default=0.0)
    passages = {id(hit.passage): (hit.score - worst) / max(best_hit - worst, 1e-6) for hit in pool.hits}
    around: dict[int, float] = {}
    found = []
    for candidate, cosine, words in zip(pool.candidates, pool.cosines.tolist(), pool.words.tolist(), strict=True):
        passage = candidate.unit.passage
        if id(passage) not in around:
            around[id(passage)] = coverage(asked.weights, asked.as_asked(close_up(fold(passage.text))))
        if asked.misprinted:
            candidate = replace(candidate, reading=asked.as_asked(candidate.reading), context=asked.as_asked(candidate.context))
        features = Features(
            similarity=(cosine - pool.mean) / pool.deviation / 3,
            words=words,
            passage=passages.get(id(passage), 0.0),
            covered=coverage(asked.weights, candidate.reading),
            carried=coverage(asked.weights, candidate.reading, candidate.context),
            neighbours=around[id(passage)],
            value=_value(asked.question, candidate),
            year=_year(asked.question, candidate),
            owner=_owner(asked, candidate),
            subject=_subject(asked, candidate),
        )
        found.append(candidate.weighed(features, 0.0))
    return weighed(found, UNREAD)


def weighed(candidates: Iterable[Candidate], weights: Weights) -> tuple[Candidate, ...]:
    """The candidates with their score under these weights, best first."""
    found = (candidate.weighed(candidate.features, weights.score(candidate)) for candidate in candidates)
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def led_by_value(question: Question, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Where one figure, date or place is asked for, the first near candidate that has one leads."""
    if not question.numeric and question.kind not in _NAMING:
        return tuple(ranked)
    for place, candidate in enumerate(ranked[:_LED]):
        if candidate.score < ranked[0].score - _LED_NEAR:
            break
        if candidate.features and candidate.features.value >= 0.5:
            lead = replace(candidate, score=max(candidate.score, ranked[0].score))
            return (lead, *ranked[:place], *ranked[place + 1 :])
    return tuple(ranked)


def wanted_values(question: Question, candidate: Candidate) -> Iterator[int]:
    """The places in `values` of the figures of a kind that is asked for, and that the question does not itself name."""
    kinds = WANTED.get(question.kind, ())
    asked = fold(question.text).replace(" ", "")
    for place, number in enumerate(candidate.values):
        said = fold(number.span.of(candidate.unit.text) if candidate.column < 0 else candidate.reading).replace(" ", "")
        if number.kind in kinds and (said not in asked or candidate.column >= 0):
            yield place


def _value(question: Question, candidate: Candidate) -> float:
    kinds = WANTED.get(question.kind)
    if kinds is None:
        says = _SAYS.get(question.kind)
        named = _NAMING.get(question.kind)
        if named and candidate.names & named:
            return 1.0
        return 0.5 if says and says.search(candidate.reading) else 0.0
    places = list(wanted_values(question, candidate))
    if not places:
        return -0.4
    best = min(kinds.index(candidate.values[place].kind) for place in places)
    return 1.0 if best == 0 else 0.7


def _year(question: Question, candidate: Candidate) -> float:
    if not question.years:
        return 0.0
    here = _years_of(candidate)
    if not here:
        date = candidate.unit.document.meta.date[:4]
        here = {int(date)} if date.isdigit() else set()
        return 0.3 if here & set(question.years) else 0.0
    return 1.0 if here & set(question.years) else -1.0


def years_of(candidate: Candidate) -> set[int]:
    """The years that stand in the candidate and in what it carries along, and those its figures are known to hold in."""
    carried = _years_in(candidate.context) | {int(year) for year in _BARE.findall(candidate.context)}
    return _years_of(candidate) | carried | candidate.held


_BARE = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,%万亿元人家个])")  # a year in a title or header: 观察2023, 2023H1


def _years_of(candidate: Candidate) -> set[int]:
    found: set[int] = set()
    for number in candidate.values:
        if number.kind is NumberKind.DATE and number.year:
            found |= set(range(number.year, int(number.high or number.year) + 1))
    return found | _years_in(candidate.reading)


def _years_in(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?=\s*(?:年|财年|年度|-|$))", text)}


def _owner(asked: Asked, candidate: Candidate) -> float:
    owning = asked.owners.owning(candidate.reading, candidate.context)
    if not owning or owning & asked.owned:
        return 0.0
    return -1.0 if asked.owned else -0.3


def _subject(asked: Asked, candidate: Candidate) -> float:
    if not asked.question.names:
        return 0.0
    found = [match(name, candidate.reading) or 0.8 * match(name, candidate.context) for name in asked.question.names]
    return sum(found) / len(found)

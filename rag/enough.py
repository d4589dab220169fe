"""How likely is it that the best evidence answers? Signals, and the weights under which they become a probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from math import exp

from index.chinese.fold import fold
from index.chinese.words import stop_words, words
from rag.case import Case
from rag.content import ASKS
from rag.evidence.features import years_of
from rag.evidence.types import Candidate
from rag.evidence.weights import UNREAD
from rag.matching import match
from rag.reasons import NO_MATTER_HOW_LIKELY, Reason, Verdict

_RIVALS = 3  # candidates of which the reader's best word counts
_RARITY = 10.0  # idf that counts as 1
_NARROWING, _NARROWED = ("n", "v", "a", "j", "s", "b"), ("n", "v")  # parts of speech, the one before the other
_THERE, _GONE = 0.9, 0.3  # match from which a word stands there, and below which nothing of it does


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against the best evidence, each about 0 to 1 unless said otherwise."""

    reader: float  # log-odds of the reader for the best candidate, a quarter of it
    rivals: float  # the highest of the first candidates, a quarter of it
    score: float  # log-odds among the candidates before they were read, a tenth of it
    similarity: float
    covered: float
    carried: float
    neighbours: float
    value: float
    owner: float
    subject: float
    year_here: float  # the year asked for stands in the candidate or what it carries along
    year_near: float  # only in its passage, its document's title or date
    year_else: float  # the candidate speaks of other years alone
    year_unsaid: float  # nowhere near it
    lost: float  # weighted share of the question that nothing near speaks of
    missed: float  # that the best candidate and its passage do not speak of
    rarest: float  # idf of the rarest noun that is lost
    strange: float  # a noun that is lost stands nowhere in the library
    narrowed: float  # a word that narrows one that stands there is lost: 呼吸 where the question asks for 呼吸领域
    precise: float  # one short answer is wanted
    precise_lost: float
    precise_strange: float
    english: float
    cell: float
    objection: Reason | None = None  # the first rule of `rag/decline.py` that speaks against it


# where evidence shares no word with a question, it must be all the surer; an English one seldom shares any with a Chinese text
_ALL, _UNSHARED, _UNSHARED_ENGLISH = 0.95, 0.9, 0.7
_FIRM = {Reason.YEAR: 0.75, Reason.MEASURE: 0.75}  # right in five of six; and the figure of another year looks like an answer


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of the signals, and the probability from which evidence is enough."""

    bias: float
    weights: Mapping[str, float]
    objections: Mapping[Reason, float]
    least: float

    def enough(self, signals: Signals) -> bool:
        """Whether the evidence answers surely enough: more surely where a rule that is seldom wrong speaks against it."""
        if signals.objection in NO_MATTER_HOW_LIKELY:
            return False
        firm = _FIRM.get(signals.objection, 0.0) if signals.objection else 0.0
        sure = _UNSHARED_ENGLISH if signals.english else _UNSHARED
        unshared = sure if signals.lost > _ALL else 0.0
        return self.probability(signals) >= max(self.least, firm, unshared)

    def probability(self, signals: Signals) -> float:
        """That the evidence answers: calibrated on questions whose answers are known."""
        odds = self.bias + sum(weight * float(getattr(signals, name)) for name, weight in self.weights.items())
        odds += self.objections.get(signals.objection, 0.0) if signals.objection else 0.0
        return 1 / (1 + exp(-odds))


NAMES = tuple(field.name for field in fields(Signals) if field.name != "objection")


def signals(case: Case, candidates: Sequence[Candidate], objection: Verdict | None) -> Signals:
    """The signals of a question before its candidates, best first."""
    known, asked = case.features, case.asked
    total = sum(asked.weights.values()) or 1.0
    lost_things = [thing for thing in asked.question.things if thing in case.lost]
    lost = sum(asked.weights.get(term, 0.0) for term in case.lost) / total
    strange = float(any(not case.misprints.stands(thing) for thing in lost_things))
    here, near, elsewhere = _years(case)
    return Signals(
        reader=known.reader / 4,
        rivals=max(c.features.reader for c in candidates[:_RIVALS] if c.features) / 4,
        score=UNREAD.score(case.best) / 10,
        similarity=known.similarity,
        covered=known.covered,
        carried=known.carried,
        neighbours=known.neighbours,
        value=known.value,
        owner=known.owner,
        subject=known.subject,
        year_here=here,
        year_near=near,
        year_else=elsewhere,
        year_unsaid=float(bool(asked.question.years) and not here and not near),
        lost=lost,
        missed=sum(asked.weights.get(term, 0.0) for term in case.missed) / total,
        rarest=max((asked.weights.get(thing, 0.0) for thing in lost_things), default=0.0) / _RARITY,
        strange=strange,
        narrowed=float(not asked.question.english and _narrowed(case)),
        precise=float(case.precise),
        precise_lost=lost * case.precise,
        precise_strange=strange * case.precise,
        english=float(asked.question.english),
        cell=float(case.best.column >= 0),
        objection=objection.reason if objection else None,
    )


def _narrowed(case: Case) -> bool:
    """Whether a word stands near without the one that the question sets before it, which nothing near speaks of."""
    cut = [(fold(word), tag) for word, tag in words(case.asked.question.text)]
    return any(
        min(len(narrow), len(wide)) > 1
        and tag.startswith(_NARROWING)
        and behind.startswith(_NARROWED)
        and narrow not in stop_words()
        and not ASKS.search(narrow)
        and match(wide, case.near) >= _THERE
        and all(match(narrow, text) < _GONE for text in (case.near, case.passage))
        for (narrow, tag), (wide, behind) in pairwise(cut)
    )


def _years(case: Case) -> tuple[float, float, float]:
    """Whether the year asked for stands in the candidate, only near it; and whether the candidate has others alone."""
    wanted = set(case.asked.question.years)
    if not wanted:
        return 0.0, 0.0, 0.0
    said = years_of(case.best)
    if said & wanted:
        return 1.0, 0.0, 0.0
    meta = case.best.unit.document.meta
    around = f"{case.passage} {meta.title} {meta.date[:4]}"
    return 0.0, float(any(str(year) in around for year in wanted)), float(bool(said))


_LEAST, _UNREAD_LEAST = 0.4, 0.4  # probability from which evidence is enough

# learnt by `bench/calibrate.py` on `bench/calibration`, libraries that the reader never saw
JUDGE = Judge(
    bias=1.4,
    weights={
        "reader": 0.99,
        "rivals": 1.27,
        "score": -0.04,
        "similarity": 0.37,
        "covered": 0.06,
        "carried": -0.62,
        "neighbours": 0.15,
        "value": -0.07,
        "owner": 0.24,
        "subject": 0.03,
        "year_here": -0.07,
        "year_near": -0.46,
        "year_else": -0.84,
        "year_unsaid": -0.49,
        "lost": 0.03,
        "missed": 0.2,
        "rarest": -0.57,
        "strange": -0.29,
        "narrowed": -0.23,
        "precise": -1.1,
        "precise_lost": 0.14,
        "precise_strange": 0.22,
        "english": 0.53,
        "cell": 0.08,
    },
    objections={
        Reason.NOTHING: -0.58,
        Reason.YEAR: -0.96,
        Reason.MEASURE: -0.99,
        Reason.NAME: -0.72,
        Reason.SUBJECT: -0.15,
        Reason.ORDINAL: -0.7,
        Reason.VALUE: -0.7,
    },
    least=_LEAST,
)

UNREAD_JUDGE = Judge(
    bias=1.82,
    weights={
        "score": 0.72,
        "similarity": -0.07,
        "covered": 0.46,
        "carried": 0.06,
        "neighbours": 0.18,
        "value": -0.41,
        "owner": 0.7,
        "subject": -1.19,
        "year_here": -0.76,
        "year_near": -0.98,
        "year_else": -1.39,
        "year_unsaid": -1.62,
        "lost": -0.09,
        "missed": -0.2,
        "rarest": -0.78,
        "strange": -0.3,
        "precise": -1.32,
        "precise_lost": 0.82,
        "precise_strange": 0.39,
        "english": 0.52,
    },
    objections={
        Reason.NOTHING: -1.4,
        Reason.YEAR: -1.45,
        Reason.MEASURE: -2.24,
        Reason.NAME: -2.16,
        Reason.SUBJECT: -1.5,
        Reason.ORDINAL: -2.05,
        Reason.VALUE: -1.5,
    },
    least=_UNREAD_LEAST,
)

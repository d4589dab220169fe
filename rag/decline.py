"""Is the evidence enough to answer, and if not, what is missing?

A neighbouring figure is the worst answer there is: it looks right. So each thing that was asked for is looked for in the
best evidence: the year, the noun that is measured, the names, the rare nouns, the ordinals. `bench/refusals.py` says how
often each reason is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import words
from rag.evidence.features import Asked, years_of
from rag.evidence.types import Candidate
from rag.lexicon import same
from rag.matching import Misprints, close_up, match
from rag.question import Kind, subject_of

_SPOKEN_OF = 0.5  # match from which a text speaks of a term
# nouns that name something measured end like this: 股价, 亏损额, 毛利率, 估值, 销量, 费用, 利润, 收入, 成本
_MEASURE = re.compile(
    r".(?:价|额|率|值|费|薪|利润)$|(?:销量|产量|费用|利润|收入|营收|人数|成本|市值|股份|工资|负债|资产|投入|融资)$"
)
_LETTERED = re.compile(r"(?<![a-z])[a-z]\+*[类轮级型]")
_NO_MEASURE = re.compile(r"(?:金|数|总|份|名|差)额$|[效频概几功]率$|[质数力流含]量$|价值$|数值$")
_WEAK, _DOUBTFUL, _WEAK_ENGLISH = 4.2, 7.0, 3.0  # log-odds of the best candidate; few English words stand in a Chinese text
_MEANT = 1.45  # similarity from which a question in quite other words still means the candidate
_ALONE = 8.5  # log-odds below which one shared word is too little
_COUNTED = 8  # candidates in which an ordinal may be reached
_CLOSE, _NEAR = 3, 1.2  # how many candidates are read, and how far in log-odds below the best
_LITTLE = 0.2  # share of the question below which a doubtful candidate speaks of something else
_CAPITAL = re.compile(r"(?<=[\w,] )[A-Z][A-Za-z]+")  # a name within an English sentence
_GROUP = re.compile(r"[科省市县区院部轮级型类店厂]$")  # words that set one group beside others like it
_RARE = 4.5  # idf of a noun that stands in few places
_PRECISE = frozenset({Kind.WHO, Kind.WHERE, Kind.DATE})  # beside the numeric ones: kinds with one short answer


class Reason(StrEnum):
    """Why a question is declined."""

    NOTHING = "nothing"
    YEAR = "year"
    MEASURE = "measure"
    NAME = "name"
    SUBJECT = "subject"
    ORDINAL = "ordinal"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Verdict:
    """None as reason: the evidence is enough. Otherwise what is missing, in the words of the question."""

    reason: Reason | None
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()  # that the evidence speaks of in the place of the one asked for

    @property
    def enough(self) -> bool:
        return self.reason is None


def judge(asked: Asked, candidates: Sequence[Candidate], misprints: Misprints) -> Verdict:
    """Whether the best evidence speaks of what was asked: the first reason against it, or none."""
    if not candidates or not asked.weights:
        return Verdict(Reason.NOTHING)
    best = candidates[0]
    close = [candidate for candidate in candidates[:_CLOSE] if candidate.score >= best.score - _NEAR]
    missed = _missed(asked, close, misprints)
    for find in _REASONS:
        verdict = find(asked, best, missed, misprints)
        if verdict:
            return verdict
    return _ordinal(asked, candidates[:_COUNTED]) or _lettered(asked, candidates[:_COUNTED]) or Verdict(None)


def _missed(asked: Asked, close: Sequence[Candidate], misprints: Misprints) -> frozenset[str]:
    """The terms that none of the close candidates speaks of, nor the passage of the best."""
    texts = tuple(map(asked.as_asked, _texts(close)))
    terms = {*asked.weights, *asked.question.measure}
    return frozenset(
        term
        for term in terms
        if max(match(term, text) for text in texts) < _SPOKEN_OF
        and not any(other in text for other in misprints.of(term) for text in texts)
    )


def _texts(close: Sequence[Candidate]) -> Iterator[str]:
    yield from (f"{candidate.reading} {candidate.context}" for candidate in close)
    yield close_up(fold(close[0].unit.passage.text))


def _nothing(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """Little is shared at all, or all but one word of it is unknown here."""
    carried = best.features.carried if best.features else 0.0
    if asked.question.english:
        weak = best.score < _WEAK_ENGLISH or carried < _LITTLE / 2
        return Verdict(Reason.NOTHING) if weak else None
    foreign = [term for term in missed if not misprints.stands(term)]
    strange = [term for term in asked.question.things if term in foreign and len(same(term)) == 1]
    precise = asked.question.numeric or asked.question.kind in _PRECISE
    few = len(asked.weights) >= 3 and len(foreign) >= len(asked.weights) - 1
    weak = (
        best.score < (_WEAK if precise else _WEAK + 0.4)
        or (carried < _LITTLE and best.score < (_DOUBTFUL if precise else _DOUBTFUL - 1.4))
        or (few and best.score < (_ALONE if precise or asked.question.kind is Kind.YESNO else _DOUBTFUL - 1.4))
        or (best.score < _DOUBTFUL and any(name in foreign and len(name) > 2 for name in asked.names))
        or (bool(strange) and carried < 1.5 * _LITTLE and best.score < (_ALONE if precise else _DOUBTFUL))
    )
    meant = not precise and best.features is not None and best.features.similarity >= _MEANT
    return Verdict(Reason.NOTHING, tuple(strange)) if weak and not meant else None


def _year(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """The evidence speaks of other years than the one asked for, or its document never does of that one."""
    del missed, misprints
    wanted = set(asked.question.years)
    if not wanted:
        return None
    here = years_of(best)
    document = best.unit.document
    told = (
        bool(here & wanted) if here else any(str(year) in document.text or str(year) in document.meta.date for year in wanted)
    )
    return None if told else Verdict(Reason.YEAR, tuple(f"{year}年" for year in sorted(wanted)), tuple(sorted(here)))


def _measure(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """A figure is asked for, and the noun it measures is not there."""
    del missed, misprints
    if not asked.question.numeric:
        return None
    measures = tuple(
        word
        for word in dict.fromkeys((*asked.question.measure, *asked.question.things))
        if _MEASURE.search(word) and not _NO_MEASURE.search(word)
    )
    near = asked.as_asked(f"{best.reading} {best.context}")  # beside another figure, the word proves nothing
    lost = tuple(word for word in measures if match(word, near) < _SPOKEN_OF and not _rate(word, near))
    return Verdict(Reason.MEASURE, lost) if lost else None


def _rate(word: str, near: str) -> bool:
    """使用率 is there where 使用比例 is."""
    stem = word.removesuffix("率")
    return stem != word and match(stem, near) >= _SPOKEN_OF and any(share in near for share in ("比例", "占比", "率"))


def _name(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """None of the names is there."""
    del missed
    if asked.question.english:
        if re.search(r"[\u3400-\u9fff]", asked.question.text) or (best.features and best.features.carried > _LITTLE * 1.3):
            return None  # a Chinese name, or the rest of the words, says enough
        strangers = tuple(
            w for w in _CAPITAL.findall(asked.question.text) if len(same(fold(w))) == 1 and not misprints.stands(fold(w))
        )
        return Verdict(Reason.NAME, strangers) if strangers else None
    if not (asked.question.numeric or asked.question.kind in _PRECISE):
        return None
    there = _missed(asked, (best,), misprints)  # a name must stand with the figure itself, not beside another
    lost = bool(asked.names) and all(name in there for name in asked.names)
    return Verdict(Reason.NAME, asked.names) if lost else None


def _value(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """A figure or date is asked for, and the best evidence has none."""
    del missed, misprints
    if asked.question.kind is Kind.WHERE and best.features is not None and best.features.value == 0:
        return Verdict(Reason.VALUE)
    none = (
        asked.question.numeric
        and asked.question.kind is not Kind.RANK
        and best.features is not None
        and best.features.value < 0
    )
    return Verdict(Reason.VALUE) if none else None


def _whose(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """The figure is an organisation's that the question does not name; or the library speaks of the subject elsewhere only."""
    del missed
    if not (asked.question.numeric or asked.question.kind in _PRECISE) or asked.question.english:
        return None
    subject = close_up(fold(subject_of(asked.question.text)))
    if not subject or any(match(subject, text) >= _SPOKEN_OF for text in map(asked.as_asked, _texts((best,)))):
        return None
    key = next((fold(word) for word, _ in words(subject) if len(word) > 1 and len(same(fold(word))) == 1), "")
    strange = bool(key) and match(key, asked.as_asked(f"{best.reading} {best.context}")) < _SPOKEN_OF
    anothers = (
        strange
        and bool(asked.owners.owning(best.reading, best.context))
        and best.features is not None
        and best.features.owner < 0
    )
    elsewhere = strange and subject.startswith(key) and asked.question.numeric and misprints.stands(subject)
    return Verdict(Reason.SUBJECT, (subject,)) if anothers or elsewhere else None


def _subject(asked: Asked, best: Candidate, missed: frozenset[str], misprints: Misprints) -> Verdict | None:
    """A rare noun that the library uses elsewhere is not there."""
    del missed
    there = _missed(asked, (best,), misprints)
    if asked.question.kind is Kind.WHO or not (asked.question.numeric or asked.question.kind in _PRECISE):
        return None
    near = f"{best.reading} {best.context}"
    rare = tuple(
        term
        for term in asked.question.things
        if term in there
        and _sibling(term, near)
        and (_GROUP.search(term) if not misprints.stands(term) else asked.weights.get(term, 0.0) >= _RARE)
    )
    return Verdict(Reason.SUBJECT, rare) if rare else None


def _sibling(term: str, reading: str) -> bool:
    """Whether another thing of the same sort stands there: 内科 where 儿科 is asked for, 第二季度 for 第四季度."""
    return bool(re.search(rf"[\u3400-\u9fff]{re.escape(term[-1])}", reading)) and term not in reading


def _ordinal(asked: Asked, candidates: Sequence[Candidate]) -> Verdict | None:
    """The ninth is asked for, and the evidence counts to eight."""
    if asked.question.rank or asked.question.kind is Kind.RANK:
        return None
    for number in numbers(asked.question.text):
        said = number.span.of(asked.question.text)
        if number.kind is not NumberKind.RANK or number.value <= 1 or not re.search(r"[批次届期条点章]$", said):
            continue
        counted = (
            n
            for c in candidates
            if c.column < 0
            for n in c.values
            if n.span.of(c.unit.text).rstrip("以后多余")[-1:] == said[-1]
        )
        if max((other.value for other in counted), default=0.0) < number.value:
            return Verdict(Reason.ORDINAL, (said,))
    return None


def _lettered(asked: Asked, candidates: Sequence[Candidate]) -> Verdict | None:
    """Class E or round D is asked for, and no evidence has that letter."""
    for said in _LETTERED.findall(close_up(fold(asked.question.text))):
        if not any(said[:-1] in candidate.reading for candidate in candidates):
            return Verdict(Reason.ORDINAL, (said.upper(),))
    return None


_REASONS: tuple[Callable[[Asked, Candidate, frozenset[str], Misprints], Verdict | None], ...] = (
    _nothing,
    _year,
    _value,
    _measure,
    _name,
    _whose,
    _subject,
)

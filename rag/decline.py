"""Is the evidence enough to answer, and if not, what is missing?

A neighbouring figure is the worst answer there is: it looks right. So each thing that was asked for is looked for in the
best evidence: the year, the noun that is measured, the names, the rare nouns, the ordinals. `bench/refusals.py` says how
often each reason is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import words
from rag.case import SPOKEN_OF, Case, case_of
from rag.enough import JUDGE, UNREAD_JUDGE, signals
from rag.evidence.features import Asked, years_of
from rag.evidence.types import Candidate
from rag.evidence.weights import UNREAD
from rag.lexicon import same
from rag.matching import Misprints, close_up, match
from rag.names.formed import named_by_form
from rag.question import Kind, subject_of
from rag.reasons import Reason, Verdict
from rag.talk import talk_of

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
_LITTLE = 0.2  # share of the question below which a doubtful candidate speaks of something else
_CAPITAL = re.compile(r"(?<=[\w,] )[A-Z][A-Za-z]+")  # a name within an English sentence
_GROUP = re.compile(r"[科省市县区院部轮级型类店厂]$")  # words that set one group beside others like it
_RARE = 4.5  # idf of a noun that stands in few places


def judge(asked: Asked, candidates: Sequence[Candidate], misprints: Misprints) -> Verdict:
    """Whether the best evidence answers what was asked: by all signals together; a refusal says what is missing."""
    talk = talk_of(asked.question.text)
    if talk:
        return Verdict(Reason(talk))
    if not candidates or not asked.weights or candidates[0].features is None:
        return Verdict(Reason.NOTHING)
    case = case_of(asked, candidates, candidates[0].features, misprints)
    objection = objected(case, candidates)
    seen = signals(case, candidates, objection)
    judging = JUDGE if seen.reader or seen.rivals else UNREAD_JUDGE
    return Verdict(None) if judging.enough(seen) else objection or _unsaid(case)


def objected(case: Case, candidates: Sequence[Candidate]) -> Verdict | None:
    """The first rule that speaks against the evidence; `bench/refusals.py` says how often each is wrong."""
    found = (verdict for find in _REASONS if (verdict := find(case)))
    return next(found, None) or _ordinal(case.asked, candidates[:_COUNTED]) or _lettered(case.asked, candidates[:_COUNTED])


def _unsaid(case: Case) -> Verdict:
    """What a refusal names that no rule gave a reason for: the year, or the rarest noun that nothing near speaks of."""
    question, weights = case.asked.question, case.asked.weights
    years = years_of(case.best)
    if question.years and not years & set(question.years):
        return Verdict(Reason.YEAR, tuple(f"{year}年" for year in question.years), tuple(sorted(years)))
    lost = sorted((thing for thing in question.things if thing in case.lost), key=lambda thing: -weights.get(thing, 0.0))
    return Verdict(Reason.SUBJECT, (lost[0],)) if lost else Verdict(Reason.NOTHING)


def _stranger(case: Case) -> Verdict | None:
    """An organisation or place, told by its form, is named by nothing near and not by the title of its document."""
    question, meta = case.asked.question, case.best.unit.document.meta
    named = {} if question.english else named_by_form(fold(question.text))
    texts = (case.near, case.passage, close_up(fold(f"{meta.title} {meta.publisher}")))
    there = any(match(own, text) >= SPOKEN_OF for own in named for text in texts)
    return Verdict(Reason.STRANGER, tuple(named.values())) if named and not there else None


def _nothing(case: Case) -> Verdict | None:
    """Little is shared at all, or all but one word of it is unknown here."""
    asked, question, score, carried = case.asked, case.asked.question, UNREAD.score(case.best), case.features.carried
    if question.english:
        weak = score < _WEAK_ENGLISH or carried < _LITTLE / 2
        return Verdict(Reason.NOTHING) if weak else None
    foreign = [term for term in case.lost if not case.misprints.stands(term)]
    strange = [term for term in question.things if term in foreign and len(same(term)) == 1]
    few = len(asked.weights) >= 3 and len(foreign) >= len(asked.weights) - 1
    weak = (
        score < (_WEAK if case.precise else _WEAK + 0.4)
        or (carried < _LITTLE and score < (_DOUBTFUL if case.precise else _DOUBTFUL - 1.4))
        or (few and score < (_ALONE if case.precise or question.kind is Kind.YESNO else _DOUBTFUL - 1.4))
        or (score < _DOUBTFUL and any(name in foreign and len(name) > 2 for name in question.names))
        or (bool(strange) and carried < 1.5 * _LITTLE and score < (_ALONE if case.precise else _DOUBTFUL))
    )
    meant = not case.precise and case.features.similarity >= _MEANT
    return Verdict(Reason.NOTHING, tuple(strange)) if weak and not meant else None


def _year(case: Case) -> Verdict | None:
    """The evidence speaks of other years than the one asked for, or its document never does of that one."""
    wanted = set(case.asked.question.years)
    if not wanted:
        return None
    here = years_of(case.best)
    document = case.best.unit.document
    told = (
        bool(here & wanted) if here else any(str(year) in document.text or str(year) in document.meta.date for year in wanted)
    )
    return None if told else Verdict(Reason.YEAR, tuple(f"{year}年" for year in sorted(wanted)), tuple(sorted(here)))


def _value(case: Case) -> Verdict | None:
    """A figure, date or place is asked for, and the best evidence has none."""
    question, value = case.asked.question, case.features.value
    none = value == 0 if question.kind is Kind.WHERE else question.numeric and question.kind is not Kind.RANK and value < 0
    return Verdict(Reason.VALUE) if none else None


def _measure(case: Case) -> Verdict | None:
    """A figure is asked for, and the noun it measures is not beside it."""
    question = case.asked.question
    if not question.numeric:
        return None
    measures = tuple(
        word
        for word in dict.fromkeys((*question.measure, *question.things))
        if _MEASURE.search(word) and not _NO_MEASURE.search(word)
    )
    lost = tuple(word for word in measures if match(word, case.near) < SPOKEN_OF and not _rate(word, case.near))
    return Verdict(Reason.MEASURE, lost) if lost else None


def _rate(word: str, near: str) -> bool:
    """使用率 is there where 使用比例 is."""
    stem = word.removesuffix("率")
    return stem != word and match(stem, near) >= SPOKEN_OF and any(share in near for share in ("比例", "占比", "率"))


def _name(case: Case) -> Verdict | None:
    """None of the names is there."""
    question = case.asked.question
    if question.english:
        named = tuple(re.findall(r"[\u3400-\u9fff]{2,}", question.text))
        if named and case.precise:
            there = any(match(fold(name), text) >= SPOKEN_OF for name in named for text in (case.near, case.passage))
            return None if there else Verdict(Reason.NAME, named)
        if named or case.features.carried > _LITTLE * 1.3:
            return None  # a Chinese name, or the rest of the words, says enough
        strangers = tuple(
            name
            for name in _CAPITAL.findall(question.text)
            if len(same(fold(name))) == 1 and not case.misprints.stands(fold(name))
        )
        return Verdict(Reason.NAME, strangers) if strangers else None
    lost = case.precise and bool(question.names) and all(name in case.missed for name in question.names)
    return Verdict(Reason.NAME, question.names) if lost else None


def _whose(case: Case) -> Verdict | None:
    """The figure is an organisation's that the question does not name; or the library speaks of the subject elsewhere only."""
    question = case.asked.question
    if not case.precise or question.english:
        return None
    subject = close_up(fold(subject_of(question.text)))
    if not subject or any(match(subject, text) >= SPOKEN_OF for text in (case.near, case.passage)):
        return None
    key = next((fold(word) for word, _ in words(subject) if len(word) > 1 and len(same(fold(word))) == 1), "")
    if not key or match(key, case.near) >= SPOKEN_OF:
        return None
    anothers = case.features.owner < 0
    elsewhere = subject.startswith(key) and question.numeric and case.misprints.stands(subject)
    return Verdict(Reason.SUBJECT, (subject,)) if anothers or elsewhere else None


def _subject(case: Case) -> Verdict | None:
    """A rare noun that the library uses elsewhere is not there, and another of its sort is."""
    question = case.asked.question
    if question.kind is Kind.WHO or not case.precise:
        return None
    rare = tuple(
        term
        for term in question.things
        if term in case.missed
        and _sibling(term, case.near)
        and (_GROUP.search(term) if not case.misprints.stands(term) else case.asked.weights.get(term, 0.0) >= _RARE)
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


_REASONS: tuple[Callable[[Case], Verdict | None], ...] = (
    _stranger,
    _year,
    _measure,
    _nothing,
    _value,
    _name,
    _whose,
    _subject,
)

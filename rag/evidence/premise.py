"""Does a question take for granted what the library says otherwise? Then that is what it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers
from index.chinese.words import words
from index.types import UnitKind
from rag.content import content, strangers
from rag.evidence.directions import FALL, RISE, Move, moves, place, signs
from rag.evidence.features import Asked, years_of
from rag.evidence.measures import speaks_of, things
from rag.evidence.trim import trimmed
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.matching import match
from rag.question import Kind

_READ = 12  # candidates that are looked through, for the premise and against it
_SPOKEN = 0.8  # match from which a word of the premise stands in the evidence
_GRANTS = re.compile(r"为什么|为啥|为何|缘何|怎么(?:会|就|反而|越来越|还|又|一直|在)|原因|既然|\bwhy\b")
_GRANTED = re.compile(r"^(?:既然|明明|都说|听说|据说)([^，。？?]{4,40}?)(?:，|,|里|中|，?那|为什么|怎么|还)")
_COUNTS = frozenset({NumberKind.COUNT, NumberKind.SHARE, NumberKind.MONEY})
_CLOSE = 5  # candidates in which another figure is looked for
_SAID = {RISE: "资料里说的是上升", FALL: "资料里说的是下降"}
_MOVING = re.compile(r"[升降涨跌增减]|提[高升]|回落|下滑|变[多少高低]|往[上下]|萎缩|缩")


@dataclass(frozen=True, slots=True)
class _Premise:
    """What the question takes for granted: that the measure of the subject moved this way."""

    sign: int
    measure: str  # the noun right before the movement
    about: tuple[str, ...]  # the other words that say of what and of whom
    years: tuple[int, ...]
    question: str  # folded


def correction(asked: Asked, candidates: Sequence[Candidate]) -> Evidence | None:
    """The statement that says otherwise than the question; None unless that is sure and nothing near bears the question out."""
    return _moved(asked, candidates) or _counted(asked, candidates)


def _moved(asked: Asked, candidates: Sequence[Candidate]) -> Evidence | None:
    """It rose, where the question takes for granted that it fell."""
    premise = _premise(asked)
    if premise is None:
        return None
    read = [
        candidate for candidate in candidates[:_READ] if candidate.column < 0 and candidate.unit.kind is not UnitKind.HEADING
    ]
    found: list[Candidate] = []
    for candidate in read:
        said = {move.sign for move in _of(premise, candidate)}
        if premise.sign in said:
            return None
        if -premise.sign in said:
            found.append(candidate)
    if not found:
        return None
    claim = Claim(found[0].unit.passage, trimmed(asked, found[0]))
    return Evidence(Shape.STATEMENT, (claim,), candidates[0].score, headline=_SAID[-premise.sign], candidate=found[0])


def _counted(asked: Asked, candidates: Sequence[Candidate]) -> Evidence | None:
    """Another figure of the very thing, where the question begins by granting one: 既然有50万药师…"""
    text = fold(asked.question.text)
    granted = _GRANTED.match(text)
    given = [number for number in numbers(granted[1]) if number.kind in _COUNTS] if granted else []
    if len(given) != 1 or granted is None:
        return None
    thing = _beside(given[0], granted[1])
    about = [term for term in content(granted[1])[0] if term not in thing and not re.search(r"\d", term)]
    about += strangers(granted[1][: given[0].span.start])
    if not thing or not about or any(_same(given[0], other) for candidate in candidates for other in candidate.values):
        return None
    for candidate in candidates[:_CLOSE]:
        said = [number for number in candidate.values if number.kind is given[0].kind and number.unit == given[0].unit]
        whole = f"{candidate.reading} {candidate.context}"
        if candidate.column < 0 and len(said) == 1 and all(match(term, whole) >= _SPOKEN for term in about):
            years = years_of(candidate)
            agree = not asked.question.years or not years or bool(years & set(asked.question.years))
            if agree and thing == _beside(said[0], fold(candidate.unit.text)):
                claim = Claim(candidate.unit.passage, trimmed(asked, candidate))
                figure = said[0].span.of(candidate.unit.text).strip()
                return Evidence(
                    Shape.STATEMENT, (claim,), candidates[0].score, headline=f"资料里的数字是{figure}", candidate=candidate
                )
    return None


def _beside(number: Number, text: str) -> str:
    """The noun that is counted: right behind the figure, 50万名药师."""
    found = words(re.sub(r"^[名位家个的多余人]+", "", text[number.span.end :])[:12])
    noun = ""
    for word, tag in found:
        if not tag.startswith(("n", "vn", "j", "b")) or (noun and len(noun + word) > 8):
            break
        noun += word
    return noun if len(noun) > 1 else ""


def _same(one: Number, other: Number) -> bool:
    return one.kind is other.kind and abs(one.value - other.value) <= 0.02 * max(abs(one.value), 1e-9)


def _premise(asked: Asked) -> _Premise | None:
    """Only a why has a premise that is sure to be one."""
    question = asked.question
    text = fold(question.text)
    if question.kind not in (Kind.WHY, Kind.HOW) or not _GRANTS.search(text) or question.parts or question.sides:
        return None
    sign = signs(text)
    if len(sign) != 1:
        return None
    before = _GRANTS.sub("，", text)
    before = before[: place(before)]
    nouns = things(before)
    terms = [term for term in content(before)[0] if not _MOVING.search(term)]
    if not nouns or not terms:
        return None
    measure = nouns[-1]
    about = tuple(term for term in terms if term not in measure and measure not in term and not re.fullmatch(r"[\d年.]+", term))
    about += strangers(before[: before.rfind(measure)])
    return _Premise(next(iter(sign)), measure, about, question.years, text)


def _of(premise: _Premise, candidate: Candidate) -> Iterator[Move]:
    """What the candidate says of the very measure of the very subject and year."""
    whole = f"{candidate.reading} {candidate.context}"
    if not all(match(term, whole) >= _SPOKEN for term in premise.about):
        return
    years = years_of(candidate)
    if premise.years and years and not years & set(premise.years):
        return
    for move in moves(candidate.reading):
        if speaks_of(premise.measure, move.before, premise.question):
            yield move

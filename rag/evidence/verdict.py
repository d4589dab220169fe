"""Does the evidence say yes or no, in so many words? Where that cannot be shown by rule, it speaks for itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind, numbers
from index.chinese.words import words
from rag.content import content, strangers
from rag.evidence.directions import moves, place, signs
from rag.evidence.features import Asked
from rag.evidence.measures import speaks_of, things
from rag.evidence.types import Candidate
from rag.matching import match
from rag.question import Kind

_SPOKEN = 0.8  # match from which a word of the question stands in the evidence
_YES, _NO = 1, -1
_MORE = re.compile(r"(?:超过|超|过了?|多于|高于|大于|达到?了?|突破|不止|不少于|不低于)(?:了)?$")
_LESS = re.compile(r"(?:不到|不足|少于|低于|小于|没到|没有达到|没超过|不超过|没过)(?:了)?$")
_LIMITED = re.compile(r"超|多于|高于|大于|达到|突破|不止|不到|不足|少于|低于|小于|没到|没过|过半|过了")
_MOST = re.compile(r"大多数|大部分|多数|过半数?|一半以上|半数以上|大半")
_MINORITY = re.compile(r"少数|小部分|不到一半")
_HEDGED = re.compile(
    r"是否|如果|若|假如|可能|或许|也许|计划|打算|拟|预计|有望|希望|能否|未必|应该?|建议|几乎|部分|有的|有些|个别|仅|只有|只|除|以外|之外|曾|原本|本来|传闻|据说|据传|认为|以为|担心|否则|取决|视"
)
_DENIES = re.compile(
    r"(?:并不|并未|并没有|从未|从不|尚未|还没有?|没有|不再|不会|不能|不得|不可以?|不予|无法|未|没|不|无须|无)(?:曾|能|再|直接|自行|向\S{0,6})?$"
)
_ALL = re.compile(
    r"都|全部|全都|所有|每[个家位一]|一定|完全|只|仅|唯一|首[次个家]|第一|最|才|还是|更|已经?|早就|马上|以后|将来|又"
)
_POINTS = re.compile(r"[这那该此其]|自己|本身|自身|第[一二三四五六七八九十\d]")
_PALE = re.compile(
    r"低于|高于|少于|多于|以上|以下|大于|小于|超过|不到|不足|达到|突破|一半|半数|比例|占比|数量|全国|市场|上年|去年|[12]\d{3}年?"
)
# how each form of question is answered: with yes, with no
_FORMS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"有没有|有无"), "有", "没有"),
    (re.compile(r"会不会"), "会", "不会"),
    (re.compile(r"能不能|可不可以|能否"), "能", "不能"),
    (re.compile(r"是不是|是否|对吗|对不对|吗\s*[？?]?$|么\s*[？?]?$|没有?\s*[？?]?$"), "是", "不是"),
)
_DONE = re.compile(r"了(?:吗|么|没有?)|过\S{0,6}(?:吗|么|没有?)|达到|\d%?吗")  # what is denied of it has not come about
_FRAME = re.compile(r"有没有|有无|会不会|能不能|可不可以|能否|是不是|是否|对吗|对不对|了?(?:吗|么|没有?)?\s*[？?]?$")


def verdict(asked: Asked, candidate: Candidate, said: str) -> str:
    """是, 不是, 有, 没有 … where the quoted words prove it; empty where they do not."""
    question = asked.question
    text = fold(question.text)
    form = next(((yes, no) for pattern, yes, no in _FORMS if pattern.search(text)), None)
    if question.kind is not Kind.YESNO or form is None or question.parts or question.english or candidate.column >= 0:
        return ""
    for way in _WAYS:
        sign = way(text, candidate, fold(said))
        if sign:
            return form[0] if sign == _YES else "没有" if form[1] == "不是" and _DONE.search(text) else form[1]
    return ""


def _measured(text: str, candidate: Candidate, said: str) -> int:
    """超过一半吗 against the only share that the statement has."""
    limit, more = _limit(text)
    if limit is None or not _covered(text, candidate, said):
        return 0
    nouns = things(_LIMITED.split(text)[0])
    clauses = [
        clause
        for clause in re.split(r"[，,；;。！？]", said)
        if nouns and (first := next(numbers(clause), None)) and speaks_of(nouns[-1], clause[: first.span.start], text)
    ]
    figures = [(number, clause) for clause in clauses for number in numbers(clause) if number.kind is limit.kind]
    if any(number.unit != limit.unit or number.high is not None for number, _ in figures):
        return 0
    sides = {_bounded(number, clause, limit.value) for number, clause in figures}
    if len(sides) != 1 or 0 in sides:
        return 0
    return _YES if (sides == {1}) == more else _NO


def _limit(text: str) -> tuple[Number | None, bool]:
    """The figure that the question holds the fact against, and whether it asks for more than that."""
    given = [number for number in numbers(text) if number.kind not in (NumberKind.DATE, NumberKind.RANK, NumberKind.PLAIN)]
    if len(given) == 1:
        number = given[0]
        bare = re.search(r"\d|一半|半数|[一二三四五六七八九十]成|分之", number.span.of(text))
        start = number.span.start + (bare.start() if bare else 0)
        if _LESS.search(text[:start]):
            return number, False
        return (number, True) if _MORE.search(text[:start]) else (None, True)
    half = Number(next(numbers("50%")).span, NumberKind.SHARE, 50.0, "%")
    if given or not (_MOST.search(text) or _MINORITY.search(text)):
        return None, True
    return half, not _MINORITY.search(text)


def _bounded(number: Number, text: str, limit: float) -> int:
    """1 the figure is above the limit, -1 below, 0 where its own words leave that open: 超过40% may be more than half."""
    printed = number.span.of(text)
    if number.value == limit:
        return 0
    above = number.value > limit
    over = re.search(r"超|逾|以上|多|高于|不低于|至少|大于", printed) is not None
    under = re.search(r"不到|不足|近|以下|低于|不超过|至多|最多|小于", printed) is not None
    if (over and not above) or (under and above and abs(number.value - limit) < 0.1 * limit):
        return 0
    return 1 if above else -1


def _moved(text: str, candidate: Candidate, said: str) -> int:
    """Did it rise? The clause about the very measure says that it rose, or fell."""
    bare = _FRAME.sub("", text)
    sign = signs(bare) or _compares(bare)
    if len(sign) != 1:
        return 0
    before = bare[: min(place(bare), len(bare))]
    nouns = things(before)
    if not nouns or not _covered(before, candidate, said):
        return 0
    told = {move.sign for move in moves(said) if speaks_of(nouns[-1], move.before, text)}
    if len(told) != 1:
        return 0
    return _YES if told == set(sign) else _NO


def _compares(text: str) -> frozenset[int]:
    """比上年多 asks for a rise."""
    found = re.search(r"比(?:上年|去年|前一年|上一年|(?:19|20)\d\d年)[^，]{0,4}?(多|高|大|强|少|低|小)", text)
    return frozenset({1 if found[1] in "多高大强" else -1}) if found else frozenset()


def _ranked(text: str, candidate: Candidate, said: str) -> int:
    """是第一吗 against the only rank that the statement gives."""
    asked = [number for number in numbers(text) if number.kind is NumberKind.RANK] or _first(text)
    told = [number for number in numbers(said) if number.kind is NumberKind.RANK] or _first(said)
    if len(asked) != 1 or len(told) != 1 or not _covered(text, candidate, said):
        return 0
    return _YES if asked[0].value == told[0].value else _NO


def _first(text: str) -> list[Number]:
    """第一 and 第二 with no noun behind them, as ranks."""
    ranks = re.findall(r"第([一二三四五六七八九十])(?![、，,季期批轮次届章节条个步层])", text)
    return list(numbers(f"第{ranks[0]}名")) if len(ranks) == 1 else []


def _asserted(text: str, candidate: Candidate, said: str) -> int:
    """The verb of the question, with all it speaks of, in one clause: as it is, or denied."""
    bare = _FRAME.sub("", text)
    if _ALL.search(bare) or signs(bare):
        return 0
    verbs = [fold(word) for word, tag in words(bare) if tag.startswith("v") and not tag.startswith("vn") and len(word) > 1]
    if not verbs:
        return 0
    at = bare.find(verbs[0])
    objects = [term for term in content(bare[at + len(verbs[0]) :])[0] if term not in verbs[0] and not _POINTS.match(term)]
    subjects = [term for term in content(bare[:at])[0] if not _POINTS.match(term)]
    named = (*subjects, *strangers(bare[:at]))
    whole = f"{said} {candidate.context}"
    told: set[int] = set()
    owner = candidate.context  # of whom a clause speaks that names nobody
    for clause in re.split(r"[，,；;。！？!?]", said):
        before = clause[: max(clause.find(verbs[0]), 0)]
        owner = clause if things(clause[: len(before)] or clause) or strangers(clause) else owner
        if verbs[0] not in clause or not all(match(term, clause) >= _SPOKEN for term in objects or subjects):
            continue
        if not all(match(name, f"{owner} {candidate.context}") >= _SPOKEN for name in named):
            continue
        told.add(_told(clause, before))
    return next(iter(told)) if len(told) == 1 and all(match(name, whole) >= _SPOKEN for name in named) else 0


def _told(clause: str, before: str) -> int:
    """Whether the clause denies its verb, states it, or leaves it open."""
    if _DENIES.search(before):
        return _NO
    return 0 if _HEDGED.search(clause) or re.search(r"[不没未无非]", clause) else _YES


def _covered(text: str, candidate: Candidate, said: str) -> bool:
    """Whether the statement or what it stands under speaks of every content word of the question."""
    whole = f"{said} {candidate.context}"
    terms = [term for term in content(_MINORITY.sub("", _MOST.sub("", _FRAME.sub("", text))))[0] if not re.search(r"\d", term)]
    terms.extend(strangers(text))
    return bool(terms) and all(_PALE.fullmatch(term) or _POINTS.match(term) or match(term, whole) >= _SPOKEN for term in terms)


_WAYS: tuple[Callable[[str, Candidate, str], int], ...] = (_measured, _ranked, _moved, _asserted)

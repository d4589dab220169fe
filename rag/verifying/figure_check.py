"""Does each figure of a claim stand in the cited words, of the same thing and the same time?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.chinese.amounts import family
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import words
from rag.matching import match, stands
from rag.verifying.agree import same_figure, same_time, same_unit
from rag.verifying.arithmetic import Sums
from rag.verifying.claim import Claim
from rag.verifying.content import terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds, Line
from rag.verifying.marks import Bound, Mark
from rag.verifying.opposites import turns
from rag.verifying.rows import COLUMN
from rag.verifying.support import weight

__all__ = ["carrying", "figures", "from_to"]

_LABEL, _BESIDE, _OPPOSITE, _LINE, _CONTEXT = 1.0, 0.7, 0.5, 0.45, 0.4
_LEAD = 0.7  # what a word of the clause before tells
_SPAN = 16  # characters that may stand between 从 and its figure, and between the two figures
_FROM = re.compile(r"[从由自]|\bfrom\b")
_TO = re.compile(r"[到至]|\bto\b|变|升|降|增|减|涨|跌|缩|扩")
_MARGIN = 0.3  # by how much another figure of the same block must fit better before this one is taken for misplaced
_QUOTED = 0.6  # what it tells that the other one is quoted, and this one only stands around the quote
_APART = 1.0  # and by how much one that stands elsewhere
_COUNTED = re.compile(r"(?:多|余)?(?:名|位|个|家|人|所)?的?([\u3400-\u9fff]{2,8})")
_LIKE = 0.5  # from which a word of the line is taken for what is counted
_COMPARES = re.compile("低于|高于|少于|多于|小于|大于|不及|不到|超过|不足")
_OF = re.compile(r"(?:以上|左右|以下)?的([\u3400-\u9fff]{3,8})")
_PAIR = 2
_FINGERS = 9
_ALL = re.compile("都|均|皆|全部|双双")
_TITLE = re.compile("《([^》]+)》")
_COUNTERS = frozenset({"人", "家", "个", "所"})


def figures(claim: Claim, found: Sequence[Grounds], sums: Sums) -> Iterator[Fault]:
    """The figures that are not carried: none of that value, or only of another time or another thing."""
    lines = [line for ground in found for line in ground.lines]
    named = [mark for ground in found for mark in ground.heads if mark.number.kind is not NumberKind.PLAIN]
    quoted = frozenset(id(line) for ground in found for line in ground.lines if ground.quotes(line))
    yield from _unread(claim, found)
    yield from _titles(claim, found)
    for mark in claim.marks:
        if sums.holds(mark) or _counts_back(mark, claim):
            continue
        same = [(line, other) for line in lines for other in line.marks if same_figure(mark, other)]
        if not same and _set_against(mark, claim, lines):
            continue
        if not same:
            if not any(
                same_figure(mark, other) and mark.number.unit == other.number.unit for other in named
            ) and not _both_ends(mark, lines):
                yield Fault(Wrong.FIGURE, mark.said)
            continue
        timely = [
            (line, other) for line, other in same if same_time(mark.when, other.when, line.around) and _same_month(mark, other)
        ]
        if not timely:
            yield Fault(Wrong.TIME, mark.said)
        elif (
            all(_of_another(mark, line, other, claim) for line, other in timely)
            or not any(_counts(mark, line, claim) and _of_that(mark, line, other, claim) for line, other in timely)
            or _of_other_amount(mark, timely, lines, claim)
            or _misplaced(mark, timely, lines, claim, quoted)
        ):
            yield Fault(Wrong.OTHER_FIGURE, mark.said)


def carrying(mark: Mark, lines: Sequence[Line]) -> list[tuple[Line, Mark]]:
    """The printed figures that carry a claimed one, with their lines."""
    return [
        (line, other)
        for line in lines
        for other in line.marks
        if same_figure(mark, other) and same_time(mark.when, other.when, line.around)
    ]


def _same_month(mark: Mark, other: Mark) -> bool:
    """Of cells in columns of months or quarters: the very one, where the claim names one without a year."""
    parts = mark.when.part, other.when.part
    return COLUMN not in other.label or bool(mark.when.year) or not (parts[0] and parts[1]) or parts[0] == parts[1]


def _set_against(mark: Mark, claim: Claim, lines: Sequence[Line]) -> bool:
    """38次，低于60次的盈亏线: what bounds the figure compares the one before it, and rightly."""
    before = [other for other in claim.marks if other.number.span.end <= mark.number.span.start and same_unit(other, mark)]
    if not before or mark.bound not in (Bound.UNDER, Bound.OVER) or not _COMPARES.match(mark.said):
        return False
    less = before[-1].number.value < mark.number.value
    exact = replace(mark, bound=Bound.EXACT)
    return less is (mark.bound is Bound.UNDER) and any(same_figure(exact, other) for line in lines for other in line.marks)


def _unread(claim: Claim, found: Sequence[Grounds]) -> Iterator[Fault]:
    """Digits that belong to no figure or date that could be read: they have to stand there as they are."""
    covered = [(n.span.start, n.span.end) for n in numbers(claim.text)]
    for hit in re.finditer(r"\d[\d.,]*\d|\d", claim.text):
        if not any(start <= hit.start() < end for start, end in covered) and not any(
            _stands(hit.group(), g.text) for g in found
        ):
            yield Fault(Wrong.FIGURE, hit.group())
    for digits in re.findall(r"\d+", claim.attribution):
        titled = "《" in claim.attribution
        if not any(_stands(digits, ground.title if titled else ground.text) for ground in found):
            yield Fault(Wrong.FIGURE, digits)


def _titles(claim: Claim, found: Sequence[Grounds]) -> Iterator[Fault]:
    """The figures in a title have to stand in that of the document, or in one that its words name."""
    named = " ".join((*(ground.title for ground in found), *_TITLE.findall(" ".join(ground.text for ground in found))))
    for digits in re.findall(r"\d+", " ".join(_TITLE.findall(claim.text))):
        if not _stands(digits, named):
            yield Fault(Wrong.FIGURE, digits)


def _stands(digits: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", text))


def _both_ends(mark: Mark, lines: Sequence[Line]) -> bool:
    """2.2到2.9小时, where the source has both: the ends of what several rows say."""
    number = mark.number
    if number.high is None:
        return False
    printed = [
        other.number
        for line in lines
        for other in line.marks
        if family(other.number) == family(number) and other.number.high is None
    ]
    values = {other.value for other in printed}
    return {number.value, number.high} <= values


def _misplaced(
    mark: Mark, same: Sequence[tuple[Line, Mark]], lines: Sequence[Line], claim: Claim, quoted: frozenset[int]
) -> bool:
    """Whether another figure of the kind fits better what the claim says of this one, or both are exchanged."""
    near = _near(mark)
    own = max(_fit(near, line, other) for line, other in same)
    beside = [other for other in claim.marks if other is not mark and not from_to(claim, mark, other)]
    changes = {mark.change, *(other.change for _, other in same)}
    joined = [other for other in claim.marks if other is not mark and from_to(claim, mark, other)]
    for line in lines:
        for rival in line.marks:
            if (rival.number.value == mark.number.value) is same_unit(mark, rival) or rival.change not in changes:
                # the same figure, or one of another kind; but 5个 is a rival of 5%
                continue
            if mark.when.year and not same_time(mark.when, rival.when, line.around):
                continue
            if any(same_figure(other, rival) for other in joined):
                continue
            better = _fit(near, line, rival) - own
            if better >= 0 and id(line) in quoted and not any(id(where) in quoted for where, _ in same):
                better += _QUOTED
            if better <= -2.0:
                continue
            partner = next((other for other in beside if same_figure(other, rival)), None)
            if partner is not None:
                # the partner's own place against this one's
                its = _near(partner)
                better += max(_fit(its, where, other) for where, other in same) - _fit(its, line, rival)
            together = any(where.unit.block is line.unit.block for where, _ in same)
            if better > (_MARGIN if together else _APART):
                return True
    return False


def _of_another(mark: Mark, line: Line, own: Mark, claim: Claim) -> bool:
    """Whether a line says the figure of somebody whom the claim leaves out, and another one of whom the claim names."""
    if COLUMN in own.label:
        return False
    around = f"{own.label} {own.lead} {own.beside}"
    named = [term for term in terms_of(f"{mark.label} {mark.lead}") if len(term) > 1 and not stands(term, around)]
    left = [term for term in terms_of(f"{own.label} {own.lead}") if len(term) > 1 and match(term, claim.text) < _LIKE]
    rivals = [
        other
        for other in line.marks
        if other.change is own.change and same_unit(mark, other) and other.number.value != own.number.value
    ]
    return any(stands(term, other.label) for term in named for other in rivals) and any(
        not stands(term, other.label) for term in left for other in rivals
    )


def _counts_back(mark: Mark, claim: Claim) -> bool:
    """收入…，净利润…，两项都增长: how many figures there are before it."""
    if mark.number.value > _FINGERS or mark.said[:1].isdigit() or not _ALL.match(claim.text, mark.number.span.end):
        return False
    return sum(other.number.span.end <= mark.number.span.start for other in claim.marks) >= mark.number.value


def _of_other_amount(mark: Mark, same: Sequence[tuple[Line, Mark]], lines: Sequence[Line], claim: Claim) -> bool:
    """2.84亿元，同比增长25.4%: a change that names nothing itself is that of the amount before it, and stands in its line."""
    ahead = [other for other in claim.marks if other.number.span.end <= mark.number.span.start and not other.change]
    if not mark.change or not ahead or any(not turns(term) for term in terms_of(mark.label)):
        return False
    with_it = [line for line in lines if any(same_figure(ahead[-1], other) for other in line.marks)]
    rivals = [other for line in with_it for other in line.marks if other.change and family(other.number) == family(mark.number)]
    return bool(rivals) and not any(line in with_it for line, _ in same)


def _of_that(mark: Mark, line: Line, own: Mark, claim: Claim) -> bool:
    """95%的基层医院 is not 95%的三甲医院."""
    said = _OF.match(claim.text, mark.number.span.end)
    one = [word for word, _ in words(said[1])][:_PAIR] if said else []
    if len(one) < _PAIR or match(one[0], line.around) >= _LIKE:
        return True
    printed = own.label if COLUMN in own.label else found[1] if (found := _OF.match(line.text, own.number.span.end)) else ""
    return one[1] not in [word for word, _ in words(printed)][1:]


def _counts(mark: Mark, line: Line, claim: Claim) -> bool:
    """Whether the line speaks of what the claim counts: 300名护理师 are not 300名药师."""
    found = _COUNTED.match(claim.text, mark.number.span.end) if family(mark.number) in _COUNTERS else None
    first = [word for word, tag in words(found[1])[:1] if len(word) > 1 and tag.startswith("n")] if found else []
    return all(match(word, f"{line.around} {line.before}") >= _LIKE for word in first)


def from_to(claim: Claim, one: Mark, other: Mark) -> bool:
    """从12.1%升至13.0%: both are of one thing."""
    first, last = sorted((one.number.span, other.number.span), key=lambda span: span.start)
    between = claim.text[first.end : last.start]
    return (
        len(between) <= _SPAN
        and bool(_TO.search(between))
        and "，" not in between
        and bool(_FROM.search(claim.text[: first.start][-_SPAN:]))
    )


Near = tuple[tuple[str, float, float], ...]


def _near(mark: Mark) -> Near:
    """The words around a claimed figure: what each tells, and what it counts in the label of a printed one."""
    shares = {
        **dict.fromkeys(terms_of(mark.beside), 0.5),
        **dict.fromkeys(terms_of(mark.lead), _LEAD),
        **dict.fromkeys(terms_of(mark.label), 1.0),
    }
    return tuple((term, share * weight(term), _LABEL if share > _LEAD else _BESIDE) for term, share in shares.items())


def _fit(near: Near, line: Line, other: Mark) -> float:
    """How far what is said around a claimed figure stands around a printed one."""
    return sum(tells * _found(term, most, line, other) for term, tells, most in near)


def _found(term: str, most: float, line: Line, other: Mark) -> float:
    best = most * match(term, other.label)
    if best < _BESIDE:
        best = max(best, _BESIDE * match(term, other.lead), _OPPOSITE * match(term, other.beside))
    if best < _LINE:
        best = max(best, _LINE * match(term, line.text), _CONTEXT * match(term, line.context))
    return best

"""Are direction, comparison, extent and denial those of the cited words, or of the figures in them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.chinese.amounts import family
from rag.matching import match
from rag.verifying.agree import same_figure
from rag.verifying.claim import Claim
from rag.verifying.content import terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Line
from rag.verifying.marks import Mark
from rag.verifying.opposites import Turn, denials, turns
from rag.verifying.reading import clauses
from rag.verifying.rows import COLUMN
from rag.verifying.support import Support, weight

__all__ = ["directions"]

_MOVE, _COMPARE, _MOST = 0, 1, 2  # the pairs that figures can prove
_FIGURE = 3.0  # what an equal figure tells of two clauses beside words
_AS_WRITTEN = 0.6  # what the same characters on one side of a word tell
_LESS = 0.5  # by how much a clause that says the same may fit worse than one that says the contrary
_WHOLE = re.compile("合计|总|平均|全部|total|average")
_BEHIND = 6  # characters behind a denying word that say what is denied
_AROUND = 2  # characters on a side by which a place is known again
_DENIED = re.compile(rf"[\u3400-\u9fffa-z ]{{1,{_BEHIND}}}")
_ZERO = re.compile("[为是]零|零(?=[，。；])")
_LIKE = 0.5  # from which two words are taken for one


def directions(claim: Claim, support: Support) -> Iterator[Fault]:
    """The words that say the contrary of what the cited words say, or what neither they nor their figures say."""
    for turn in claim.turns:
        if not _carried(turn, claim, support):
            yield Fault(Wrong.DIRECTION, claim.text[turn.start : turn.end])
    yield from _denied(claim, support)


def _carried(turn: Turn, claim: Claim, support: Support) -> bool:
    clause, stated = _beside(claim, turn.start)
    lines = support.at(turn.start)
    fits = [
        (_fit(clause, stated, line, other) + _AS_WRITTEN * _neighbours(claim.text, turn, line.text, other), other.sense)
        for line in lines
        for other in turns(line.text)
        if other.pair == turn.pair
    ]
    best = max((fit for fit, _ in fits), default=0.0)
    if (
        not fits
        and turn.strict
        and any(other.sense == turn.sense for line in _beyond(clause, support) for other in turns(line.text))
    ):
        return True
    if any(sense == turn.sense and fit >= best - _LESS for fit, sense in fits):
        return len({sense for _, sense in fits}) < 2 or _as_often(turn, claim, lines)
    proved = _proved(turn, claim, support)
    if proved is not None:
        return proved == turn.side
    if fits:
        return False
    above = [other for line in lines for other in turns(f"{line.before} {line.context}") if other.pair == turn.pair]
    if above:
        return any(other.sense == turn.sense for other in above)
    return not turn.strict


def _beyond(terms: Sequence[str], support: Support) -> list[Line]:
    """The other lines that speak of as much of a clause, its words of direction left out."""
    told = [term for term in terms if not turns(term)]
    said = [sum(weight(term) * match(term, line.text) for term in told) for line in support.lines]
    most = max(said, default=0.0)
    return [line for line, much in zip(support.lines, said, strict=True) if most and much >= most]


def _neighbours(text: str, turn: Turn, other_text: str, other: Turn) -> int:
    """How many of the two sides of a word are the same characters in both texts."""
    ahead = text[: turn.start][-2:] == other_text[: other.start][-2:]
    behind = text[turn.end :][:2] == other_text[other.end :][:2]
    return ahead + behind


def _as_often(turn: Turn, claim: Claim, lines: Sequence[Line]) -> bool:
    """线上或线下 is not 线下或线下: where both are said, neither is said more often than some line does."""
    often = sum(other.pair == turn.pair and other.sense == turn.sense for other in claim.turns)
    return often <= max(sum(o.pair == turn.pair and o.sense == turn.sense for o in turns(line.text)) for line in lines)


def _beside(claim: Claim, place: int) -> tuple[tuple[str, ...], list[Mark]]:
    for clause in claim.clauses:
        if clause.start <= place < clause.end:
            said = claim.text[clause.start : clause.end]
            return clause.terms, [mark for mark in claim.marks if mark.clause == said]
    return claim.terms, list(claim.marks)


def _fit(terms: Sequence[str], stated: Sequence[Mark], line: Line, turn: Turn) -> float:
    start, end = next(((a, b) for a, b in clauses(line.text) if a <= turn.start < b), (0, len(line.text)))
    said = line.text[start:end]
    figures = sum(any(same_figure(mark, other) for other in line.marks if other.clause == said) for mark in stated)
    return sum(weight(term) * match(term, said) for term in terms) + _FIGURE * figures


def _proved(turn: Turn, claim: Claim, support: Support) -> int | None:
    """Which side the figures prove, 0 the first: of a rise two years, of a comparison two figures, of a rank a column."""
    if turn.denied:
        return None
    if turn.pair == _COMPARE:
        compared = _compared(turn, claim)
        return _by_sign(_beside(claim, turn.start)[1], support.at(turn.start)) if compared is None else compared
    if turn.pair == _MOVE:
        return _moved(turn, claim, support.at(turn.start))
    if turn.pair == _MOST:
        return _extreme(turn, claim, support)
    return None


def _compared(turn: Turn, claim: Claim) -> int | None:
    before = [mark for mark in claim.marks if mark.number.span.end <= turn.start]
    after = [mark for mark in claim.marks if mark.number.span.start >= turn.end]
    if not before or not after or family(before[-1].number) != family(after[0].number):
        return None
    one, other = before[-1].number.value, after[0].number.value
    return None if one == other else int(one < other)


def _moved(turn: Turn, claim: Claim, lines: Sequence[Line]) -> int | None:
    """By the sign that is printed; by two figures of the claim; by the figures of two years in one line."""
    _, stated = _beside(claim, turn.start)
    signed = _by_sign(stated, lines)
    if signed is not None:
        return signed
    pair = [mark for mark in stated if mark.number.high is None and not mark.change]
    ahead = [mark for mark in claim.marks if mark.number.span.end <= turn.start and not mark.change]
    behind = [mark for mark in claim.marks if mark.number.span.start >= turn.end and not mark.change]
    if len(pair) == 2 and re.search("从|由|自|from", claim.text[: turn.start]):
        return _rose(*pair)
    if ahead and behind and re.match(r"\s*(?:from|compared)", claim.text[turn.end :]):
        return _rose(behind[0], ahead[-1])
    if len(ahead) > 1 and re.search("较|比", claim.text[ahead[-2].number.span.end : ahead[-1].number.span.start]):
        return _rose(ahead[-1], ahead[-2])
    dated = sorted((mark for mark in claim.marks if mark.when.year and not mark.change), key=lambda mark: mark.when.year)
    if len(dated) == 2 and dated[0].when.year < dated[1].when.year:
        return _rose(*dated)
    for mark in stated:
        for line in lines:
            own = [other for other in line.marks if same_figure(mark, other) and other.when.year and not other.change]
            earlier = [
                other
                for other in line.marks
                if own
                and family(other.number) == family(own[0].number)
                and 0 < other.when.year < own[0].when.year
                and not other.change
            ]
            if len({other.number.value for other in earlier}) == 1:
                return _rose(earlier[0], own[0])
    return None


def _by_sign(stated: Sequence[Mark], lines: Sequence[Line]) -> int | None:
    """比上年高出25.4% of what grew by 25.4%: the sign that is printed with a change."""
    for mark in stated:
        printed = {other.sign for line in lines for other in line.marks if other.sign and same_figure(mark, other)}
        if len(printed) == 1 and mark.change:
            return int(printed.pop() < 0)
    return None


def _rose(one: Mark, other: Mark) -> int | None:
    """0 where the second figure is the greater, 1 where it is the less; None where they cannot be compared."""
    if family(one.number) != family(other.number) or one.number.value == other.number.value:
        return None
    return int(one.number.value > other.number.value)


def _extreme(turn: Turn, claim: Claim, support: Support) -> int | None:
    """Whether the claimed figure is the greatest or least of its column, or of those beside it in one line."""
    _, stated = _beside(claim, turn.start)
    near = stated or sorted(claim.marks, key=lambda mark: abs(mark.number.span.start - turn.start))[:1]
    for mark in near:
        for line in support.lines:
            for own in line.marks:
                values = _peers(own, line, support) if same_figure(mark, own) else []
                if len(values) > 1 and own.number.value in (max(values), min(values)):
                    return int(own.number.value == min(values))
    return None


def _peers(own: Mark, line: Line, support: Support) -> list[float]:
    """The figures that one is the greatest or least of, itself included."""
    if COLUMN not in own.label:
        return [
            other.number.value
            for other in line.marks
            if family(other.number) == family(own.number) and other.change is own.change
        ]
    column = own.label.split(COLUMN, 1)[1]
    rows = [peer for peer in support.lines if peer.unit.block is line.unit.block and not _WHOLE.match(peer.text)]
    return [other.number.value for peer in rows for other in peer.marks if other.label.endswith(f"{COLUMN}{column}")]


def _denied(claim: Claim, support: Support) -> Iterator[Fault]:
    """What is denied here and not there, or there and not here."""
    text = claim.text
    for start, end in claim.denials:
        denied = _behind(text, end)
        lines = support.at(start)
        undone = any(_without(text, start, end, line.text) for line in lines)
        if lines and denied and (undone or not any(_denies(line, denied) for line in lines)):
            yield Fault(Wrong.DENIAL, text[start : end + len(denied)])
    for line in support.chosen:
        for start, end in denials(line.text):
            if _without(line.text, start, end, text):
                yield Fault(Wrong.DENIAL, line.text[start : end + _AROUND])
            said = _stated(_behind(line.text, end), claim, support)
            if said:
                yield Fault(Wrong.DENIAL, said)


def _without(text: str, start: int, end: int, other: str) -> bool:
    """Whether the other text has the same characters without the denying word, and nowhere with it."""
    ahead = text[max(start - _AROUND, 0) : start]
    if len(ahead) < _AROUND or f"{ahead}{text[start : end + 1]}" in other:
        return False
    # of 不再 the 不 alone may have been left out
    return any(f"{ahead}{text[cut : cut + _AROUND + 1]}" in other for cut in {end, start + 1} if cut < len(text) - _AROUND)


def _behind(text: str, end: int) -> str:
    """What is denied, as far as a few characters tell."""
    found = _DENIED.match(text, end)
    return found.group() if found else ""


def _denies(line: Line, denied: str) -> bool:
    """Whether a line denies the like of it."""
    if _ZERO.search(line.text):
        return True
    words = terms_of(denied) or (denied[:2],)
    for _, end in denials(line.text):
        said = _behind(line.text, end)
        if any(match(word, said) >= _LIKE for word in words) or any(match(word, denied) >= _LIKE for word in terms_of(said)):
            return True
    return False


def _stated(denied: str, claim: Claim, support: Support) -> str:
    """The words of what a line denies that the claim states, while no line states them; empty where there are none."""
    behind_verb = [denied[1:length] for length in range(len(denied), 4, -1)]
    for words in (*(denied[:length] for length in range(len(denied), 1, -1)), *behind_verb):
        place = claim.text.find(words)
        if place < 0:
            continue
        if any(end <= place <= end + _BEHIND for _, end in claim.denials):
            return ""
        return "" if any(_undenied(words, line.text) for line in support.chosen) else words
    return ""


def _undenied(words: str, text: str) -> bool:
    places = [hit.start() for hit in re.finditer(re.escape(words), text)]
    return any(not any(end <= place <= end + _BEHIND for _, end in denials(text)) for place in places)

"""Do figures that are told in a row stand in the order that the cited words give them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.verifying.agree import same_figure
from rag.verifying.claim import Claim
from rag.verifying.content import terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.figure_check import from_to
from rag.verifying.grounds import Grounds, Line
from rag.verifying.marks import Mark

__all__ = ["out_of_order"]

_COUNTED_OFF = re.compile(r"\s*(?:[、和及与]|以及|\band\b)\s*|\s+")


def out_of_order(claim: Claim, found: Sequence[Grounds]) -> Iterator[Fault]:
    """从310万到240万, or 分别为2和1, where the source has them the other way."""
    lines = [line for ground in found for line in ground.lines]
    yield from _bare(claim, lines)
    for one, other in pairwise(claim.marks):
        counted_off = _COUNTED_OFF.fullmatch(claim.text[one.number.span.end : other.number.span.start])
        if not (counted_off and not _own_names(one, other)) and not from_to(claim, one, other):
            continue
        pairs = [
            (a, b)
            for line in lines
            for a in line.marks
            for b in line.marks
            if a is not b and same_figure(one, a) and same_figure(other, b)
        ]
        if counted_off and not counted_off.group().strip():
            # a row without its names: nothing may stand between the two
            beside = {id(a): id(b) for line in lines for a, b in pairwise(sorted(line.marks, key=_place))}
            pairs = [(a, b) for a, b in pairs if beside.get(id(a)) == id(b)] or [(b, a) for a, b in pairs]
        if pairs and not any(_earlier(a, b) for a, b in pairs):
            yield Fault(Wrong.DIRECTION, f"{one.said}{claim.text[one.number.span.end : other.number.span.start]}{other.said}")


def _bare(claim: Claim, lines: Sequence[Line]) -> Iterator[Fault]:
    """A row copied without its headers: three figures or more with nothing between them stand so in one line."""
    run: list[Mark] = []
    for mark in (*claim.marks, None):
        if mark and (not run or not claim.text[run[-1].number.span.end : mark.number.span.start].strip()):
            run.append(mark)
            continue
        if len(run) > 2 and not any(_stand_in_turn(run, sorted(line.marks, key=_place)) for line in lines):
            yield Fault(Wrong.OTHER_FIGURE, claim.text[run[0].number.span.start : run[-1].number.span.end])
        run = [mark] if mark else []


def _stand_in_turn(run: Sequence[Mark], printed: Sequence[Mark]) -> bool:
    return any(all(map(same_figure, run, printed[at:])) for at in range(len(printed) - len(run) + 1))


def _own_names(one: Mark, other: Mark) -> bool:
    """Whether two figures in a row are told apart by names of their own."""
    return one.label != other.label and not set(terms_of(other.label)) <= set(terms_of(one.label))


def _place(mark: Mark) -> int:
    return mark.number.span.start


def _earlier(one: Mark, other: Mark) -> bool:
    """Whether one figure is of the time before the other; where no times tell, whether it is printed first."""
    if one.when.year and other.when.year and one.when.year != other.when.year:
        return one.when.year < other.when.year
    return one.number.span.start < other.number.span.start

"""Does each date of a claim stand in the cited words, and of the thing that is said?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.matching import match
from rag.verifying.calendar import Day, days, stands_for
from rag.verifying.claim import Claim
from rag.verifying.content import terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds, Line
from rag.verifying.reading import clauses
from rag.verifying.support import Support

__all__ = ["dates"]

_COMPARED = re.compile(r"(?:与|较|比|同|than in |compared with )((?:19|20)\d\d)(?!\d)")
_SURE = 1.6  # words of one clause from which its date counts more than one that stands above it
_MARGIN = 0.9  # by how much the words of another date must fit better


def dates(claim: Claim, found: Sequence[Grounds], support: Support) -> Iterator[Fault]:
    """The dates that no cited word names, and those that only words about something else name."""
    there = {day for ground in found for day in ground.days}
    around = "\n".join(ground.text for ground in found)
    fiscal = any(printed.part == "fy" for printed in there)
    for day in claim.days:
        if day.part == "fy" and fiscal:
            if not any(printed.part == "fy" and stands_for(day, printed) for printed in there):
                yield Fault(Wrong.DATE, f"{day.year}财年")
        elif not any(stands_for(day, printed) for printed in there) and not _end_of(day, there, around):
            yield Fault(Wrong.DATE, _said(day))
    for day in days(claim.attribution):
        if not any(stands_for(day, printed) for printed in there):
            yield Fault(Wrong.DATE, _said(day))
    yield from _told(claim, support)
    yield from _against(claim, support)
    yield from _elsewhere(claim, support)


def _told(claim: Claim, support: Support) -> Iterator[Fault]:
    """据…2022年公告: the year that the lines give the same paper."""
    named, terms = days(claim.attribution), terms_of(claim.attribution)
    fits = [(_spoken(terms, words), day) for line in support.chosen for words, day in _dated(line)] if len(named) == 1 else []
    if named and (better := _fits_better(named[0], fits)) and better >= _SURE:
        yield Fault(Wrong.DATE, _said(named[0]))


def _against(claim: Claim, support: Support) -> Iterator[Fault]:
    """What is compared with: 与2022年相比 must be the year that the lines compare with, where they name one."""
    there = {year for line in support.chosen for year in _COMPARED.findall(line.text)}
    for year in _COMPARED.findall(claim.text):
        if there and year not in there:
            yield Fault(Wrong.DATE, f"{year}年")


def _elsewhere(claim: Claim, support: Support) -> Iterator[Fault]:
    """Of an event: the date must be that of the words which tell of it; those of another date must not fit better."""
    for clause, lines in zip(claim.clauses, support.by_clause, strict=True):
        said = claim.text[clause.start : clause.end]
        dating = {mark.when.year for mark in claim.marks}
        own = () if any(mark.clause == said for mark in claim.marks) else [day for day in days(said) if day.year not in dating]
        terms = [term for term in clause.terms if not term.isdigit()] or list(claim.terms)
        if len(own) != 1 or not lines or len(terms) < 2:
            continue
        fits = [(_spoken(terms, words), day) for line in lines for words, day in _dated(line)]
        better = _fits_better(own[0], fits)
        if better is not None and (better >= _SURE or not _above(own[0], lines)):
            yield Fault(Wrong.DATE, _said(own[0]))


def _fits_better(own: Day, fits: Sequence[tuple[float, Day]]) -> float | None:
    """How well the words of another date fit, where they do so clearly better than those of this one."""
    same = max((fit for fit, day in fits if _alike(own, day)), default=-1.0)
    other = max((fit for fit, day in fits if not _alike(own, day)), default=-1.0)
    return other if other > same + _MARGIN else None


def _dated(line: Line) -> Iterator[tuple[str, Day]]:
    """The clauses of a line that name a date; a lone date with the clause after it."""
    published = line.unit.document.meta.date
    year = int(published[:4]) if published[:4].isdigit() else 0
    cut = clauses(line.text)
    for place, (start, end) in enumerate(cut):
        said = line.text[start:end]
        if len(terms_of(said)) < 2 and place + 1 < len(cut) and not days(line.text[slice(*cut[place + 1])]):
            said = line.text[start : cut[place + 1][1]]
        yield from ((said, day) for day in days(line.text[start:end], year))


def _spoken(terms: Sequence[str], said: str) -> float:
    return sum(match(term, said) for term in terms)


def _alike(claim: Day, printed: Day) -> bool:
    bare = not printed.year and (printed.month, printed.day) == (claim.month, claim.day)
    return stands_for(claim, printed) or bare


def _above(day: Day, lines: Sequence[Line]) -> bool:
    """Whether a date stands over the lines, or in the sentence before one of them."""
    return any(_alike(day, printed) for line in lines for printed in (*days(line.context), *days(line.before)))


def _end_of(day: Day, there: set[Day], around: str) -> bool:
    """2021年底 under a header that says 2021, where the lines speak of ends of years; 3月8日 of the year of its document."""
    if day.part == "end":
        return any(day.year == printed.year and not printed.month for printed in there) and bool(
            re.search("年[底末]|期末", around)
        )
    if day.year and day.month:
        bare = any(
            not printed.year and (printed.month, printed.day or day.day) == (day.month, day.day or printed.day)
            for printed in there
        )
        return bare and any(printed.year == day.year for printed in there)
    return False


def _said(day: Day) -> str:
    year = f"{day.year}年" if day.year else ""
    return f"{year}{f'{day.month}月' if day.month else ''}{f'{day.day}日' if day.day else ''}"

"""Which other values does the library give for the figure of an answer? Sources that disagree, and slips within one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.words import is_word
from index.library import Library
from index.stated import Stated
from index.types import Unit, UnitKind
from rag.evidence.features import Asked
from rag.evidence.types import Claim, Evidence, Shape
from rag.matching import close_up, coverage, match
from rag.names.trade import heading_name
from rag.question import WANTED, Question, subject_of
from rag.same_thing import content, contradicts, is_event, told_of

_FACTOR = 2.0  # times as great a figure may be and still be another account of the same
_EVENTS = 1000.0  # times as great may be another round of the same year
_MOST = 3  # accounts that are shown
_AS_WELL = 0.8  # share of what the answer speaks of that another account must speak of
_FITS = 0.2  # share of the question that the words beside the figure must speak of
_SPEAKS = 0.5  # that its sentence must speak of where it is the only figure of its kind there
_NAMED = 0.75  # match from which a text names the subject


def rivals(asked: Asked, figure: Stated, library: Library) -> tuple[Stated, ...]:
    """The other values that the library gives for the figure of an answer, each of each document once."""
    found: dict[tuple[str, str], Stated] = {}
    for other in _others(asked, figure, library):
        found.setdefault((other.document.id, fold(other.printed)), other)
    return tuple(found.values())[: _MOST - 1]


def own_figure(asked: Asked, evidence: Sequence[Evidence], library: Library) -> Stated | None:
    """The one figure that an answer gives to a question for one; None where it gives several, or another."""
    question = asked.question
    return _own(asked, evidence[0], library) if evidence and (question.numeric or question.sources) else None


def _own(asked: Asked, evidence: Evidence, library: Library) -> Stated | None:
    """The one figure that the answer gives: its headline, its cell, or the only one of the kind that fits the question best."""
    question = asked.question
    kinds = WANTED.get(question.kind, ())
    one_row = _in_one_row(evidence)
    claims = evidence.claims if one_row else evidence.claims[:1]
    found = [f for claim in claims for f in _within(claim, library) if question.sources or f.number.kind in kinds[:1]]
    found = found or [f for f in _within(claims[0], library) if f.number.kind in kinds]
    if evidence.headline:
        found = [figure for figure in found if fold(figure.printed) == fold(evidence.headline)]
    if question.years:
        found = [figure for figure in found if not figure.when.year or figure.when.year in question.years]
    found = [figure for figure in found if figure.when.year] or found
    several = evidence.shape is Shape.CELLS and len(evidence.claims) > 1 and not one_row  # rows differ and do not disagree
    if evidence.shape is Shape.LIST or several or not found:
        return None
    around = [told_of(figure, library.units[figure.unit]) for figure in found]
    fits = [coverage(asked.weights, " ".join(told.own)) for told in around]
    best = max(range(len(found)), key=fits.__getitem__)
    alone = all(fits[best] > fit + 1e-6 for place, fit in enumerate(fits) if place != best)
    beside = coverage(asked.weights, " ".join(around[best].near))
    only = len(found) == 1 and coverage(asked.weights, around[best].sentence) >= _SPEAKS
    return found[best] if alone and (beside >= _FITS or only) else None


def _in_one_row(evidence: Evidence) -> bool:
    """Whether the claims are cells of the one row that was found."""
    row = evidence.candidate.unit if evidence.candidate else None
    if evidence.shape is not Shape.CELLS or row is None or row.kind is not UnitKind.ROW:
        return False
    return all(row.span.start <= claim.span.start and claim.span.end <= row.span.end for claim in evidence.claims)


def _within(claim: Claim, library: Library) -> Iterator[Stated]:
    """The figures that stand in the words of a claim."""
    for number in library.unit_range(library.number(claim.passage)):
        for figure in library.figures.of(number):
            if claim.span.start <= figure.number.span.start and figure.number.span.end <= claim.span.end:
                yield figure


def _others(asked: Asked, figure: Stated, library: Library) -> Iterator[Stated]:
    unit = library.units[figure.unit]
    mine = told_of(figure, unit).around
    enough = _AS_WELL * coverage(asked.weights, mine)
    for other in library.figures.like(figure, _FACTOR):
        where = library.units[other.unit]
        if contradicts(figure, other, (unit, where), asked.question.text, _names(asked.question)):
            around = told_of(other, where).around
            if coverage(asked.weights, around) < enough or not _same_subject(asked, figure, other, library):
                continue
            if all(_only(asked, one, library) for one in (figure, other)):
                yield other


def _only(asked: Asked, figure: Stated, library: Library) -> bool:
    """Whether its document gives no other value for the like in that year: of two rounds of one year none is meant."""
    around = told_of(figure, library.units[figure.unit])
    if not is_event(around, around):
        return True
    for like in library.figures.like(figure, _EVENTS):
        same = like.document is figure.document and like.when.year == figure.when.year and like.family == figure.family
        if not same or like.change or like.reach.meets(figure.reach):
            continue
        beside = told_of(like, library.units[like.unit])
        if is_event(beside, beside) and _same_subject(asked, figure, like, library):
            return False
    return True


def _same_subject(asked: Asked, one: Stated, other: Stated, library: Library) -> bool:
    """Whether what the question is about is named nearest to both, and no other name nearer."""
    question = asked.question
    units = [library.units[figure.unit] for figure in (one, other)]
    # two chapters of one document may speak of two subjects under like headings: there the sentence has to name its own
    bare = one.document is other.document and units[0].passage.section.path != units[1].passage.section.path
    return all(_is_of(asked, _names(question), unit, bare=bare) for unit in units)


def _names(question: Question) -> tuple[str, ...]:
    """What the question is about: its first name, or the first word that no dictionary knows, or its subject."""
    unknown = (word for word in content(question.text) if not is_word(word) and not word.isascii())
    found = (*question.names[:1], *unknown, fold(subject_of(question.text)))
    return tuple(name for name in found if name)[:1]


def _is_of(asked: Asked, names: tuple[str, ...], unit: Unit, *, bare: bool) -> bool:
    """Whether the unit speaks of the name: its own words, else the nearest heading that names anyone, else the title."""
    above = () if bare else (*reversed(unit.passage.section.path), unit.document.meta.title)
    for text in (unit.text, *above):
        said = asked.as_asked(close_up(fold(text)))
        if all(match(name, said) >= _NAMED for name in names):
            return True
        found = asked.owners.owning(said, "")
        if (found and not found & asked.owned) or (text in unit.passage.section.path and heading_name(said)):
            return False
    return False

"""Which picture do cited statements make: one measure at several times, or the shares of things that are counted up?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import words
from index.circumstances import Part, Told, When
from index.stated import Stated, stated
from index.types import Span, UnitKind
from index.units import units
from rag.charts.plot import Plot, Point, cleaned
from rag.charts.values import Value, value_of
from rag.types import Citation

_FIELD = re.compile(r"^\W*([^：:。，；\n]{2,16})[：:]")
_TIME = re.compile(
    r"(?:截至|截止|到|在|于|至|自|从)?\s*(?:(?:19|20)?\d\d\s*年(?:[底末初]|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|财年|年度)"
)
_LOOSE = re.compile(r"^[\s的，,为是有达在到至约共已近]+|[\s，,为是有达在到至约共已近的升降增减缩短长到]+$")
_PART: dict[str, str] = {
    **{Part.END: "底", Part.START: "初", Part.FIRST_HALF: "上半年", Part.SECOND_HALF: "下半年"},
    **{"q1": "第一季度", "q2": "第二季度", "q3": "第三季度", "q4": "第四季度"},
}
_AND = re.compile(r"\s*(?:[、，,；;]|以及|和|及|与)+\s*(?:而|以及|和|及|与)?\s*")
_SHARE = re.compile(
    r"(?:以及|和|及|与)?(?P<name>[^\s，。；、：:（()）\d%％]{2,18}?)\s*(?:[（(]|占比?|为|是|达到?|有|约)*\s*(?P<share>\d+(?:\.\d+)?\s*[%％])[）)]?"
)
_NAMING = re.compile("[是为]")
_FEWEST_LISTED = 3


@dataclass(slots=True)
class _Run:
    """Figures of one measure at different times."""

    first: Stated
    things: frozenset[str]
    title: str
    about: str
    values: dict[str, Value] = field(default_factory=dict)
    clear: bool = True  # no time has two values

    def takes(self, figure: Stated, things: frozenset[str], *, beside: bool) -> bool:
        """Whether the figure measures the same: it names nothing else, and where it names nothing it stands beside."""
        if figure.document is not self.first.document or figure.family != self.first.family:
            return False
        return beside if not things else things <= self.things or self.things <= things


def plots(citations: Sequence[Citation]) -> Iterator[Plot]:
    """A plot for each measure that the statements give at two times or more, then one of shares that are listed."""
    prose = [citation for citation in citations if not _in_table(citation) and _quantities(citation)]
    if sum(map(_quantities, prose)) < 2:  # reading what a whole passage states takes its time
        return
    runs = [run for run in _runs(prose) if run.clear and len(run.values) > 1]
    while runs:
        alike = [run for run in runs if _together(run, runs[0])]
        runs = [run for run in runs if run not in alike]
        title = alike[0].title if len(alike) == 1 else alike[0].about
        yield Plot(title, tuple(Point(time, run.title, value) for run in alike for time, value in run.values.items()))
    yield from _listed(prose)


def _in_table(citation: Citation) -> bool:
    start = citation.span.start
    return any(b.table and b.span.start <= start < b.span.end for b in citation.passage.section.blocks)


def _quantities(citation: Citation) -> int:
    return sum(number.kind not in (NumberKind.DATE, NumberKind.RANK) for number in numbers(citation.quote))


def _together(run: _Run, first: _Run) -> bool:
    """Whether two measures go into one picture: at the same times, in the same unit, of one section."""
    same = run.first.family == first.first.family and run.first.document is first.first.document
    return run is first or (same and list(run.values) == list(first.values) and run.about == first.about)


def _runs(citations: Sequence[Citation]) -> list[_Run]:
    runs: list[_Run] = []
    for citation in citations:
        begun = len(runs)
        for figure in _dated(citation):
            value = value_of(figure.number, figure.printed, citation.n)
            if value is None:
                continue
            things = _things(figure)
            fitting = [run for n, run in enumerate(runs) if run.takes(figure, things, beside=n >= begun)]
            if not fitting:
                runs.append(_Run(figure, things, _title(figure, citation), _about(citation)))
            run = fitting[-1] if fitting else runs[-1]
            known = run.values.setdefault(_named(figure.when), value)
            run.clear = run.clear and known.value == value.value
    return runs


def _dated(citation: Citation) -> Iterator[Stated]:
    """The figures of a citation that state their own year; how much something changed is no state of it."""
    around = [unit for unit in units((citation.passage,)) if unit.kind is not UnitKind.ROW]
    for figure in stated(around):
        span, when = figure.number.span, figure.when
        inside = citation.span.start <= span.start and span.end <= citation.span.end
        if inside and when.told is Told.OWN and when.year and when.last == when.year and not figure.change:
            yield figure


def _named(when: When) -> str:
    month = f"{int(when.part)}月" if when.part.isdecimal() else ""
    return f"{when.year}年{month or _PART.get(when.part, '')}"


def _things(figure: Stated) -> frozenset[str]:
    """The nouns of the figure's clause: what it measures, of whom."""
    said = _measure(figure, figure.measure)
    return frozenset(word for word, tag in words(said) if tag.startswith(("n", "vn", "j", "l", "eng")) and len(word) > 1)


def _measure(figure: Stated, clause: Span) -> str:
    """A clause up to its figure, without times."""
    text = figure.document.text[clause.start : max(clause.start, min(clause.end, figure.number.span.start))]
    return _TIME.sub(" ", text)


def _title(figure: Stated, citation: Citation) -> str:
    """What the statement calls it: the name before a colon, else its clause, else what stands before that."""
    named = _FIELD.match(citation.quote)
    if named:
        return cleaned(named[1])
    for start in (figure.measure.start, citation.span.start):
        said = _LOOSE.sub("", _measure(figure, Span(start, figure.number.span.start)))
        if len(said) > 1:
            return cleaned(said)
    return _about(citation)


def _about(citation: Citation) -> str:
    path = citation.passage.section.path
    return cleaned(path[-1] if path else citation.passage.document.meta.title)


def _listed(citations: Sequence[Citation]) -> Iterator[Plot]:
    """Shares that one sentence counts up: 直播（62%）、图文（31%）和音频（7%）."""
    for citation in citations:
        points: list[Point] = []
        for found in _counted_up(citation.quote):
            number = next(numbers(found["share"]))
            value = value_of(number, found["share"], citation.n) if number.kind is NumberKind.SHARE else None
            if value:
                points.append(Point(cleaned(_NAMING.split(found["name"])[-1]), "", value))
        if len(points) >= _FEWEST_LISTED and len({point.label for point in points}) == len(points):
            yield Plot(_about(citation), tuple(points))


def _counted_up(quote: str) -> list[re.Match[str]]:
    """The longest run of names with their shares, with nothing between them; only before the first may a verb stand."""
    longest: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    text = fold(quote)
    for found in _SHARE.finditer(quote):
        joined = (
            bool(run) and bool(_AND.fullmatch(text[run[-1].end() : found.start("name")])) and not _NAMING.search(found["name"])
        )
        run = [*run, found] if joined else [found]
        longest = max(longest, run, key=len)
    return longest

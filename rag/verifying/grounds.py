"""What does a citation say, line by line, each line with what it leaves unsaid?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.circumstances import Told, When
from index.stated import Stated, stated
from index.types import Passage, Section, Unit, UnitKind
from index.units import units
from rag.types import Citation
from rag.verifying.calendar import Day, days
from rag.verifying.content import names_of, terms_of
from rag.verifying.marks import Mark, marks
from rag.verifying.opposites import denials, turns
from rag.verifying.reading import read
from rag.verifying.rows import row

__all__ = ["Grounds", "Line", "grounds"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, item or row that can be cited; `text`, `context` and `before` (the sentence before it) are read."""

    unit: Unit
    text: str
    context: str
    before: str
    marks: tuple[Mark, ...]

    @property
    def around(self) -> str:
        return f"{self.text} {self.context}"


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that one citation carries; `named` is what its document is called, by whom and when published."""

    citation: Citation
    lines: tuple[Line, ...]
    named: str
    days: frozenset[Day]
    heads: tuple[Mark, ...]  # figures in the title and the headings
    text: str  # all of it

    @property
    def n(self) -> int:
        return self.citation.n

    @property
    def title(self) -> str:
        """What the document is called, and when it was published."""
        meta = self.citation.passage.document.meta
        return f"{meta.title} {meta.date}"

    def quotes(self, line: Line) -> bool:
        """Whether the quote stands in the line, or the line in the quote."""
        return line.unit.span.start < self.citation.span.end and self.citation.span.start < line.unit.span.end


def grounds(citation: Citation) -> Grounds:
    """The passage of a citation with its headings, headers and document, read for comparison."""
    return Grounds(citation, *_read(_Same(citation.passage)))


class _Same:
    """A passage as a key: itself and no other, since to hash one would be to hash its whole document."""

    __slots__ = ("passage",)

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    def __hash__(self) -> int:
        return id(self.passage)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.passage is other.passage


@lru_cache(maxsize=256)
def _read(key: _Same) -> tuple[tuple[Line, ...], str, frozenset[Day], tuple[Mark, ...], str]:
    passage = key.passage
    meta = passage.document.meta
    path = read(" ".join(passage.section.path))
    named = "\n".join((read(meta.title), read(meta.publisher), _date(meta.date), path))
    cut = list(units([passage]))
    by_unit: dict[int, list[Stated]] = {}
    for figure in stated(cut):
        by_unit.setdefault(figure.unit, []).append(figure)
    published = int(meta.date[:4]) if meta.date[:4].isdigit() else 0
    lines = tuple(_lines(cut, by_unit, path, published))
    found = {day for line in lines for day in (*days(line.text, published), *days(line.context, published))}
    for line in lines:
        _known(line)
    text = "\n".join((*(line.around for line in lines), named))
    return lines, named, frozenset({*found, *days(named, published)}), marks(named), text


def _known(line: Line) -> None:
    """Reads beforehand what every claim asks of a line; all of it is remembered."""
    turns(line.text), denials(line.text), names_of(line.text), days(line.context), days(line.before)
    for mark in line.marks:
        terms_of(mark.label)


def _date(iso: str) -> str:
    parts = [int(part) for part in iso.split("-") if part.isdigit()]
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _lines(cut: Sequence[Unit], by_unit: dict[int, list[Stated]], path: str, published: int) -> Iterator[Line]:
    before, block = "", -1
    for place, unit in enumerate(cut):
        if id(unit.block) != block:
            block, before = id(unit.block), ""
        figures = by_unit.get(place, [])
        text = read(unit.text)
        if unit.kind is UnitKind.ROW:
            text, found = row(unit, figures)
        else:
            inherited = next(
                (figure.when for figure in figures if figure.when.told is not Told.OWN), _above(unit.passage.section, published)
            )
            found = marks(text, inherited.year, published, inherited)
        context = f"{read(unit.context)} {path}"
        yield Line(unit, text, context, before, found)
        before = text


def _above(section: Section, published: int) -> When:
    """What a sentence inherits that states no figure of its own."""
    years = re.findall(r"(?:19|20)\d\d", " ".join(section.path))
    if len(set(years)) == 1:
        return When(int(years[0]), int(years[0]), "", Told.HEADING)
    return When(published, published, "", Told.DATE)

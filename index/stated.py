"""What does each figure of a unit say: of what, of whom, when, out of how many?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import bases
from index.chinese.amounts import Reach, family, reach
from index.chinese.fold import fold
from index.chinese.headers import unit_in, unit_stated
from index.chinese.numbers import Number, NumberKind, numbers
from index.circumstances import Dated, Told, When, carried, dates, leading, opening, when_of
from index.types import Document, Section, Span, Unit, UnitKind

__all__ = ["Stated", "stated"]

_NO_FIGURE = frozenset({NumberKind.DATE, NumberKind.RANK})
_NONE = Span(0, 0)
# of a text as it is printed: folded, a Chinese comma looks like one within a number
_CLAUSE = re.compile(r"[，；。！？：\n\t]|[,;:](?!\d)")
_CHANGE = re.compile(
    r"(?:增长|增幅|增加|增速|提[高升]|上升|上涨|涨|下[降滑跌]|减少|降幅|跌|多|高出?|低|少|收窄|扩大|同比|环比)[了约近超达\s]*$"
)
_CHANGED = re.compile(r"同比|环比|增[长幅速]|变[动化]|涨跌|降幅")
_EARLIER = re.compile(r"(?:从|由|自)(?:[^，。；\d]{0,8})$")
_TO = re.compile(r"\s*(?:左右)?(?:[^，。；\d]{0,4})(?:增|升|提|降|减|缩|涨|跌|下|扩|上|变|到|至|猛)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a document states it; `number` counts in the base unit, that of a cell taken from its header too."""

    unit: int  # its place in the library's units
    document: Document
    number: Number
    measure: Span  # the clause that says what it measures; of a cell the name of its row
    column: Span  # of a cell: its header
    subject: Span  # of whom, where the text names it
    when: When
    base: Span  # out of how many
    change: bool  # it says by how much something changed

    @property
    def printed(self) -> str:
        return self.number.span.of(self.document.text).strip()

    @property
    def family(self) -> str:
        return family(self.number)

    @property
    def reach(self) -> Reach:
        return reach(self.number, self.printed)


def stated(units: Sequence[Unit]) -> Iterator[Stated]:
    """The figures of these units in order; a unit's number is its place among them."""
    section: Section | None = None
    found_bases: dict[int, Span] = {}
    above, before, block, subject = When(), When(), -1, _NONE
    for place, unit in enumerate(units):
        if unit.passage.section is not section:
            section = unit.passage.section
            found_bases = {id(section.blocks[n]): base for n, base in bases.of_blocks(section).items()}
            above = _above(section)
            block = -1
        if id(unit.block) != block:
            block, before, subject = id(unit.block), _led(unit, above), _NONE
        base = found_bases.get(block, _NONE)
        if unit.kind is UnitKind.ROW:
            yield from _cells(place, unit, before, base)
            continue
        found = _prose(place, unit, before, base, subject)
        yield from found.figures
        before, subject = found.before, found.subject


def _above(section: Section) -> When:
    """What a section's figures inherit: the time in its headings, the deepest first, in the title, or of the document."""
    document = section.document
    published = _published(document)
    for told, names in ((Told.HEADING, tuple(reversed(section.path))), (Told.TITLE, (document.meta.title,))):
        for name in names:
            found = [dated.when for dated in dates(name, 0, published) if dated.when.year]
            if found and len({when.year for when in found}) == 1:
                return When(found[0].year, found[0].last, found[0].part, told)
    return When(published, published, "", Told.DATE) if published else When()


def _led(unit: Unit, above: When) -> When:
    """What the first sentence of a block inherits: the time in the line before its list or table, else what stands above."""
    path = " ".join(unit.passage.section.path[-2:])
    lead = unit.context.removeprefix(path) if unit.kind in (UnitKind.ITEM, UnitKind.FIELD, UnitKind.STATEMENT) else ""
    found = [dated.when for dated in dates(lead, above.year, _published(unit.document)) if not dated.relative]
    return When(found[0].year, found[0].last, found[0].part, Told.BEFORE) if len({when.year for when in found}) == 1 else above


def _published(document: Document) -> int:
    return int(document.meta.date[:4]) if document.meta.date[:4].isdigit() else 0


@dataclass(frozen=True, slots=True)
class _Read:
    """The figures of one sentence, and what the next one inherits."""

    figures: tuple[Stated, ...]
    before: When
    subject: Span


def _prose(place: int, unit: Unit, before: When, base: Span, subject: Span) -> _Read:
    text, start = unit.text, unit.span.start
    folded = fold(text)
    times = dates(text, before.year, _published(unit.document))
    opened = opening(text)
    named = _moved(opened, start) if opened else subject
    found = list(numbers(text))
    taken = [number.span.start for number in found if number.kind not in _NO_FIGURE]
    ahead = [time for time in times if _leads(text, time.span, taken)]
    figures = []
    for number in found:
        if number.kind in _NO_FIGURE:
            continue
        clause = _clause(text, number.span)
        change = bool(_CHANGE.search(folded[clause.start : number.span.start]))
        free = [time for time in times if not (time.compared and _between(found, time.span, number.span))]
        when = _when(folded, number, free, clause, leading(ahead, clause, before), change=change)
        shifted = Number(_moved(number.span, start), number.kind, number.value, number.unit, number.high)
        figures.append(Stated(place, unit.document, shifted, _moved(clause, start), _NONE, named, when, base, change))
    return _Read(tuple(figures), carried(ahead, before), named)


def _leads(text: str, time: Span, figures: Sequence[int]) -> bool:
    """Whether a time dates what follows it too: no figure stands before it, or none in its clause."""
    clause = _clause(text, time)
    return all(place > time.start for place in figures) or not any(clause.start <= place < clause.end for place in figures)


def _between(found: Sequence[Number], first: Span, last: Span) -> bool:
    """Whether a figure stands between two places: 由上年的3.1分钟缩短到1.85分钟 names the year of the first alone."""
    return any(first.end <= n.span.start < last.start and n.kind not in _NO_FIGURE for n in found)


def _when(folded: str, number: Number, times: list[Dated], clause: Span, before: When, *, change: bool) -> When:
    """The time of a figure; the first of 从118家增至146家 is of an earlier time that nobody names."""
    earlier = _EARLIER.search(folded[clause.start : number.span.start]) and _TO.match(folded, number.span.end)
    dated = any(clause.start <= time.span.start < number.span.start for time in times)
    return When() if earlier and not dated else when_of(number, times, clause, change=change, inherited=before)


def _clause(text: str, span: Span) -> Span:
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, span.start)), default=0)
    after = _CLAUSE.search(text, span.end)
    return Span(start, after.start() if after else len(text))


def _cells(place: int, unit: Unit, before: When, base: Span) -> Iterator[Stated]:
    """The figures of a row under the names of row and column, in the unit that one of them gives."""
    text, table = unit.document.text, unit.block.table if unit.block else None
    row = next((cells for cells in table.rows if cells and cells[0].start == unit.span.start), ()) if table else ()
    header = table.rows[table.header_rows - 1] if table and table.header_rows else ()
    corner = header[0].of(text) if header else ""
    # what stands above the table; the unit of one column is not that of the next
    heads = " ".join(cell.of(text) for cells in table.rows[: table.header_rows] for cell in cells) if table else ""
    above = unit.context.removesuffix(heads)
    published = _published(unit.document)
    for column, cell in enumerate(row[1:], start=1):
        head = header[column] if column < len(header) else _NONE
        names = (head.of(text), row[0].of(text), corner)
        when = next((found[0].when for name in names if (found := dates(name, before.year, published))), None)
        if when is None:
            lead = [dated.when for dated in dates(unit.context, before.year, published)]
            when = When(lead[0].year, lead[0].last, lead[0].part, Told.BEFORE) if len({w.year for w in lead}) == 1 else before
        own = bases.stands_in(head.of(text))
        for number in _of_cell(cell.of(text), (*names[1::-1], corner, above)):
            if number.kind in _NO_FIGURE:
                continue
            shifted = Number(_moved(number.span, cell.start), number.kind, number.value, number.unit, number.high)
            change = bool(_CHANGED.search(names[0]))
            yield Stated(
                place, unit.document, shifted, row[0], head, row[0], when, _moved(own, head.start) if own else base, change
            )


def _of_cell(said: str, names: Sequence[str]) -> Iterator[Number]:
    """The figures of a cell; a bare one takes its unit and scale from the first name that gives one."""
    unit = next((unit for name in names if (unit := unit_in(name) or unit_stated(name))), "")
    for number in numbers(said):
        if unit and number.kind is NumberKind.PLAIN:
            given = next(numbers(f"1{unit}"))
            high = None if number.high is None else _exact(number.high * given.value)
            number = Number(number.span, given.kind, _exact(number.value * given.value), given.unit, high)
        yield number


def _exact(value: float) -> float:
    return float(f"{value:.12g}")  # 4.15 times a hundred million is no 415000000.00000006


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)

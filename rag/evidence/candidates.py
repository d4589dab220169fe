"""Which units might answer: those of the best passages, and those found directly, tables opened into their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.chinese.fold import fold
from index.chinese.numbers import numbers
from index.chinese.words import terms, words
from index.library import Library
from index.types import Hit, Span, Unit, UnitKind
from rag.evidence.tables.grid import heads, unit_of
from rag.evidence.types import Candidate
from rag.matching import close_up

_PASSAGES = 16
_DIRECT = 40
_ALL = 20_000  # units; a library no larger is compared whole
_MOST_COLUMNS = 12
_KEPT = 50_000  # units whose candidates are remembered


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates of one question with their cosines, the hits they come from, and what unrelated units' cosines are like."""

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    cosines: NDArray[np.float32]
    words: NDArray[np.float32]  # BM25 of the unit against the best one, 0 to 1
    mean: float
    deviation: float


class Opened:
    """The candidates of each unit of a library, made once: the figures of a sentence do not change with the question."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[int, tuple[Candidate, ...]] = {}

    def __getitem__(self, number: int) -> tuple[Candidate, ...]:
        found = self._made.get(number)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[number] = tuple(_open(self.library.units[number]))
        return found


def gather(opened: Opened, question: str, documents: Sequence[str] = (), variants: Sequence[str] = ()) -> Pool:
    """What might answer the question out of these documents or all; its words are looked for in the variants of it, too."""
    library = opened.library
    hits = library.search(question, _PASSAGES, documents)
    vector = library.embed(question)
    reachable = _reachable(library, hits, documents)
    cosines = library.unit_similarity(vector, reachable)
    words = np.max([library.unit_words.scores(terms(text))[reachable] for text in (question, *variants)], axis=0)
    chosen = {n for hit in hits for n in library.unit_range(library.number(hit.passage))}
    chosen |= {reachable[int(place)] for place in np.argsort(-cosines)[:_DIRECT]}
    chosen |= {reachable[int(place)] for place in np.argsort(-words)[:_DIRECT] if words[place] > 0}
    best = float(words.max(initial=0.0)) or 1.0
    known = dict(zip(reachable, zip(cosines.tolist(), (words / best).tolist(), strict=True), strict=True))
    found: list[Candidate] = []
    rows: list[tuple[float, float]] = []
    for number in sorted(chosen):
        for candidate in opened[number]:
            found.append(candidate)
            rows.append(known[number])
    mean, deviation = (float(cosines.mean()), float(cosines.std())) if len(cosines) else (0.0, 1.0)
    table = np.array(rows, np.float32).reshape(-1, 2)
    return Pool(hits, tuple(found), table[:, 0], table[:, 1], mean, max(deviation, 1e-3))


def _reachable(library: Library, hits: Sequence[Hit], documents: Sequence[str]) -> list[int]:
    if documents:
        ranges = [library.unit_range(p) for name in documents if name in library.documents for p in library.passage_range(name)]
    elif len(library.units) <= _ALL:
        return list(range(len(library.units)))
    else:
        ranges = [library.unit_range(library.number(hit.passage)) for hit in hits]
    return [number for numbers_ in ranges for number in numbers_]


def _open(unit: Unit) -> Iterator[Candidate]:
    text = unit.text
    context = close_up(fold(" ".join((unit.document.meta.title, *unit.passage.section.path, unit.context))))
    if unit.kind is UnitKind.ROW:
        yield from _cells(unit, context)
    else:
        yield Candidate(unit, unit.span, close_up(fold(text)), context, tuple(numbers(text)), names=_names(text))


def _cells(unit: Unit, context: str) -> Iterator[Candidate]:
    """The row as a whole, then each of its cells under its header."""
    text, table = unit.document.text, unit.block.table if unit.block else None
    if table is None:
        return
    row = next(cells for cells in table.rows[table.header_rows :] if cells and cells[0].start == unit.span.start)
    header = heads(table, text)
    whole = close_up(fold(unit.text))
    yield Candidate(unit, unit.span, whole, context, tuple(numbers(unit.text)), label=row[0].of(text), names=_names(unit.text))
    for column, cell in enumerate(row[1:_MOST_COLUMNS], start=1):
        said = cell.of(text)
        if not said.strip():
            continue
        name = header[column] if column < len(header) else ""
        label = f"{row[0].of(text)} · {name}" if name else row[0].of(text)
        corner = header[0] if header else ""
        said += unit_of(said, name, row[0].of(text), corner)
        reading = close_up(fold(f"{row[0].of(text)} {name} {said}"))
        around = f"{context} {fold(corner)}"
        yield Candidate(unit, Span(cell.start, cell.end), reading, around, tuple(numbers(said)), label, column, _names(said))


def _names(text: str) -> frozenset[str]:
    """Which of persons (nr), places (ns) and organisations (nt) a tagger finds in the text."""
    return frozenset(tag[:2] for word, tag in words(text) if tag[:2] in ("nr", "ns", "nt") and len(word) > 1)

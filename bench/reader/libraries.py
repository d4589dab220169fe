"""Lessons out of libraries of our own: what the search brings up for a question, and which of it holds the noted evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.reader.lessons import Lesson
from bench.reader.twins import Siblings
from bench.tuning import Look, looks
from index.chinese.fold import fold
from index.rerankers import NONE
from index.types import Document
from rag.evidence.reading import as_read
from rag.evidence.types import Candidate

__all__ = ["Noted", "documents", "lesson", "lessons", "noted", "right"]

_LOOKED_AT = 24  # candidates of a question that may be wrong ones
_SHORTEST = 4  # characters of a candidate that may be found inside the evidence
_FURNITURE = re.compile(r"[\s|*#>`\-–—•·]+")


@dataclass(frozen=True, slots=True)
class Noted:
    """What the writer of a question noted beside it: the words that carry the answer, as they stand in the file."""

    evidence: tuple[str, ...]
    refuse: bool


def noted(questions: Path) -> dict[str, Noted]:
    """By the question's id; questions without a note are left out."""
    rows = (json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip())
    return {
        row["id"]: Noted(tuple(map(_bare, row["evidence"])), row["refuse"])
        for row in rows
        if row["refuse"] or row.get("evidence")
    }


def lessons(corpus: Path, questions: Path) -> Iterator[tuple[Lesson, Siblings]]:
    """One lesson a question whose evidence was found, or that has none to find, with the words of its library."""
    notes = noted(questions)
    seen = tuple(looks((corpus,), questions, reranker=NONE))
    siblings = Siblings.of(documents(seen))
    for look in seen:
        note = notes.get(look.expected.id)
        if note is None:
            continue
        good = [candidate for candidate in look.candidates[: 4 * _LOOKED_AT] if right(look, candidate, note)]
        if good or note.refuse:
            yield lesson(look, good), siblings


def lesson(look: Look, good: Sequence[Candidate]) -> Lesson:
    """What the search brought up for a question, those that answer apart from the nearest of the others."""
    wrong = (candidate for candidate in look.candidates[:_LOOKED_AT] if not any(candidate is other for other in good))
    return Lesson(fold(look.question), tuple(map(as_read, good)), tuple(map(as_read, wrong)))


def documents(seen: Iterable[Look]) -> Collection[Document]:
    """The documents that the candidates stand in."""
    return {candidate.unit.document.id: candidate.unit.document for look in seen for candidate in look.candidates}.values()


def right(look: Look, candidate: Candidate, note: Noted) -> bool:
    """Whether the candidate holds words that carry the answer, or is held by them and has a figure that was expected."""
    said, unit = _bare(candidate.span.of(candidate.unit.document.text)), candidate.unit
    if unit.document.meta.source not in look.expected.source or not said:
        return False
    row = _bare(unit.text)
    inside = [text for text in note.evidence if (len(said) >= _SHORTEST and said in text) or text in said or row in text]
    if not inside or (candidate.column >= 0 and not any(row in text or text in row for text in inside)):
        return False
    carried = [group for group in look.expected.must if any(_bare(word) in text for text in inside for word in group)]
    return not carried or any(_bare(word) in _bare(candidate.reading) for group in carried for word in group)


def _bare(text: str) -> str:
    return _FURNITURE.sub("", fold(text))

"""What the search for evidence hands on: candidates with their features, and evidence that has been chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.chinese.numbers import Number
from index.types import Passage, Span, Unit


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a candidate against the question, each about 0 to 1 unless said otherwise."""

    similarity: float  # deviations of the cosine above that of unrelated units, a third of it
    words: float  # BM25 of the unit against the best unit
    passage: float  # score of its passage against the best passage
    covered: float  # weighted share of the question's terms it speaks of
    carried: float  # the same, with headings, lead-in, headers and the document's title
    neighbours: float  # the same over the whole passage
    value: float  # a figure, date, name of the kind asked for stands in it
    year: float  # 1 the year asked for, 0 none named, -1 another one
    owner: float  # 0, or how surely it is another organisation's: -1 where the question names one, less where it names none
    subject: float  # share of the names asked for that it or its context holds
    reader: float = 0.0  # log-odds of the reader that it answers; 0 for all where none reads


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit, or one cell of a row, that may answer; `reading` is what it says, folded, `label` names a cell."""

    unit: Unit
    span: Span
    reading: str
    context: str
    values: tuple[Number, ...]
    label: str = ""
    column: int = -1  # of a cell
    names: frozenset[str] = frozenset()  # nr, ns, nt: it names a person, a place, an organisation
    features: Features | None = None
    score: float = 0.0
    held: frozenset[int] = frozenset()  # years that its figures hold in, where it was looked up

    def weighed(self, features: Features | None, score: float) -> Candidate:
        """The same with other features and score, several times as fast as `replace`: a question weighs hundreds, thrice."""
        known = (self.unit, self.span, self.reading, self.context, self.values, self.label, self.column, self.names)
        return Candidate(*known, features, score, self.held)

    @property
    def place(self) -> int | None:
        """Which of its section's blocks it stands in; None for a heading."""
        blocks = self.unit.passage.section.blocks
        return next((n for n, block in enumerate(blocks) if block is self.unit.block), None)


class Shape(StrEnum):
    """How evidence is said."""

    STATEMENT = "statement"
    CELLS = "cells"
    LIST = "list"
    SUMMARY = "summary"  # statements of several passages; `lead` names the document where there are several


@dataclass(frozen=True, slots=True)
class Claim:
    """Words to be said and the characters that carry them; `lead` (a row's name) and `unit` are supplied, not quoted."""

    passage: Passage
    span: Span
    lead: str = ""
    unit: str = ""

    @property
    def quote(self) -> str:
        return self.span.of(self.passage.document.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Claims that answer together, in the order in which they are said; `opening` introduces a list."""

    shape: Shape
    claims: tuple[Claim, ...]
    score: float
    opening: Claim | None = None
    headline: str = ""  # the value or name to lead with, words of a claim
    candidate: Candidate | None = None  # the best of what it was made from
    closing: str = ""  # what is calculated from the claims, said after them and not quoted

"""A question on its way to an answer, and the answer as every channel carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.types import Passage, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation; `role` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person sends: the question, the conversation before it (newest last), the documents to stay within."""

    question: str
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()  # document ids; empty means all


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that carry a claim: `passage.document.text[span.start:span.end] == quote`, always."""

    n: int
    passage: Passage
    span: Span

    @property
    def quote(self) -> str:
        return self.span.of(self.passage.document.text)

    @property
    def url(self) -> str:
        return f"/documents/{self.passage.document.id}#c{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the answer: as printed, its value in the base unit, the unit, and the citation that carries it."""

    text: str
    value: float
    unit: str
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says in a disagreement."""

    text: str
    n: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more sources that say different things about the same subject, measure and time."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each label of a chart, None where the source has none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of cited figures: `n` are the citations its values stand in, series by series, label by label."""

    kind: Literal["bar", "line"]
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    n: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """What a composer wrote and the verifier took out, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, every claim with the citation that carries it; a refusal has no citations and shows what is nearest."""

    question: str
    standalone_question: str
    answered: bool
    text: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    chart: Chart | None = None
    nearest: tuple[Passage, ...] = ()
    suggestions: tuple[str, ...] = ()
    composer: str = "quote"
    notes: tuple[str, ...] = ()
    struck: tuple[Struck, ...] = ()
    index: str = ""  # fingerprint of the index that was asked
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """While an answer is made: what is being done, one of "understand", "search", "read", "compose"."""

    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """While an answer is made: the citations, as soon as they are known."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """While an answer is made: the next words of its text."""

    text: str


Event = Stage | Found | Delta | Answer

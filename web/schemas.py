"""What goes over the wire: the JSON of questions, answers, passages and documents."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from index.library import Counts
from index.types import Document, Hit, Passage, Span, sections
from rag.types import Answer, Chart, Citation

__all__ = [
    "MAX_HISTORY",
    "MAX_QUESTION",
    "MAX_TURN",
    "AnswerOut",
    "AskIn",
    "CitationOut",
    "DocumentOut",
    "DocumentSummary",
    "FeedbackIn",
    "In",
    "PassageOut",
    "SearchOut",
    "TurnIn",
    "answer_out",
    "citation_out",
    "document_out",
    "document_summary",
    "passage_out",
    "search_out",
]

MAX_QUESTION = 2000
MAX_TURN = 20_000
MAX_HISTORY = 100


def _asked(value: str) -> str:
    question = value.strip()
    # control, format and separator characters alone are nothing to answer
    if all(unicodedata.category(character)[0] in "CZ" for character in question):
        raise ValueError("must have at least one visible character")
    if len(question) > MAX_QUESTION:
        raise ValueError(f"has {len(question)} characters; at most {MAX_QUESTION} are taken")
    return question


class In(BaseModel):
    """A request body: a name it does not know is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


class TurnIn(In):
    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=MAX_TURN)]


class AskIn(In):
    question: Annotated[
        str,
        AfterValidator(_asked),
        Field(
            description="1 to 2000 characters",
            examples=["2021年底注册医生有多少？"],
            json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION, "pattern": r"\S"},
        ),
    ]
    history: Annotated[list[TurnIn], Field(max_length=MAX_HISTORY, description="newest last")] = []
    documents: Annotated[list[str], Field(max_length=1000, description="ids to stay within; empty means all")] = []


class FeedbackIn(In):
    helpful: bool
    reason: Annotated[str, Field(max_length=2000)] = ""


class PassageOut(BaseModel):
    document: str
    title: str
    publisher: str
    date: str
    source: str
    section: str
    passage: str
    start: int
    end: int
    url: str


class HitOut(PassageOut):
    score: float


class CitationOut(BaseModel):
    n: int
    document: str
    title: str
    publisher: str
    date: str
    source: str
    section: str
    passage: str
    quote: str
    start: int
    end: int
    url: str


class FigureOut(BaseModel):
    text: str
    value: int | float
    unit: str
    n: int


class SideOut(BaseModel):
    text: str
    n: int


class ConflictOut(BaseModel):
    about: str
    sides: list[SideOut]


class SeriesOut(BaseModel):
    name: str
    values: list[float | None]


class ChartOut(BaseModel):
    kind: Literal["bar", "line"]
    title: str
    unit: str
    labels: list[str]
    series: list[SeriesOut]
    n: list[int]


class StruckOut(BaseModel):
    text: str
    why: str


class AnswerOut(BaseModel):
    """An answer as every channel carries it and as it is kept."""

    id: str
    question: str
    standalone_question: str
    answered: bool
    answer: str
    citations: list[CitationOut]
    figures: list[FigureOut]
    conflicts: list[ConflictOut]
    chart: ChartOut | None = None
    nearest: list[PassageOut]
    suggestions: list[str]
    composer: str
    notes: list[str]
    struck: list[StruckOut] = []
    index: str
    timings_ms: dict[str, float]


class SearchOut(BaseModel):
    query: str
    hits: list[HitOut]


class DocumentSummary(BaseModel):
    id: str
    title: str
    publisher: str
    date: str
    source: str
    kind: str
    note: str
    characters: int
    passages: int
    tables: int
    figures: int
    url: str


class SectionOut(BaseModel):
    path: list[str]
    start: int
    end: int


class DocumentOut(DocumentSummary):
    text: str
    sections: list[SectionOut]


def passage_out(passage: Passage) -> PassageOut:
    return PassageOut(
        **_origin(passage),
        start=passage.span.start,
        end=passage.span.end,
        url=_url(passage.document, passage.span),
    )


def citation_out(citation: Citation) -> CitationOut:
    return CitationOut(
        n=citation.n,
        **_origin(citation.passage),
        quote=citation.quote,
        start=citation.span.start,
        end=citation.span.end,
        url=citation.url,
    )


def answer_out(answer: Answer, answer_id: str) -> AnswerOut:
    """The answer under its id; figures that are whole numbers are written as such."""
    return AnswerOut(
        id=answer_id,
        question=answer.question,
        standalone_question=answer.standalone_question,
        answered=answer.answered,
        answer=answer.text,
        citations=[citation_out(citation) for citation in answer.citations],
        figures=[FigureOut(text=f.text, value=_plain(f.value), unit=f.unit, n=f.n) for f in answer.figures],
        conflicts=[
            ConflictOut(about=conflict.about, sides=[SideOut(text=side.text, n=side.n) for side in conflict.sides])
            for conflict in answer.conflicts
        ],
        chart=_chart_out(answer.chart) if answer.chart else None,
        nearest=[passage_out(passage) for passage in answer.nearest],
        suggestions=list(answer.suggestions),
        composer=answer.composer,
        notes=list(answer.notes),
        struck=[StruckOut(text=one.text, why=one.why) for one in answer.struck],
        index=answer.index,
        timings_ms={name: round(milliseconds, 1) for name, milliseconds in answer.timings_ms.items()},
    )


def _chart_out(chart: Chart) -> ChartOut:
    series = [SeriesOut(name=one.name, values=list(one.values)) for one in chart.series]
    return ChartOut(
        kind=chart.kind, title=chart.title, unit=chart.unit, labels=list(chart.labels), series=series, n=list(chart.n)
    )


def search_out(query: str, hits: tuple[Hit, ...]) -> SearchOut:
    found = [HitOut(**passage_out(hit.passage).model_dump(), score=round(hit.score, 6)) for hit in hits]
    return SearchOut(query=query, hits=found)


def document_summary(document: Document, counts: Counts) -> DocumentSummary:
    meta = document.meta
    return DocumentSummary(
        id=document.id,
        title=meta.title,
        publisher=meta.publisher,
        date=meta.date,
        source=meta.source,
        kind=meta.kind,
        note=meta.note,
        characters=len(document.text),
        passages=counts.passages,
        tables=counts.tables,
        figures=counts.figures,
        url=f"/documents/{document.id}",
    )


def document_out(document: Document, counts: Counts) -> DocumentOut:
    parts = [SectionOut(path=list(part.path), start=part.span.start, end=part.span.end) for part in sections(document)]
    return DocumentOut(**document_summary(document, counts).model_dump(), text=document.text, sections=parts)


def _origin(passage: Passage) -> dict[str, str]:
    meta = passage.document.meta
    return {
        "document": passage.document.id,
        "title": meta.title,
        "publisher": meta.publisher,
        "date": meta.date,
        "source": meta.source,
        "section": " › ".join(passage.section.path),
        "passage": passage.text,
    }


def _url(document: Document, span: Span) -> str:
    return f"/documents/{document.id}#c{span.start}-{span.end}"


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value

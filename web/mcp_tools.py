"""What may a language model call: questions, searches and documents as tools, each with what it takes and gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field

from rag.types import Ask
from web import copies
from web.addresses import absolute, with_addresses
from web.channels.api import ask_of
from web.desk import Desk
from web.schemas import (
    MAX_QUESTION,
    AnswerOut,
    AskIn,
    DocumentSummary,
    HitOut,
    In,
    PassageOut,
    SearchOut,
    SectionOut,
    document_out,
    search_out,
)

__all__ = ["TOOLS", "Said", "Tool"]

EXCERPT = 8000  # characters that a call of read_document gives unless it asks for more or fewer


class SearchIn(In):
    query: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=r"\S", description="words to search for")]
    k: Annotated[int, Field(ge=1, le=20, description="how many passages")] = 5
    documents: Annotated[tuple[str, ...], Field(max_length=1000, description="ids to stay within; empty means all")] = ()


class ReadIn(In):
    document: Annotated[str, Field(description="the id of a document, as citations, passages and resources give it")]
    start: Annotated[int, Field(ge=0, description="the first character to read")] = 0
    length: Annotated[int, Field(ge=1, le=20_000, description="how many characters")] = EXCERPT


class ExcerptOut(DocumentSummary):
    """`text` is the document from `start` to `end`; reading goes on at `next`, which is null at its end."""

    sections: list[SectionOut]
    text: str
    start: int
    end: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """The whole result, and the same for a reader who gets only text."""

    whole: BaseModel
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """`run` gets the desk, an instance of `takes`, and what to put before links; what it gives is an instance of `gives`."""

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Desk, Any, str], Awaitable[Said]]


async def _ask(desk: Desk, given: AskIn, base: str) -> Said:
    asked = ask_of(given)
    desk.check(asked)
    answer = with_addresses(await desk.answer(asked, channel="mcp"), base)
    return Said(answer, _answer_text(answer))


async def _search(desk: Desk, given: SearchIn, base: str) -> Said:
    desk.check(Ask(given.query, documents=given.documents))
    found = search_out(given.query, await desk.search(given.query, given.k, given.documents))
    hits = [hit.model_copy(update={"url": absolute(hit.url, base)}) for hit in found.hits]
    return Said(SearchOut(query=found.query, hits=hits), "\n\n".join(map(_passage_text, hits)) or "No passage has any of this.")


async def _read(desk: Desk, given: ReadIn, base: str) -> Said:
    whole = document_out(desk.document(given.document), desk.bot.library.counts_of(given.document))
    start = min(given.start, whole.characters)
    end = min(start + given.length, whole.characters)
    rest = end if end < whole.characters else None
    summary = whole.model_dump() | {"url": absolute(whole.url, base), "text": whole.text[start:end]}
    excerpt = ExcerptOut(**summary, start=start, end=end, next=rest)
    more = f"; read on at start={rest}" if rest is not None else ""
    head = f"{_origin(excerpt)}; characters {start} to {end} of {whole.characters}{more}"
    return Said(excerpt, f"{head}\n\n{excerpt.text}")


def _answer_text(answer: AnswerOut) -> str:
    """The answer, notes, each citation with its place; of a refusal the nearest passages, said to be no answer."""
    parts = [answer.answer, *(f"Note: {note}" for note in answer.notes)]
    parts += [
        f"{copies.source(one, one.url)} (document {one.document}, characters {one.start}-{one.end})" for one in answer.citations
    ]
    if answer.nearest:
        parts += [
            "The library does not answer this. Nearest passages, which are no answer:",
            *map(_passage_text, answer.nearest),
        ]
    return "\n\n".join(parts)


def _passage_text(passage: PassageOut | HitOut) -> str:
    place = f"document {passage.document}, characters {passage.start}-{passage.end}"
    return f"{_origin(passage)}，{passage.section} ({place}) {passage.url}\n{passage.passage}"


def _origin(passage: PassageOut | ExcerptOut) -> str:
    return "，".join(filter(None, (passage.title, passage.publisher, passage.date)))


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "ask",
            "Ask the library",
            "Answers a question out of a library of Chinese reports on doctors' digital behaviour and medical marketing. "
            "The answer is in the documents' own words; each marker [n] belongs to a citation with the exact quote, its "
            "document, its character offsets and a link. When you pass the answer on, keep figures, units and years as they "
            "are, and keep the markers with their links. If `answered` is false the library does not say it: tell the user so, "
            "and do not answer from memory as if it were cited. Ask in Chinese where you can, one question at a time, with its "
            "subject and year; put earlier turns into `history` for a follow-up.",
            AskIn,
            AnswerOut,
            _ask,
        ),
        Tool(
            "search",
            "Search the library",
            "Passages of the library for some words, best first, each whole with its document, section, character offsets "
            "and link. Use it to look around, or when `ask` finds no answer; a score compares passages of one search only.",
            SearchIn,
            SearchOut,
            _search,
        ),
        Tool(
            "read_document",
            "Read a document",
            "The text of one document from a character on, with its sections; offsets in citations and passages count "
            "characters of this text. Use it to see what stands around a quote before you rely on it.",
            ReadIn,
            ExcerptOut,
            _read,
        ),
    )
}

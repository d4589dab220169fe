"""What goes to the clipboard: an answer with its sources, as Markdown, as plain text, as references."""

from __future__ import annotations

import re
from collections.abc import Iterable

from web.addresses import absolute
from web.excerpts import excerpt
from web.schemas import AnswerOut, CitationOut

__all__ = ["as_markdown", "as_plain", "as_references", "by_document", "source"]

BOLD = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")
LITERAL = re.compile(r"\\([\\*|\[\]#_`>-])")


def as_markdown(answer: AnswerOut, base_url: str) -> str:
    """The answer with its sources below it, to paste elsewhere; links lead back to the cited words."""
    sources = (source(citation, absolute(citation.url, base_url)) for citation in answer.citations)
    return "\n\n".join((f"**{answer.standalone_question}**", answer.answer, *sources))


def source(citation: CitationOut, url: str) -> str:
    """One line: its number, where the words stand, the words, and a link to them."""
    place = "，".join(filter(None, (citation.title, citation.publisher, citation.date, citation.section)))
    return " ".join(f"[{citation.n}] {place}：「{citation.quote}」 {url}".split())


def as_plain(answer: AnswerOut) -> str:
    """The answer and what its numbers stand for, without markup and addresses."""
    said = LITERAL.sub(r"\1", BOLD.sub(r"\1", answer.answer))
    sources = [f"[{c.n}] {_named(c)}：「{excerpt(c.quote)}」" for c in answer.citations]
    return "\n".join((answer.standalone_question, "", said, *([""] if sources else []), *sources))


def as_references(answer: AnswerOut, base_url: str) -> str:
    """One entry a document, as in a list of references: publisher, title, date, the sections cited, where to read them."""
    entries = [
        f"{_named(group[0])}，{'；'.join(dict.fromkeys(_section(c) for c in group))}。{absolute(group[0].url, base_url)}"
        for group in by_document(answer.citations)
    ]
    return "\n".join(entries)


def by_document(citations: Iterable[CitationOut]) -> list[list[CitationOut]]:
    """The citations of one document together, documents in the order in which they are first cited."""
    grouped: dict[str, list[CitationOut]] = {}
    for citation in citations:
        grouped.setdefault(citation.document, []).append(citation)
    return list(grouped.values())


def _named(citation: CitationOut) -> str:
    title = f"《{citation.title}》"
    return "，".join(filter(None, (f"{citation.publisher}：{title}" if citation.publisher else title, citation.date)))


def _section(citation: CitationOut) -> str:
    return citation.section.split(" › ")[-1] or citation.title

"""What could be asked next: tried questions about what stands around the cited words, or around the nearest passages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from index.types import Passage, Span
from rag.suggest.types import Suggested
from rag.types import Answer, Ask

__all__ = ["beside"]

_MOST = 3


def beside(suggested: Iterable[Suggested], ask: Ask, answer: Answer) -> tuple[str, ...]:
    """Up to three, the nearest first; none that was asked already, or whose words have just been read."""
    passages = [citation.passage for citation in answer.citations] or list(answer.nearest)
    cited = [(citation.passage.document.id, citation.span) for citation in answer.citations]
    asked = {_plain(text) for text in (ask.question, answer.standalone_question, *(turn.content for turn in ask.history))}
    near = [
        (_distance(one, passages), place, one.question)
        for place, one in enumerate(suggested)
        if (not ask.documents or one.document in ask.documents)
        and any(passage.document.id == one.document for passage in passages)
        and _plain(one.question) not in asked
        and not any(name == one.document and _within(one.about, span) for name, span in cited)
    ]
    return tuple(question for _, _, question in islice(sorted(near), _MOST))


def _distance(one: Suggested, passages: Iterable[Passage]) -> int:
    """Characters between the nearest of the passages and what the question is about."""
    return min(
        max(one.about.start - passage.span.end, passage.span.start - one.about.end, 0)
        for passage in passages
        if passage.document.id == one.document
    )


def _within(about: Span, cited: Span) -> bool:
    return cited.start <= about.start and about.end <= cited.end


def _plain(question: str) -> str:
    return "".join(character for character in question if character.isalnum())

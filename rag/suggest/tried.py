"""Is a question really answered, out of the words it was made from?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from index.library import Library
from rag.suggest.propose import proposed
from rag.suggest.types import Kind, Suggested
from rag.types import Answer

__all__ = ["holds", "tried"]

_TRIES = 240  # questions in all: seconds of the machine, once an index
_KEPT = 24  # of one document


def tried(library: Library, answer: Callable[[str], Answer]) -> Iterator[Suggested]:
    """Those that hold, one by one; each costs as much as any question."""
    kept: dict[str, int] = {}
    for turn, one in enumerate(proposed(library)):
        if turn >= _TRIES:
            return
        if kept.get(one.document, 0) < _KEPT and holds(one, answer(one.question)):
            kept[one.document] = kept.get(one.document, 0) + 1
            yield one


def holds(one: Suggested, answer: Answer) -> bool:
    """The answer cites what the question was made from; a list is more than one piece, or a sentence that counts them up."""
    text = next((c.passage.document.text for c in answer.citations if c.passage.document.id == one.document), "")
    cited = [
        citation.span
        for citation in answer.citations
        if citation.passage.document.id == one.document
        and citation.span.start < one.about.end
        and one.about.start < citation.span.end
    ]
    listed = len(cited) > 1 or any(re.search("[、；]", span.of(text)) for span in cited)
    return answer.answered and bool(cited) and (listed or one.kind is not Kind.LIST)

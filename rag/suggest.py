"""Which questions the library can certainly answer: made from its own headings, figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest

from index.library import Library
from index.types import Passage, Unit, UnitKind
from rag.types import Answer

_MOST = 3


def examples(library: Library) -> tuple[str, ...]:
    """Up to three questions out of different documents."""
    per_document = [_questions(library.passages[n] for n in library.passage_range(name)) for name in library.documents]
    turns = zip_longest(*per_document)
    return tuple(islice((question for turn in turns for question in turn if question), _MOST))


def beside(library: Library, answer: Answer) -> tuple[str, ...]:
    """Questions that the sections around the cited words, or around the nearest passages, can answer."""
    passages = [citation.passage for citation in answer.citations] or list(answer.nearest)
    found: dict[str, None] = {}
    for passage in passages[:3]:
        at = library.number(passage)
        around = [library.passages[n] for n in (at + 1, at + 2, at - 1) if 0 <= n < len(library.passages)]
        for question in _questions(p for p in around if p.document is passage.document):
            found[question] = None
    return tuple(islice(found, _MOST))


def _questions(passages: Iterator[Passage] | Iterator[Unit]) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    for passage in passages:
        if not isinstance(passage, Passage) or passage.section.path in seen or not passage.section.blocks:
            continue
        seen.add(passage.section.path)
        heading = passage.section.path[-1] if len(passage.section.path) > 1 else ""
        if 4 <= len(heading) <= 22 and not any(mark in heading for mark in "？?：:；;图"):
            yield f"{heading.strip(' 0123456789.一二三四五六七八九十、()（）')}，资料里怎么说？"


__all__ = ["UnitKind", "beside", "examples"]

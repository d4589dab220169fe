"""Which questions might a document answer, the most different ones first?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import TypeVar

from index.library import Library
from index.types import Document, sections
from rag.suggest.prose import of_section, of_unit
from rag.suggest.tables import of_table
from rag.suggest.types import Kind, Suggested

__all__ = ["proposed"]

_MOST = 36  # of one document
_Item = TypeVar("_Item")


def proposed(library: Library) -> Iterator[Suggested]:
    """The documents in turn, and of each the kinds in turn, each document beginning with another; each question once."""
    per_document = [_of_document(library, document, turn) for turn, document in enumerate(library.documents.values())]
    asked: set[str] = set()
    for one in _in_turn(per_document):
        if one.question not in asked:
            asked.add(one.question)
            yield one


def _of_document(library: Library, document: Document, turn: int) -> list[Suggested]:
    """Of each kind one per section before the second of any."""
    kinds = list(Kind)
    kinds = kinds[turn % len(kinds) :] + kinds[: turn % len(kinds)]
    found = _found(library, document)
    shelves = [list(_in_turn([[one for one in part if one.kind is kind] for part in found])) for kind in kinds]
    return list(_in_turn(shelves))[:_MOST]


def _found(library: Library, document: Document) -> list[list[Suggested]]:
    """What each section gives."""
    found: list[list[Suggested]] = []
    starts: list[int] = []
    for section in sections(document):
        tables = (of_table(block.table, document) for block in section.blocks if block.table)
        found.append([*of_section(section), *chain.from_iterable(tables)])
        starts.append(section.span.start)
    at = dict(zip(starts, found, strict=True))
    for number in library.passage_range(document.id):
        place = library.passages[number].section.span.start
        for unit in library.unit_range(number):
            at[place] += of_unit(library.units[unit], unit, library.figures)
    return found


def _in_turn(shelves: Iterable[Iterable[_Item]]) -> Iterator[_Item]:
    """The first of each, the second of each, until all are through."""
    for turn in zip_longest(*shelves):
        yield from (one for one in turn if one is not None)

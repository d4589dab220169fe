"""What a plain pipeline ranks and replies, over the very index that 研答 answers from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from index.chinese.words import terms
from index.fusion import fused
from index.library import Library
from index.types import Document, Hit, Passage, Span, UnitKind
from rag.bot import Bot
from rag.types import Ask

__all__ = ["Reply", "System", "rankings", "replies"]

_DEEP = 100  # so many finds hold all that words found and all that vectors found


class System(StrEnum):
    """Who ranks and replies."""

    YANDA = "yanda"
    SENTENCE = "sentence"  # 研答's ranking; the reply is the best sentence of the first passage, by words and vectors
    WORDS = "words"  # BM25 alone
    VECTORS = "vectors"  # cosines alone


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and the words of which documents are named for it; nothing is said where a question is declined."""

    text: str
    quotes: tuple[tuple[Document, Span], ...] = ()


def rankings(bot: Bot, ask: Ask) -> Mapping[System, tuple[Passage, ...]]:
    """The passages in the order of each system, best first, out of one search."""
    hits = bot.search(ask.question, _DEEP, ask.documents)
    whole = tuple(hit.passage for hit in hits)
    by_words = _ordered([(hit.word_rank, hit) for hit in hits])
    by_vectors = _ordered([(hit.vector_rank, hit) for hit in hits])
    return {System.YANDA: whole, System.SENTENCE: whole, System.WORDS: by_words, System.VECTORS: by_vectors}


def replies(library: Library, question: str, ranked: Mapping[System, Sequence[Passage]]) -> Mapping[System, Reply]:
    """The best sentence of the first passage, chosen by what each baseline ranks by."""
    return {
        system: _best_sentence(library, question, ranked[system][0], system) if ranked[system] else Reply("")
        for system in (System.SENTENCE, System.WORDS, System.VECTORS)
    }


def _ordered(ranked: Sequence[tuple[int | None, Hit]]) -> tuple[Passage, ...]:
    found = [(rank, hit.passage) for rank, hit in ranked if rank is not None]
    return tuple(passage for _, passage in sorted(found, key=lambda one: one[0]))


def _best_sentence(library: Library, question: str, passage: Passage, system: System) -> Reply:
    there = library.unit_range(library.number(passage))
    places = [place for place in there if library.units[place].kind is not UnitKind.HEADING]
    if not places:
        return Reply(passage.text, ((passage.document, passage.span),))
    unit = library.units[places[int(np.argmax(_scores(library, question, places, system)))]]
    return Reply(unit.text, ((unit.document, unit.span),))


def _scores(library: Library, question: str, places: Sequence[int], system: System) -> NDArray[np.float32]:
    asked = terms(question)
    words = library.unit_words.scores(asked)[places]
    cosines = library.unit_similarity(library.embed(question), places)
    if system is System.WORDS:
        return words
    if system is System.VECTORS:
        return cosines
    coverage = library.unit_words.coverage(asked, places[int(np.argmax(words))])
    return fused(words, cosines, coverage, cosines)

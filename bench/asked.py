"""What is asked of which documents, and what a good answer holds: the golden sets, and the shape of every set."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from bench.plan import Corpus, Half
from rag.evaluate import Expected, questions
from rag.types import Ask

__all__ = ["SEED", "AskedSet", "Posed", "golden"]

SEED = 20240607  # of every sample: the same questions each time


@dataclass(frozen=True, slots=True)
class Posed:
    """One question, what its answer has to say, and where that stands."""

    id: str
    ask: Ask
    wanted: tuple[tuple[str, ...], ...]  # of each group one alternative, as in an evaluation file
    sources: frozenset[str]  # names of the files that answer; empty: any may
    verbatim: bool = True  # whether a quotation can hold what is wanted, word for word
    evidences: tuple[str, ...] = ()  # the words that carry the answer, in the reading of each annotator
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class AskedSet:
    """Questions over one folder of documents."""

    name: str
    shelf: str  # sets with the same documents share a shelf, and so an index
    documents: Path
    posed: tuple[Posed, ...]
    by_document: bool = False  # a document is one paragraph, and what is ranked; else passages are
    within: bool = False  # each question is asked of its own document alone
    strangers: tuple[str, ...] = ()  # questions that these documents do not answer


def golden(corpus: Corpus, half: Half, documents: Path, file: Path, most: int = 0) -> AskedSet:
    """The questions of an evaluation file over our documents: all, or a sample of at most so many."""
    asked = questions(file)
    if 0 < most < len(asked):
        asked = tuple(random.Random(SEED).sample(asked, most))
    return AskedSet(f"{corpus}_{half}", corpus, documents, tuple(map(_posed, asked)))


def _posed(expected: Expected) -> Posed:
    return Posed(expected.id, expected.ask, expected.must, frozenset(expected.source), refuse=expected.refuse)

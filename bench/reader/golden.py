"""Lessons out of the development questions, whose evidence nobody noted: what holds the expected words is taken for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from bench.reader.lessons import Lesson
from bench.reader.libraries import documents, lesson
from bench.reader.twins import Siblings
from bench.tuning import CORPORA, GOLDEN, Look, looks
from bench.weigh import held
from index.rerankers import NONE
from rag.evidence.types import Candidate

__all__ = ["golden"]

_SEVERAL = frozenset({"list", "steps", "two", "multi", "compare"})  # each part of the answer is right by itself
_SEARCHED = 60  # candidates that may be right ones
_MOST, _MOST_PARTS = 6, 12  # right ones; more of them hold the words by chance


def golden(data_dirs: Mapping[Path, Path] | None = None) -> Iterator[tuple[Lesson, Siblings]]:
    """One lesson for each development question over each corpus that is there, with the words of the corpus."""
    for corpus in CORPORA:
        seen = tuple(looks((corpus,), GOLDEN, data_dirs, NONE))
        siblings = Siblings.of(documents(seen))
        for look in seen:
            good = () if look.expected.refuse else _right(look)
            if good or look.expected.refuse:
                yield lesson(look, good), siblings


def _right(look: Look) -> tuple[Candidate, ...]:
    near = look.candidates[:_SEARCHED]
    parts = np.array([sum(held(look.expected, candidate)) for candidate in near])
    if not parts.any():
        return ()
    several = look.expected.kind in _SEVERAL
    least = 1 if several else parts.max()
    found = tuple(candidate for candidate, count in zip(near, parts.tolist(), strict=True) if count >= least)
    return found[: _MOST_PARTS if several else _MOST]

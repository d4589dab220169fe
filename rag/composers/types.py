"""What a composer is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from index.library import Library
from index.types import Passage
from rag.english import InEnglish
from rag.evidence.types import Evidence
from rag.types import Citation, Figure, Struck


@dataclass(frozen=True, slots=True)
class Brief:
    """A question that stands alone, the evidence chosen for it, and the passages it was chosen from, best first."""

    question: str
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...]
    library: Library
    english: InEnglish | None = None  # how figures and names are said, where the question is in English


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words: Markdown with markers, the citations they name (numbered from 1, all used), the figures in it."""

    text: str
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    struck: tuple[Struck, ...] = ()
    composer: str = "quote"

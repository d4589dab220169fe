"""Which of the nearest candidates answers? A reader looks at question and candidate together, and its word is weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.chinese.fold import fold
from index.rerankers import Reranker
from rag.evidence.types import Candidate

_NEAREST, _BELOW = 8, 4.5  # how many candidates are read, and how far below the best: reading more changes next to nothing
_TITLE, _CONTEXT = 32, 72  # characters of what a candidate leaves unsaid that are read with it


def reread(question: str, candidates: Sequence[Candidate], reader: Reranker) -> tuple[Candidate, ...]:
    """The same candidates, each with what the reader thinks of it; those it did not read count as the worst it read."""
    nearest = [candidate for candidate in candidates[:_NEAREST] if candidate.score >= candidates[0].score - _BELOW]
    said = reader.scores(fold(question), [as_read(candidate) for candidate in nearest]).tolist()
    rest = min(said, default=0.0)
    thought = [*said, *[rest] * (len(candidates) - len(nearest))]
    return tuple(
        candidate.weighed(replace(candidate.features, reader=score), candidate.score) if candidate.features else candidate
        for candidate, score in zip(candidates, thought, strict=True)
    )


def as_read(candidate: Candidate) -> str:
    """Title and headings, shortened, then what the candidate says."""
    unit = candidate.unit
    before = fold(f"{unit.document.meta.title[:_TITLE]} {unit.context[-_CONTEXT:]}".strip())
    return f"{before} : {candidate.reading}"

"""Which list do several of the best candidates stand in: nobody who asks a wide question wants three entries of five."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from index.library import Library
from index.types import BlockKind
from rag.evidence.features import Asked
from rag.evidence.lists import list_evidence
from rag.evidence.types import Candidate, Evidence
from rag.evidence.wanted_list import wants_list
from rag.question import Kind

_FEW, _HELD = 5, 3  # of so many best candidates so many stand in the list
_NEAR = 3.5  # log-odds that they may lie below the best
_WIDE = frozenset({Kind.OPEN, Kind.WHY, Kind.HOW, Kind.SUMMARY})  # questions that one entry alone seldom answers
_EACH = re.compile(r"各|分别|哪些|列[出举]|依次|逐")


def shared_list(asked: Asked, candidates: Sequence[Candidate], library: Library) -> Evidence | None:
    """The whole list of which three of the five best are entries; None where a single entry may be meant."""
    question = asked.question
    if not (wants_list(question) or question.kind in _WIDE or _EACH.search(fold(question.text))):
        return None
    best = [one for one in candidates[:_FEW] if one.score >= candidates[0].score - _NEAR and one.column < 0]
    entries = [one for one in best if (block := one.unit.block) is not None and block.kind is BlockKind.ITEM]
    if len(entries) < _HELD or entries[0] is not candidates[0]:
        return None
    found = list_evidence(asked, entries, library)
    if found is None:
        return None
    held = sum(any(claim.span.start <= one.span.start < claim.span.end for claim in found.claims) for one in entries)
    return found if held >= _HELD else None

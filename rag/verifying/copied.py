"""Is a claim a copy of a whole quote in which nothing but digits is different?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rag.verifying.claim import Claim
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds
from rag.verifying.reading import read

__all__ = ["miscopied"]

_DIGITS = re.compile(r"(\d+)")
_BESIDE = re.compile(r"[\s|·:：]+")
_LEAST = 6  # characters beside the digits from which words are taken for a copy


def miscopied(claim: Claim, every: Iterable[Grounds]) -> Iterator[Fault]:
    """The digits that differ, where a quote has the very words between them, and no other quote has them with these digits."""
    between, own = _cut(claim.text)
    if not own or sum(map(len, between)) < _LEAST:
        return
    quotes = [_cut(read(ground.citation.quote)) for ground in every]
    printed = [digits for words, digits in quotes if words == between]
    if printed and own not in printed:
        yield from (Fault(Wrong.FIGURE, mine) for mine, theirs in zip(own, printed[0], strict=True) if mine != theirs)


# a gate asks of the same quotes for every sentence, and for every citation that might carry it
@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands between the digits, without what only parts cells, and the digits."""
    pieces = _DIGITS.split(_BESIDE.sub("", text).strip("。.，,；;"))
    return tuple(pieces[::2]), tuple(pieces[1::2])

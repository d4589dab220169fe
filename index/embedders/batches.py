"""Which texts are encoded together: those of like length, as many as bound the memory of a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_CHARACTERS = 1536  # of padded text a batch; more is no faster on a few cores and takes more memory
_LONGEST = 512  # what lies behind is cut off by the usual models anyway


def in_batches(texts: Sequence[str], dimension: int, encode: Callable[[list[str]], NDArray[np.float32]]) -> NDArray[np.float32]:
    """Float32 rows, shape (n, dimension), in the order of the texts, however they were grouped for `encode`."""
    rows = np.zeros((len(texts), dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    start = 0
    for end in range(1, len(order) + 1):
        longest = min(len(texts[order[end]]), _LONGEST) if end < len(order) else 0
        if end == len(order) or (end + 1 - start) * longest > _CHARACTERS:
            rows[order[start:end]] = encode([texts[number] for number in order[start:end]])
            start = end
    return rows

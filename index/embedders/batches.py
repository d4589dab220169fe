"""Which texts are encoded together, and by how many threads: those of like length, in batches that fit a core's cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

_CHARACTERS = 768  # of padded text a batch; more is no faster, pads more and takes more memory
_LONGEST = 512  # what lies behind is cut off by the usual models anyway


def in_batches(
    texts: Sequence[str], dimension: int, encode: Callable[[list[str]], NDArray[np.float32]], threads: int = 1
) -> NDArray[np.float32]:
    """Float32 rows, shape (n, dimension), in the order of the texts, however they were grouped for `encode`."""
    rows = np.zeros((len(texts), dimension), np.float32)
    batches = list(reversed(_batches(texts, threads)))  # the longest first, so that no thread is left with one at the end

    def fill(batch: list[int]) -> None:
        rows[batch] = encode([texts[number] for number in batch])

    if threads == 1 or len(batches) < 2:
        for batch in batches:
            fill(batch)
        return rows
    with ThreadPoolExecutor(min(threads, len(batches))) as pool:
        for _ in pool.map(fill, batches):  # raises what a thread raised
            pass
    return rows


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(texts: Sequence[str], threads: int) -> list[list[int]]:
    """The places of the texts from the shortest on, cut so that every thread gets something."""
    lengths = [min(len(text), _LONGEST) for text in texts]
    limit = min(_CHARACTERS, -(-sum(lengths) // threads))
    order = sorted(range(len(texts)), key=lengths.__getitem__)
    batches: list[list[int]] = [[]]
    for number in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[number] > limit:
            batches.append([])
        batches[-1].append(number)
    return batches if texts else []

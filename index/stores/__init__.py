"""Where vectors live: the protocol, the table of stores, and `create`, which picks one by its setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.stores.faiss import FaissStore

__all__ = ["STORES", "VectorStore", "create"]


class VectorStore(Protocol):
    """Unit-length float32 rows, numbered from 0 in the order they were added; search is by cosine."""

    def __len__(self) -> int: ...

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Rows, shape (n, dimension), numbered on from those already there."""

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: Sequence[int] | NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The numbers of the nearest rows and their cosines, best first; never more than k, or than there are (allowed)."""

    def save(self, path: Path) -> None:
        """Writes everything to one file, flushed to disk."""

    def load(self, path: Path) -> None:
        """Replaces everything by what `save` wrote; IndexCorrupt where it is not that."""


# one line here adds a store; each is made for rows of one dimension
STORES: dict[str, Callable[[int], VectorStore]] = {"faiss": FaissStore}


def create(name: str, dimension: int) -> VectorStore:
    """An empty store of this name."""
    if name not in STORES:
        raise ValueError(f"no store is called {name!r}; set store to one of: {', '.join(STORES)}")
    return STORES[name](dimension)

"""How a text becomes a vector: the protocol, the table of embedders, and `load`, which picks one by its setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedders.bundled import Bundled
from index.embedders.sentence_transformer import OfflineModel

__all__ = ["EMBEDDERS", "Embedder", "Vectors", "load"]

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Unit-length float32 rows, shape (n, dimension), in the order of the texts; nothing is loaded before the first use."""

    @property
    def name(self) -> str:
        """The model and its version: two embedders of one name give the same vectors, but for rounding (cosine 0.997)."""

    @property
    def dimension(self) -> int: ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Rows for what people ask, under the model's prompt for questions."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Rows for what the documents say, under the model's prompt for documents."""


# one line here adds an embedder; any other name is taken for a sentence-transformers model
EMBEDDERS: dict[str, Callable[[], Embedder]] = {"bundled": Bundled}


def load(name: str) -> Embedder:
    """The embedder that the setting names, its model not loaded yet; UnknownEmbedder where there is none on this machine."""
    return EMBEDDERS[name]() if name in EMBEDDERS else OfflineModel.find(name)

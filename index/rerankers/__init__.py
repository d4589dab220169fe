"""How well does a text answer a question? The protocol, the table of rerankers, and `load`, which picks one by its setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.rerankers.bundled import Bundled
from index.rerankers.cross_encoder import OfflineCrossEncoder

__all__ = ["NONE", "RERANKERS", "Reranker", "load"]

NONE = "none"


class Reranker(Protocol):
    """Reads question and text together; nothing is loaded before the first use, and several threads may ask at once."""

    @property
    def name(self) -> str:
        """The model and its version."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds that each text answers the question, shape (texts,), whatever texts stand beside it."""


# one line here adds a reranker; any other name but `none` is taken for a sentence-transformers CrossEncoder
RERANKERS: dict[str, Callable[[], Reranker]] = {"bundled": Bundled}


def load(name: str) -> Reranker | None:
    """The reranker that the setting names, its model not loaded yet; None for `none`; UnknownEmbedder where it is not here."""
    if name == NONE:
        return None
    return RERANKERS[name]() if name in RERANKERS else OfflineCrossEncoder.find(name)

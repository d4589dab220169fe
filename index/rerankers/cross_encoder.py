"""Any sentence-transformers CrossEncoder that lies on this machine, as a folder or in the hub's cache; never the network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedders.sentence_transformer import model_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class OfflineCrossEncoder:
    """A model folder; its raw scores are log-odds, as those of the bge and ms-marco families are."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.name = name
        self._one_at_a_time = Lock()  # torch already uses every core

    @classmethod
    def find(cls, name: str) -> OfflineCrossEncoder:
        """The model of a folder, or of a name whose files the hub's cache holds; UnknownEmbedder where neither does."""
        return cls(model_folder(name, "reranker"), name)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        if not texts:
            return np.zeros(0, np.float32)
        with self._one_at_a_time:
            pairs = [(question, text) for text in texts]
            found = self._model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder  # takes seconds to import

        model: CrossEncoder = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
        return model

"""How the reader's weights lie on disk: matrices in eight bits with a scale for each row, the rest in half precision."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from index.errors import UnknownEmbedder

_SCALE = ".scale"
_LARGEST = 127


def read(path: Path) -> dict[str, torch.Tensor]:
    """Every weight by its name, in float32."""
    try:
        with np.load(path) as stored:
            kept = {name: stored[name] for name in stored.files}
    except (OSError, EOFError, ValueError, zipfile.BadZipFile) as error:
        raise UnknownEmbedder(
            f"the reader's weights in {path} cannot be read: {error}; install again, or set `reranker` to 'none'"
        ) from error
    return {name: torch.from_numpy(_expanded(name, kept)) for name in kept if not name.endswith(_SCALE)}


def write(path: Path, weights: Mapping[str, torch.Tensor]) -> None:
    """Writes what `read` gives back, each matrix to within half a step of 127 for its row."""
    stored: dict[str, np.ndarray] = {}
    for name, weight in weights.items():
        values = weight.detach().to(torch.float32).numpy()
        if values.ndim == 2 and values.shape[0] > 1:
            scale = np.maximum(np.abs(values).max(1, keepdims=True), 1e-12) / _LARGEST
            stored[name] = np.rint(values / scale).astype(np.int8)
            stored[name + _SCALE] = scale.astype(np.float32)
        else:
            stored[name] = values.astype(np.float16)
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def _expanded(name: str, kept: Mapping[str, np.ndarray]) -> np.ndarray:
    values = kept[name].astype(np.float32)
    expanded: np.ndarray = values * kept[name + _SCALE] if name + _SCALE in kept else values
    return expanded

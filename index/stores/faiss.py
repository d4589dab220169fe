"""How vectors are searched in this process: faiss, exact for small libraries, in quantised cells for large ones."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexCorrupt

_RECALL = 0.985  # of the ten true neighbours, measured on the library's own rows when the cells are made
_TRIALS = 64


class FaissStore:
    """Inner product over unit rows: exact up to `exact_up_to` rows, above that cells of 8-bit rows that miss one in fifty."""

    def __init__(self, dimension: int, exact_up_to: int = 50_000) -> None:
        self._dimension = dimension
        self._exact_up_to = exact_up_to
        self._rows: faiss.Index = faiss.IndexFlatIP(dimension)

    def __len__(self) -> int:
        return int(self._rows.ntotal)

    def add(self, vectors: NDArray[np.float32]) -> None:
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self._dimension:
            raise ValueError(f"rows of {self._dimension} numbers are wanted, these have the shape {rows.shape}")
        self._rows.add(rows)
        if isinstance(self._rows, faiss.IndexFlat) and len(self) > self._exact_up_to:
            self._rows = _cells(self._rows.reconstruct_n(0, len(self)))

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: Sequence[int] | NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        k = min(k, len(self) if allowed is None else len(allowed))
        if k <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, numbers = self._rows.search(query, k, params=self._limits(allowed))
        found = numbers[0] >= 0  # faiss fills up with -1
        return numbers[0][found], scores[0][found]

    def save(self, path: Path) -> None:
        # faiss cannot open every path itself: Chinese ones fail on Windows
        with path.open("wb") as file:
            file.write(faiss.serialize_index(self._rows).data)
            file.flush()
            os.fsync(file.fileno())

    def load(self, path: Path) -> None:
        stored = np.fromfile(path, dtype=np.uint8)
        try:
            rows = faiss.deserialize_index(stored)
        except RuntimeError as error:
            raise IndexCorrupt(f"{path} is not a vector index: {_first_line(error)}; run `yanda index --rebuild`") from error
        if rows.d != self._dimension:
            raise IndexCorrupt(f"{path} has rows of {rows.d} numbers instead of {self._dimension}; run `yanda index --rebuild`")
        self._rows = rows

    def _limits(self, allowed: Sequence[int] | NDArray[np.int64] | None) -> faiss.SearchParameters | None:
        if allowed is None:
            return None
        chosen = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
        # faiss's stubs leave out what its constructors take
        if isinstance(self._rows, faiss.IndexIVF):
            # the allowed rows may all lie in far cells
            return faiss.SearchParametersIVF(sel=chosen, nprobe=self._rows.nlist)  # type: ignore[call-arg]
        return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]


def _cells(rows: NDArray[np.float32]) -> faiss.Index:
    """The rows in cells around trained centres, as many of them probed as it takes to reach the recall on trial rows."""
    count, dimension = rows.shape
    cells = int(4 * math.sqrt(count))
    made = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    made.train(rows[:: max(1, count // (cells * 40))])
    made.add(rows)
    trials = rows[:: max(1, count // _TRIALS)]
    exact = faiss.IndexFlatIP(dimension)
    exact.add(rows)
    truth = exact.search(trials, 10)[1]
    made.nprobe = 8
    while made.nprobe < cells and _recall(made.search(trials, 10)[1], truth) < _RECALL:
        made.nprobe = min(cells, made.nprobe * 2)
    return made


def _recall(found: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found.tolist(), truth.tolist(), strict=True)]))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1][:160]

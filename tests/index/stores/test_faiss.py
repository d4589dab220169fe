"""Large libraries: quantised cells instead of exact search."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.stores.faiss import FaissStore

COUNT, DIMENSION = 4000, 32


def unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    chance = np.random.default_rng(7)
    return unit(chance.normal(size=(80, DIMENSION))[chance.integers(80, size=COUNT)] + chance.normal(size=(COUNT, DIMENSION)))


@pytest.fixture(scope="module")
def store(rows: NDArray[np.float32]) -> FaissStore:
    made = FaissStore(DIMENSION, exact_up_to=1000)
    made.add(rows)
    return made


def test_cells_find_nearly_all_true_neighbours(store: FaissStore, rows: NDArray[np.float32]) -> None:
    chance = np.random.default_rng(8)
    questions = unit(rows[chance.integers(COUNT, size=100)] + 0.1 * chance.normal(size=(100, DIMENSION)))
    hits = [len(set(store.search(q, 10)[0].tolist()) & set(np.argsort(-(rows @ q))[:10].tolist())) for q in questions]
    assert np.mean(hits) / 10 >= 0.97


def test_cells_take_a_third_of_the_room(store: FaissStore, rows: NDArray[np.float32], tmp_path: Path) -> None:
    store.save(tmp_path / "rows")
    assert (tmp_path / "rows").stat().st_size < rows.nbytes / 2


def test_allowed_rows_are_found_in_whatever_cell_they_lie(store: FaissStore, rows: NDArray[np.float32]) -> None:
    farthest = np.argsort(rows @ rows[0])[:5]
    assert sorted(store.search(rows[0], 5, farthest)[0].tolist()) == sorted(farthest.tolist())


def test_cells_come_back_from_disk_and_take_more_rows(store: FaissStore, rows: NDArray[np.float32], tmp_path: Path) -> None:
    store.save(tmp_path / "rows")
    again = FaissStore(DIMENSION, exact_up_to=1000)
    again.load(tmp_path / "rows")
    assert again.search(rows[5], 10)[0].tolist() == store.search(rows[5], 10)[0].tolist()
    again.add(-rows[:1])
    assert again.search(-rows[0], 1)[0].tolist() == [COUNT]

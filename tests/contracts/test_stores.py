"""Whatever stands in the table of stores finds what brute force finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import IndexCorrupt
from index.stores import STORES, VectorStore, create

DIMENSION = 24


def rows_of(count: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit rows in bunches, as texts on a few subjects lie."""
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(max(count // 20, 1), DIMENSION))
    rows = middles[chance.integers(len(middles), size=count)] + 0.6 * chance.normal(size=(count, DIMENSION))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> VectorStore:
    return create(request.param, DIMENSION)


@pytest.fixture
def other(request: pytest.FixtureRequest) -> VectorStore:
    return create(request.node.callspec.params["store"], DIMENSION)


def test_search_finds_what_brute_force_finds_with_its_cosines(store: VectorStore) -> None:
    rows = rows_of(300)
    store.add(rows[:120])
    store.add(rows[120:])
    assert len(store) == 300
    for question in rows_of(10, seed=1):
        cosines = rows @ question
        best = np.argsort(-cosines)[:7]
        numbers, scores = store.search(question, 7)
        assert numbers.tolist() == best.tolist()
        np.testing.assert_allclose(scores, cosines[best], atol=1e-5)


def test_search_stays_among_the_allowed(store: VectorStore) -> None:
    rows = rows_of(200)
    store.add(rows)
    allowed = list(range(3, 200, 11))
    question = rows_of(1, seed=2)[0]
    numbers, _ = store.search(question, 5, allowed)
    assert numbers.tolist() == sorted(allowed, key=lambda number: -float(rows[number] @ question))[:5]


@pytest.mark.parametrize(("k", "allowed", "count"), [(50, None, 8), (50, [1, 5], 2), (3, [], 0), (0, None, 0)])
def test_never_more_than_there_are(store: VectorStore, k: int, allowed: list[int] | None, count: int) -> None:
    store.add(rows_of(8))
    numbers, scores = store.search(rows_of(1, seed=3)[0], k, allowed)
    assert len(numbers) == len(scores) == count


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.search(rows_of(1)[0], 5)[0].tolist() == []


def test_rows_of_another_width_are_refused(store: VectorStore) -> None:
    with pytest.raises(ValueError, match="24"):
        store.add(np.ones((2, 7), np.float32))


def test_what_was_saved_comes_back_from_a_path_with_chinese_letters(
    store: VectorStore, other: VectorStore, tmp_path: Path
) -> None:
    rows = rows_of(60)
    store.add(rows)
    (tmp_path / "索引 目录").mkdir()
    path = tmp_path / "索引 目录" / "向量.store"
    store.save(path)
    other.load(path)
    question = rows_of(1, seed=4)[0]
    assert len(other) == 60
    assert other.search(question, 9)[0].tolist() == store.search(question, 9)[0].tolist()


@pytest.mark.parametrize("kept", [0, 10, 0.5])
def test_a_damaged_file_is_refused_with_the_command_that_mends_it(store: VectorStore, tmp_path: Path, kept: float) -> None:
    store.add(rows_of(60))
    path = tmp_path / "rows"
    store.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        store.load(path)


def test_an_unknown_store_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="faiss"):
        create("filing cabinet", DIMENSION)

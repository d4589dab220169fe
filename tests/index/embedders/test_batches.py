"""Texts grouped by length and encoded by several threads come back as if they had been encoded one by one."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from index.embedders.batches import cores, in_batches

TEXTS = [f"第{number}号鸡舍" + "的蛋" * (number * 37 % 90) for number in range(60)]


def lengths(texts: list[str]) -> np.ndarray:
    return np.array([[len(text), hash(text) % 1000] for text in texts], np.float32)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_rows_follow_the_texts_whoever_encoded_them(threads: int) -> None:
    np.testing.assert_array_equal(in_batches(TEXTS, 2, lengths, threads), lengths(TEXTS))


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_no_texts_are_not_encoded(threads: int) -> None:
    def refuse(texts: list[str]) -> np.ndarray:
        raise AssertionError(texts)

    assert in_batches([], 2, refuse, threads).shape == (0, 2)


def test_a_batch_is_bounded_by_its_padded_characters_but_takes_a_text_of_any_length() -> None:
    batches: list[list[str]] = []
    in_batches([*TEXTS, "鹅" * 9000], 2, lambda texts: (batches.append(texts), lengths(texts))[1])
    assert sorted(text for batch in batches for text in batch) == sorted([*TEXTS, "鹅" * 9000])
    assert all(len(batch) * max(map(len, batch)) <= 768 for batch in batches if len(batch) > 1)
    assert len(batches) < len(TEXTS) / 4


def test_few_texts_are_shared_out_among_all_threads() -> None:
    together = threading.Barrier(2, timeout=10)

    def encode(texts: list[str]) -> np.ndarray:
        together.wait()
        return lengths(texts)

    assert in_batches(["鸡", "鸭"], 2, encode, threads=2).shape == (2, 2)


def test_what_goes_wrong_in_a_thread_is_raised() -> None:
    def fail(texts: list[str]) -> np.ndarray:
        raise ValueError(texts[0])

    with pytest.raises(ValueError, match="号鸡舍"):
        in_batches(TEXTS, 2, fail, threads=3)


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1

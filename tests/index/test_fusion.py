"""How words and vectors weigh against each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fused

COSINES = np.array([0.91, 0.90, 0.85, 0.84], np.float32)
WORDS = np.array([0.0, 1.0, 8.0, 0.0], np.float32)


def test_words_that_cover_nothing_leave_the_order_to_the_vectors() -> None:
    assert np.argsort(-fused(WORDS, COSINES, 0.0, COSINES)).tolist() == [0, 1, 2, 3]


def test_words_that_cover_the_question_decide() -> None:
    assert int(np.argmax(fused(WORDS, COSINES, 1.0, COSINES))) == 2


def test_a_wide_lead_of_the_vectors_beats_a_few_shared_words() -> None:
    cosines = np.array([0.95, *[0.82] * 30], np.float32)
    words = np.array([0.0, 3.0, *[1.0] * 29], np.float32)
    assert int(np.argmax(fused(words, cosines, 0.3, cosines))) == 0


@given(st.lists(st.tuples(st.floats(0, 30, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=6), st.floats(0, 1))
def test_scores_are_finite_and_never_fall_when_both_parts_rise(pairs: list[tuple[float, float]], coverage: float) -> None:
    words, cosines = (np.array(column, np.float32) for column in zip(*pairs, strict=True))
    scores = fused(words, cosines, coverage, cosines)
    assert np.isfinite(scores).all()
    for one in range(len(pairs)):
        for other in range(len(pairs)):
            if words[one] >= words[other] and cosines[one] >= cosines[other]:
                assert scores[one] >= scores[other]

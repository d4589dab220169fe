"""Logistic regression against what is known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from bench.logistic import area, crossed, fit, probabilities


@pytest.fixture(scope="module")
def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Four thousand rows whose answers were drawn with odds of 1 + 2·a − 3·b, whatever c is."""
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(4000, 3))
    likely = 1 / (1 + np.exp(-(1 + 2 * rows[:, 0] - 3 * rows[:, 1])))
    return rows, (draw.random(4000) < likely).astype(float)


def test_the_weights_are_those_the_answers_were_drawn_with(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    weights = fit(*drawn, penalty=0.1)
    assert weights == pytest.approx([1, 2, -3, 0], abs=0.25)


def test_probabilities_come_true_as_often_as_they_say(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    rows, right = drawn
    likely = crossed(rows, right, [str(number) for number in range(len(rows))], penalty=0.1)
    for low in (0.1, 0.4, 0.7):
        within = (likely >= low) & (likely < low + 0.2)
        assert right[within].mean() == pytest.approx(likely[within].mean(), abs=0.06)


def test_what_says_nothing_is_no_better_than_chance_where_it_was_not_fitted() -> None:
    draw = np.random.default_rng(5)
    rows, right = draw.normal(size=(600, 20)), (draw.random(600) < 0.5).astype(float)
    fitted = area(probabilities(rows, fit(rows, right, 0.1)), right)
    left_out = area(crossed(rows, right, [str(number) for number in range(600)], 0.1), right)
    assert fitted > 0.55
    assert left_out == pytest.approx(0.5, abs=0.07)


def test_the_area_counts_pairs_in_the_right_order() -> None:
    assert area(np.array([0.1, 0.4, 0.4, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])) == pytest.approx(3.5 / 4)

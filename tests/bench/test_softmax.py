"""Weights from questions: what is fitted ranks the right candidates first, and is the optimum."""

from __future__ import annotations

import numpy as np
import pytest

from bench.softmax import Group, _loss, cross_validated, fit, hits


def made(count: int, truth: list[float], seed: int) -> list[Group]:
    """Questions whose right candidate is the best under `truth`."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        rows = random.normal(size=(12, len(truth)))
        scores = rows @ np.array(truth)
        found.append(Group(rows, scores >= np.sort(scores)[-2]))
    return found


def test_the_weights_point_where_the_right_candidates_are() -> None:
    weights = fit(made(200, [2.0, -1.0, 0.0], seed=1), penalty=0.001)
    assert weights / weights[0] == pytest.approx([1.0, -0.5, 0.0], abs=0.15)


def test_no_small_change_of_a_weight_makes_the_right_candidates_likelier() -> None:
    groups = made(60, [1.0, 0.5], seed=2)
    weights = fit(groups, penalty=0.01)
    best = _loss(groups, weights, 0.01)
    for change in ([0.01, 0], [-0.01, 0], [0, 0.01], [0, -0.01]):
        assert _loss(groups, weights + np.array(change), 0.01) > best


def test_a_heavier_penalty_makes_smaller_weights() -> None:
    groups = made(60, [1.0, 0.5], seed=3)
    assert np.linalg.norm(fit(groups, 1.0)) < np.linalg.norm(fit(groups, 0.01))


def test_hits_count_questions_with_a_right_one_among_the_best() -> None:
    group = Group(np.array([[3.0], [2.0], [1.0]]), np.array([False, True, False]))
    assert hits([group], np.array([1.0]), 1) == 0.0
    assert hits([group], np.array([1.0]), 2) == 1.0
    assert hits([group], np.array([-1.0]), 1) == 0.0


def test_cross_validation_judges_on_what_was_not_fitted() -> None:
    groups = made(100, [2.0, -1.0], seed=4)
    first, third = cross_validated(groups, 0.01, [str(place) for place in range(len(groups))])
    assert 0.9 < first <= third <= 1.0
    noise = [Group(group.rows, np.roll(group.right, 5)) for group in groups]
    assert cross_validated(noise, 0.01, [str(place) for place in range(len(noise))])[0] < 0.5

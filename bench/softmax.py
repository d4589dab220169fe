"""Weights under which the right candidates of each question come first: a softmax over the candidates of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Group", "cross_validated", "fit", "hits"]

Rows = NDArray[np.float64]
_STEPS = 50
_STILL = 1e-6  # a step that changes no weight by more is the last


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one question: features, shape (n, features), and which of them are right, at least one."""

    rows: Rows
    right: NDArray[np.bool_]


def fit(groups: Sequence[Group], penalty: float) -> Rows:
    """The weights, shape (features,), that make the right candidates likeliest; `penalty` is half the L2 coefficient."""
    weights = np.zeros(groups[0].rows.shape[1])
    loss = _loss(groups, weights, penalty)
    for _ in range(_STEPS):
        gradient, curvature = _slopes(groups, weights, penalty)
        step = np.linalg.solve(curvature, gradient)
        # several right candidates bend the loss the other way, so a whole step may be too long
        while (shorter := _loss(groups, weights - step, penalty)) > loss and np.abs(step).max() > _STILL:
            step = step / 2
        if np.abs(step).max() <= _STILL:
            break
        weights, loss = weights - step, shorter
    return weights


def hits(groups: Sequence[Group], weights: Rows, k: int) -> float:
    """The share of questions with a right candidate among the k best."""
    return float(np.mean([group.right[np.argsort(-(group.rows @ weights), kind="stable")[:k]].any() for group in groups]))


def cross_validated(groups: Sequence[Group], penalty: float, names: Sequence[str], folds: int = 5) -> tuple[float, float]:
    """Top-1 and top-3 on questions that the weights were not fitted on; groups of one name stay in one fold."""
    order = np.random.default_rng(0).permutation(sorted(set(names)))
    fold_of = {str(name): place % folds for place, name in enumerate(order)}
    found: list[tuple[int, float, float]] = []
    for fold in range(folds):
        kept = [group for group, name in zip(groups, names, strict=True) if fold_of[name] != fold]
        left = [group for group, name in zip(groups, names, strict=True) if fold_of[name] == fold]
        if kept and left:
            weights = fit(kept, penalty)
            found.append((len(left), hits(left, weights, 1), hits(left, weights, 3)))
    total = sum(size for size, _, _ in found)
    return sum(n * one for n, one, _ in found) / total, sum(n * three for n, _, three in found) / total


def _loss(groups: Sequence[Group], weights: Rows, penalty: float) -> float:
    total = penalty * float(weights @ weights) / 2
    for group in groups:
        scores = group.rows @ weights
        total += (_log_sum(scores) - _log_sum(scores[group.right])) / len(groups)
    return total


def _slopes(groups: Sequence[Group], weights: Rows, penalty: float) -> tuple[Rows, Rows]:
    """Gradient, and the curvature without its negative part, so that it can always be inverted."""
    gradient = penalty * weights
    curvature = penalty * np.eye(len(weights))
    for group in groups:
        likely = _softmax(group.rows @ weights)
        mean = likely @ group.rows
        wanted = _softmax((group.rows @ weights)[group.right]) @ group.rows[group.right]
        gradient = gradient + (mean - wanted) / len(groups)
        centred = group.rows - mean
        curvature = curvature + (centred * likely[:, None]).T @ centred / len(groups)
    return gradient, curvature


def _softmax(scores: Rows) -> Rows:
    raised = np.exp(scores - scores.max())
    shares: Rows = raised / raised.sum()
    return shares


def _log_sum(scores: Rows) -> float:
    return float(scores.max() + np.log(np.exp(scores - scores.max()).sum()))

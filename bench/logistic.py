"""A probability out of signals: logistic regression, and how well it tells yes from no where it was not fitted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["area", "crossed", "fit", "probabilities"]

Rows = NDArray[np.float64]
_STEPS, _STILL = 50, 1e-6


def fit(rows: Rows, right: Rows, penalty: float) -> Rows:
    """Bias, then a weight a column, shape (columns + 1,); `penalty` is half the L2 coefficient, the bias is free."""
    known = np.column_stack([np.ones(len(rows)), rows])
    ridge = penalty * np.eye(known.shape[1])
    ridge[0, 0] = 1e-9
    weights = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-known @ weights))
        gradient = known.T @ (likely - right) + ridge @ weights
        curvature = (known * (likely * (1 - likely))[:, None]).T @ known + ridge
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < _STILL:
            break
    return weights


def probabilities(rows: Rows, weights: Rows) -> Rows:
    """Shape (rows,), from 0 to 1."""
    found: Rows = 1 / (1 + np.exp(-(weights[0] + rows @ weights[1:])))
    return found


def crossed(rows: Rows, right: Rows, names: Sequence[str], penalty: float, folds: int = 5) -> Rows:
    """The probability of each row under weights fitted without it and without any other row of its name."""
    order = np.random.default_rng(0).permutation(sorted(set(names)))
    fold_of = {str(name): place % folds for place, name in enumerate(order)}
    fold = np.array([fold_of[name] for name in names])
    found = np.zeros(len(rows))
    for one in range(folds):
        left = fold == one
        found[left] = probabilities(rows[left], fit(rows[~left], right[~left], penalty))
    return found


def area(scores: Rows, right: Rows) -> float:
    """How often a right one scores above a wrong one: the area under the curve."""
    yes, no = scores[right > 0.5], scores[right <= 0.5]
    return float(((yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])).mean())

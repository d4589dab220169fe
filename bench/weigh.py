"""Which weights rank the candidates best: fitted on the development questions, printed for `rag/evidence/weights.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.softmax import Group, cross_validated, fit, hits
from bench.tuning import CORPORA, GOLDEN, Look, looks
from index.types import UnitKind
from rag.evaluate import Expected, judge
from rag.evidence.types import Candidate, Features
from rag.evidence.weights import is_short
from rag.types import Answer, Citation

__all__ = ["COLUMNS", "groups", "held", "main", "row"]

_SEVERAL = frozenset({"refuse", "multi", "two", "list", "steps"})  # kinds that no single candidate answers
_KINDS = (UnitKind.HEADING, UnitKind.NOTE, UnitKind.ITEM, UnitKind.FIELD)
_PENALTIES = (0.003, 0.01, 0.03)
_FEATURES = tuple(field.name for field in fields(Features))
COLUMNS = (*_FEATURES, *_KINDS, "cell", "short")
_ANY_LENGTH = 10**9


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints cross-validated top-1 and top-3 for several penalties, and the weights of the best."""
    parser = argparse.ArgumentParser(prog="python -m bench.weigh", description="Fits the weights of rag/evidence/weights.py.")
    parser.add_argument("corpora", nargs="*", type=Path, default=CORPORA, metavar="FOLDER")
    parser.add_argument("--golden", type=Path, default=GOLDEN, metavar="FILE.jsonl")
    options = parser.parse_args(arguments)
    found = tuple(groups(looks(options.corpora, options.golden)))
    names = [look.expected.id for look, _ in found]
    sums = [group for _, group in found]
    console = Console(soft_wrap=True)
    table = Table("weights", "top 1", "top 3", title=f"{len(found)} questions, {len(set(names))} of them different")
    table.add_row("as they are", *map(_percent, _as_they_are(found)))
    scores = {penalty: cross_validated(sums, penalty, names) for penalty in _PENALTIES}
    for penalty, shares in scores.items():
        table.add_row(f"fitted, penalty {penalty}, 5 folds", *map(_percent, shares))
    best = max(_PENALTIES, key=lambda penalty: scores[penalty])
    weights = fit(sums, best)
    table.add_row(f"fitted, penalty {best}, on all", *map(_percent, (hits(sums, weights, 1), hits(sums, weights, 3))))
    console.print(table)
    for name, weight in zip(COLUMNS, weights.tolist(), strict=True):
        console.print(f'    "{name}": {weight:.2f},', highlight=False)
    return 0


def groups(seen: Iterator[Look]) -> Iterator[tuple[Look, Group]]:
    """The questions that one statement answers, with the candidates that hold as much of it as any candidate does."""
    for look in seen:
        if look.expected.refuse or look.expected.kind in _SEVERAL or not look.candidates:
            continue
        kept = np.array([held(look.expected, candidate) for candidate in look.candidates])
        reachable = kept.any(axis=0)
        right = np.asarray(kept[:, reachable].all(axis=1), dtype=np.bool_)
        if reachable.any() and right.any():
            yield look, Group(np.array([row(candidate) for candidate in look.candidates]), right)


def held(expected: Expected, candidate: Candidate) -> list[bool]:
    """For each group of `must`: would an answer made of this candidate alone be right about it?"""
    cited = (Citation(1, candidate.unit.passage, candidate.span),)
    answer = Answer(expected.ask.question, expected.ask.question, True, candidate.reading, cited)
    alone = [replace(expected, must=(group,), max_chars=_ANY_LENGTH) for group in expected.must]
    return [not judge(one, answer) for one in alone]


def row(candidate: Candidate) -> list[float]:
    """The candidate under COLUMNS."""
    if candidate.features is None:
        raise ValueError("a candidate without features cannot be weighed")
    known = [float(getattr(candidate.features, name)) for name in _FEATURES]
    kinds = [float(candidate.unit.kind is kind) for kind in _KINDS]
    return [*known, *kinds, float(candidate.column >= 0), float(is_short(candidate))]


def _as_they_are(found: Sequence[tuple[Look, Group]]) -> tuple[float, float]:
    """Top-1 and top-3 in the order in which the bot ranks them, best first."""
    first, third = (float(np.mean([group.right[:k].any() for _, group in found])) for k in (1, 3))
    return first, third


def _percent(share: float) -> str:
    return f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main())

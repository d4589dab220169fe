"""How much does the reader's word count, and from which probability is evidence enough? Fitted on libraries it never saw."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench import logistic, softmax
from bench.reader.libraries import noted, right
from bench.tuning import CALIBRATION, Look, looks
from bench.weigh import COLUMNS, row
from rag.enough import NAMES, Signals
from rag.reasons import NO_MATTER_HOW_LIKELY, Reason

__all__ = ["main"]

_RULES = (Reason.NOTHING, Reason.YEAR, Reason.VALUE, Reason.MEASURE, Reason.NAME, Reason.SUBJECT, Reason.ORDINAL)
_RANKING, _JUDGING = 0.003, 3.0  # penalties
_BARS = (0.3, 0.4, 0.45, 0.5, 0.6)
_DEEP = 60  # candidates


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints both fits for `rag/evidence/weights.py` and `rag/enough.py`, cross-validated, with the reader and without."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibrate", description="Fits how much the reader counts.")
    parser.add_argument("folder", nargs="?", type=Path, default=CALIBRATION, metavar="FOLDER")
    parser.add_argument("--reranker", default="bundled", metavar="NAME")
    options = parser.parse_args(arguments)
    seen = [
        (look, questions)
        for questions in sorted(options.folder.glob("*.jsonl"))
        for look in looks((questions.with_suffix(""),), questions, reranker=options.reranker)
    ]
    console = Console(soft_wrap=True, highlight=False)
    _ranking(seen, console)
    _judging([look for look, _ in seen], console)
    return 0


def _ranking(seen: Sequence[tuple[Look, Path]], console: Console) -> None:
    notes = {path: noted(path) for path in {path for _, path in seen}}
    groups, names = [], []
    for look, path in seen:
        note, near = notes[path].get(look.expected.id), look.candidates[:_DEEP]
        good = np.array([right(look, candidate, note) for candidate in near]) if note and not note.refuse else np.zeros(0, bool)
        if good.any():
            groups.append(softmax.Group(np.array([row(candidate) for candidate in near]), good))
            names.append(f"{path.stem} {look.expected.id}")
    blind = [softmax.Group(_without(group.rows, COLUMNS.index("reader")), group.right) for group in groups]
    table = Table("first candidate, 5 folds", "top 1", "top 3", title=f"{len(groups)} questions")
    for name, known in (("features alone", blind), ("with the reader", groups)):
        table.add_row(name, *(f"{share:.1%}" for share in softmax.cross_validated(known, _RANKING, names)))
    console.print(table)
    for name, weight in zip(COLUMNS, softmax.fit(groups, _RANKING).tolist(), strict=True):
        console.print(f'    "{name}": {weight:.2f},')


def _judging(seen: Sequence[Look], console: Console) -> None:
    known = [(look, look.signals) for look in seen if look.signals and look.signals.objection not in NO_MATTER_HOW_LIKELY]
    names = [f"{look.corpus} {look.expected.id}" for look, _ in known]
    rows = np.array([_signals(signals) for _, signals in known])
    answerable = np.array([float(not look.expected.refuse) for look, _ in known])
    blind = _without(rows, NAMES.index("reader"), NAMES.index("rivals"))
    for name, one in (("features alone", blind), ("with the reader", rows)):
        likely = logistic.crossed(one, answerable, names, _JUDGING)
        table = Table("declined below", "precision", "recall", "answerable ones declined", title=name)
        for bar in _BARS:
            declined, none = likely < bar, answerable == 0
            right_ones = (declined & none).sum()
            shares = (right_ones / max(declined.sum(), 1), right_ones / none.sum(), (declined & ~none).sum() / (~none).sum())
            table.add_row(str(bar), *(f"{share:.1%}" for share in shares))
        console.print(table, f"area under the curve {logistic.area(likely, answerable):.3f}")
    weights = logistic.fit(rows, answerable, _JUDGING).tolist()
    for signal, weight in zip(("bias", *NAMES, *_RULES), weights, strict=True):
        console.print(f'    "{signal}": {weight:.2f},')


def _signals(signals: Signals) -> list[float]:
    rules = [float(signals.objection is rule) for rule in _RULES]
    return [*(float(getattr(signals, name)) for name in NAMES), *rules]


def _without(rows: logistic.Rows, *columns: int) -> logistic.Rows:
    left = rows.copy()
    left[:, list(columns)] = 0
    return left


if __name__ == "__main__":
    sys.exit(main())

"""How often is each reason of `rag/decline.py` wrong: what it declines among questions with an answer and without."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.tuning import CORPORA, GOLDEN, Look, looks
from rag.reasons import Reason

__all__ = ["Fired", "count", "main"]


@dataclass(frozen=True, slots=True)
class Fired:
    """How often a reason declined questions that have an answer, and questions that have none; None: it let them pass."""

    reason: Reason | None
    answerable: int
    refuse: int

    @property
    def right(self) -> float | None:
        """The share of its verdicts that is right; None where it never gave one."""
        total = self.answerable + self.refuse
        good = self.answerable if self.reason is None else self.refuse
        return good / total if total else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, then every question that has an answer and was declined, with what was found missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.refusals", description="How often each reason to decline is wrong.")
    parser.add_argument("corpora", nargs="*", type=Path, default=CORPORA, metavar="FOLDER")
    parser.add_argument("--golden", type=Path, default=GOLDEN, metavar="FILE.jsonl")
    options = parser.parse_args(arguments)
    seen = tuple(looks(options.corpora, options.golden))
    console = Console(soft_wrap=True, highlight=False)
    table = Table("verdict", "have an answer", "have none", "right")
    for fired in count(seen):
        right = "–" if fired.right is None else f"{fired.right:.1%}"
        table.add_row(fired.reason or "enough", str(fired.answerable), str(fired.refuse), right)
    console.print(table)
    for look in seen:
        if look.verdict.reason and not look.expected.refuse:
            missing = f" ({', '.join(look.verdict.missing)})" if look.verdict.missing else ""
            console.print(
                f"{look.corpus} {look.expected.id} {look.verdict.reason}{missing}: {look.expected.ask.question}", markup=False
            )
    return 0


def count(seen: Iterable[Look]) -> tuple[Fired, ...]:
    """Every reason in its order, the verdict “enough” last; a question of several parts is looked at as a whole."""
    fired = Counter((look.verdict.reason, look.expected.refuse) for look in seen)
    return tuple(Fired(reason, fired[reason, False], fired[reason, True]) for reason in (*Reason, None))


if __name__ == "__main__":
    sys.exit(main())

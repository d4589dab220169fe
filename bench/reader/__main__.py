"""Teaches the reader: `python -m bench.reader` writes its weights; an hour or two on two cores, minutes on a GPU."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import Progress

from bench.plan import ROOT
from bench.reader.golden import golden
from bench.reader.lessons import Lesson, public
from bench.reader.libraries import lessons
from bench.reader.train import right_first, teach
from bench.reader.twins import Siblings, twins
from index.rerankers.bundled import WEIGHTS
from index.rerankers.network import Network
from index.rerankers.weights import read, write

_PUBLIC = ROOT.parent / "shared" / "bench" / "cmrc2018_train"  # not ours to hand on
_LIBRARIES = ROOT / "bench" / "library"
_SEED = 0
_TRIAL = 150  # public questions that are kept aside to see how it goes


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass over our lessons, where it has them, and over so many public ones."""

    public: int
    ours: bool
    rate: float
    twins: bool = False  # ours with their twins


# first what an answer is, from many public questions; then what reports are like, with some public ones against forgetting;
# last, that the year, the name and the measure have to be those that were asked for
_PASSES = (_Pass(3200, False, 7e-5), _Pass(500, True, 6e-5), _Pass(500, True, 4e-5), _Pass(500, True, 5e-5, twins=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains on the public set and on `bench/library` and `bench/golden`, then writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description="Teaches the reader what answers a question.")
    parser.add_argument("--public", type=Path, default=_PUBLIC, metavar="FOLDER", help="a set of reading comprehension")
    parser.add_argument("--onto", type=Path, metavar="FILE.npz", help="weights to go on from with the last pass alone")
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="FILE.npz")
    options = parser.parse_args(arguments)
    torch.manual_seed(_SEED)
    console = Console()
    known = random.Random(_SEED).sample(every := list(public(options.public)), len(every))
    trial, known = known[:_TRIAL], known[_TRIAL:]
    found = [*golden(), *_libraries()]
    dice = random.Random(_SEED)
    ours = {False: [one for one, _ in found], True: [twin for one, words in found for twin in twins(one, words, dice)]}
    console.print(f"{len(known)} public lessons, {len(ours[False])} of our own, {len(ours[True])} with their twins")
    network = Network()
    if options.onto:
        network.load_state_dict(dict(read(options.onto)), strict=False)
    for number, one in enumerate(_PASSES):
        chosen, known = known[: one.public], known[one.public :]
        if options.onto and one is not _PASSES[-1]:
            continue
        with Progress(console=console) as bar:
            task = bar.add_task(f"pass {number + 1}", total=None)
            teach(
                network,
                [*chosen, *(ours[one.twins] if one.ours else ())],
                rate=one.rate,
                seed=_SEED + number,
                report=lambda step, steps, loss, bar=bar, task=task: bar.update(  # type: ignore[misc]
                    task, completed=step, total=steps, description=f"loss {loss:.3f}"
                ),
            )
        console.print(f"right sentence first, public questions kept aside: {right_first(network, trial):.1%}")
    write(options.out, network.own_weights())
    return 0


def _libraries() -> Iterator[tuple[Lesson, Siblings]]:
    for questions in sorted(_LIBRARIES.glob("*.jsonl")):
        yield from lessons(questions.with_suffix(""), questions)


if __name__ == "__main__":
    sys.exit(main())

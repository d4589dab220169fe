"""`python -m bench.alterations`: does the gate stop a model that alters its sources, and let a faithful one through?"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench.altering import Kind, altered
from bench.plan import ROOT, Half
from bench.rephrasing import merged, rephrased
from bench.rewordings import checked, documents, reworded
from index.chinese.fold import fold
from rag import assemble
from rag.bot import Bot
from rag.evaluate import questions
from rag.names.trade import is_name
from rag.settings import Settings
from rag.types import Answer, Citation
from rag.verify import Gate, split

__all__ = ["main"]

_SEED = 20_260
_LONG = 400  # characters of the answers that the gate is timed on
_FIGURES = (Kind.DIGIT, Kind.MAGNITUDE, Kind.POINT, Kind.SWAPPED)


@dataclass(frozen=True, slots=True)
class Row:
    """What was put to the gate, how many, and how many of them it judged wrongly."""

    name: str
    asked: int
    wrong: int
    examples: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks the golden questions, changes the answers in every way, and prints how the gate judged."""
    options = _parser().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 180, highlight=False)
    settings = Settings(data_dir=options.data)
    assemble.build_index(settings, (options.digests,))
    bot = assemble.bot(settings)
    answers = tuple(_answers(bot, options.golden, options.questions))
    rows = [*_own(answers), *_unfaithful(answers, bot.names.known), *_faithful(answers), *_by_hand(options.golden)]
    for row in rows:
        console.print(f"| {row.name} | {row.asked} | {row.wrong} | {row.wrong / max(row.asked, 1):.1%} |", markup=False)
        for example in () if Half.HELD_OUT in row.name else row.examples[: options.show]:  # never to be tuned on
            console.print(f"    {example}", markup=False)
    console.print(_timed(answers), markup=False)
    return 0


def _answers(bot: Bot, golden: Path, most: int) -> Iterator[Answer]:
    asked = [question for half in ("development", "held_out") for question in questions(golden / f"{half}.jsonl")]
    for question in asked[: most or None]:
        answer = bot.answer(question.ask)
        if answer.answered:
            yield answer


def _own(answers: Sequence[Answer]) -> Iterator[Row]:
    """The answers as they are: their own words must pass."""
    struck = []
    asked = 0
    for answer in answers:
        gate = Gate(answer.citations, answer.standalone_question)
        for sentence in split(answer.text):
            asked += 1
            struck += [f"{sentence.strip()} … {found.why}" for found in gate.check(sentence).struck]
    yield Row("quoted answers, struck", asked, len(struck), tuple(struck))


def _sentences(answers: Sequence[Answer]) -> Iterator[tuple[Answer, str]]:
    """The cited sentences of the answers, each once."""
    return ((answer, said) for answer, _, said in _led(answers))


def _led(answers: Sequence[Answer]) -> Iterator[tuple[Answer, str, str]]:
    """The same with what leads in the list that they stand in: an entry alone may be true of something else."""
    seen = set()
    for answer in answers:
        led = ""
        for sentence in split(answer.text):
            if sentence.rstrip().endswith("："):
                led = sentence
            elif sentence.strip() and not sentence.startswith("- "):
                led = ""
            # without the sign of a list, and what leads in bold says again
            said = re.sub(
                r"\*\*", "", re.sub(r"^(?:- )?(?:\d+[.、](?!\d)\s*)?(?:\*\*[^*]+\*\*：(?=.*。))?", "", sentence.strip())
            )
            if re.search(r"\[\d+\]$", said) and said not in seen:
                seen.add(said)
                yield answer, led, said


def _of(answer: Answer, sentence: str) -> Citation:
    """The first citation that a sentence marks."""
    marked = re.search(r"\[(\d+)\]", sentence)
    return next(citation for citation in answer.citations if marked and citation.n == int(marked[1]))


def _unfaithful(answers: Sequence[Answer], names: Sequence[str]) -> Iterator[Row]:
    dice = random.Random(_SEED)
    asked: dict[Kind, int] = dict.fromkeys(Kind, 0)
    shown: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    names = [name for name in names if is_name(name) and not re.search("产品|数据|方面|方法|传播|患教|模式", name)]
    for answer, led, sentence in _led(answers):
        own = [name for name in names if name in fold(sentence)]
        own = [sentence[at : at + len(name)] for name in own if (at := fold(sentence).find(name)) >= 0]
        for said in (sentence, *rephrased(sentence, _of(answer, sentence), dice)):
            for change in altered(said, own, names, dice):
                asked[change.kind] += 1
                gate = Gate(answer.citations, answer.standalone_question)
                gate.check(led)
                if not gate.check(f"{'- ' if led else ''}{change.text}").struck:
                    shown[change.kind].append(f"{change.was} → {change.became}: {change.text}")
    yield from (Row(f"altered: {kind}", asked[kind], len(shown[kind]), tuple(shown[kind])) for kind in Kind)


def _faithful(answers: Sequence[Answer]) -> Iterator[Row]:
    dice = random.Random(_SEED)
    struck, asked = [], 0
    before = ""
    for answer, sentence in _sentences(answers):
        wordings = [*rephrased(sentence, _of(answer, sentence), dice)]
        wordings += [merged(before, sentence)] if before and before in answer.text else []
        before = sentence
        for said in wordings:
            asked += 1
            found = Gate(answer.citations, answer.standalone_question).check(said).struck
            struck += [f"{said} … {found[0].why}"] if found else []
    yield Row("reworded by rule, struck", asked, len(struck), tuple(struck))


def _by_hand(golden: Path) -> Iterator[Row]:
    known = documents((ROOT / "bench" / "library", ROOT / "bench" / "unseen", ROOT / "seeds"))
    rows = tuple(reworded(golden / "rewordings.jsonl", known))
    for half in ("development", "held_out"):
        own = [(row, bool(checked(row).struck)) for row in rows if row.half == half]
        true = [(row, struck) for row, struck in own if not row.altered]
        false = [(row, struck) for row, struck in own if row.altered]
        wrongly = tuple(row.text for row, struck in true if struck)
        missed = tuple(f"{row.altered}: {row.text}" for row, struck in false if not struck)
        yield Row(f"reworded by hand, {half}, struck", len(true), len(wrongly), wrongly)
        yield Row(f"altered by hand, {half}, shown", len(false), len(missed), missed)


def _timed(answers: Sequence[Answer]) -> str:
    """What the gate takes over answers of about 400 characters, put together out of those there are."""
    taken = []
    for answer in answers:
        sentences = [sentence for sentence in split(answer.text) if "[" in sentence]
        length = sum(map(len, sentences))
        if not sentences or length > 2 * _LONG:
            continue
        # said otherwise, so that no sentence passes only for being the quote; each once, so that none was read before
        said = [f"资料显示，{sentence.strip()}" for sentence in sentences]
        gate = Gate(answer.citations, answer.standalone_question)
        start = time.process_time()
        for sentence in said:
            gate.check(sentence)
        taken.append((time.process_time() - start) * 1000 * _LONG / sum(map(len, said)))
    taken.sort()
    return f"gate, {_LONG} characters: p50 {statistics.median(taken):.1f} ms, p95 {taken[int(0.95 * len(taken))]:.1f} ms"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.alterations", description="The gate, against a model that alters its sources."
    )
    parser.add_argument("--digests", type=Path, default=ROOT / "seeds", metavar="FOLDER", help="default: seeds")
    parser.add_argument("--golden", type=Path, default=ROOT / "bench" / "golden", metavar="FOLDER", help="the questions")
    parser.add_argument("--questions", type=int, default=0, metavar="N", help="the first N only; 0: all")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="examples of what was judged wrongly")
    parser.add_argument(
        "--data", type=Path, default=ROOT / ".cache" / "alterations", metavar="FOLDER", help="where the index is kept"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

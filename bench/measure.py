"""What is measured, and in which order: the questions in this process, times and memory in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.plan import Corpus, Half, Measure, Plan
from bench.process import index_seconds, served
from rag import assemble
from rag.evaluate import Scoreboard, evaluate, questions
from rag.settings import Settings

__all__ = ["Figures", "Measured", "figures", "measure", "percentile"]

_HOW_MANY = frozenset({"figure", "cell"})

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of one scoreboard; shares from 0 to 1."""

    asked: int
    shares: Mapping[Measure, float]
    kinds: tuple[tuple[str, int, int], ...]  # kind, asked, right
    length: float  # median characters of an answer to a how-many question


@dataclass(frozen=True, slots=True)
class Measured:
    """All that one run found; times in seconds, memory in bytes, None where the system does not tell."""

    quality: Mapping[tuple[Corpus, Half], Figures]
    speed: Mapping[Measure, float | None]
    asked_over_http: int


def measure(plan: Plan, folder: Path, tell: Tell) -> Measured:
    """Measures everything of the plan; indexes are built under `folder`."""
    digests = plan.corpora[Corpus.DIGESTS]
    speed: dict[Measure, float | None] = {}
    tell(f"first index of {digests} …")
    speed[Measure.FIRST_INDEX] = index_seconds(digests, folder / Corpus.DIGESTS)
    tell("server with an index …")
    asked = _serve(plan, folder, speed)
    tell("server that has to index first …")
    with served(digests, folder / "first", "--index") as server:
        speed[Measure.FIRST_START] = server.ready_s
    quality: dict[tuple[Corpus, Half], Figures] = {}
    for corpus, documents in plan.corpora.items():
        if corpus is not Corpus.DIGESTS:
            tell(f"index of {documents} …")
            index_seconds(documents, folder / corpus)
        quality |= _quality(plan, corpus, folder / corpus, tell)
    return Measured(quality, speed, asked)


def figures(board: Scoreboard) -> Figures:
    """The shares of one scoreboard, and its kinds."""
    shares = {
        Measure.ANSWERABLE: board.answerable,
        Measure.ALL: board.accuracy,
        Measure.SUPPORT: board.supported,
        Measure.REFUSAL_PRECISION: board.refusal_precision,
        Measure.REFUSAL_RECALL: board.refusal_recall,
        Measure.DECLINED: board.declined,
        Measure.CARRIED: board.carried,
    }
    return Figures(len(board.kept), shares, board.kinds, board.median_length(_HOW_MANY))


def percentile(values: list[float], percent: int) -> float:
    """The smallest of the values that at least so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _serve(plan: Plan, folder: Path, speed: dict[Measure, float | None]) -> int:
    """Fills in what a server with an index shows; the number of questions it was asked."""
    with served(plan.corpora[Corpus.DIGESTS], folder / Corpus.DIGESTS) as server:
        seconds = [server.ask(one.ask) for path in plan.questions(Corpus.DIGESTS).values() for one in questions(path)]
        speed[Measure.READY] = server.ready_s
        speed[Measure.P50], speed[Measure.P95] = percentile(seconds, 50), percentile(seconds, 95)
        speed[Measure.MEMORY] = server.peak_bytes
    return len(seconds)


def _quality(plan: Plan, corpus: Corpus, data_dir: Path, tell: Tell) -> dict[tuple[Corpus, Half], Figures]:
    bot = assemble.warmed(assemble.bot(Settings(data_dir=data_dir)))
    found = {}
    for half, path in plan.questions(corpus).items():
        tell(f"questions: {corpus}, {half} …")
        found[corpus, half] = figures(evaluate(bot, questions(path)))
    return found

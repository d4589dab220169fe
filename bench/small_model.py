"""`python -m bench.small_model`: what becomes of the golden questions where an LLM, however small, composes under guard?"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from bench.marks import found
from bench.plan import ROOT, Half
from rag import assemble
from rag.evaluate import Expected, judge, questions
from rag.settings import Settings
from rag.types import Answer

__all__ = ["main", "measured"]

_PORT = 8479
_STARTS_WITHIN_S = 120.0
_CONTEXT = 6144
_COLUMNS = (
    "composer",
    "answered",
    "right",
    "citations right",
    "wanted, cited",
    "written",
    "instead",
    "struck",
    "p50 s",
    "p95 s",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares from 0 to 1 over the questions that were answered; `seconds` of an answer as median and 95th percentile."""

    answered: int
    right: float
    precision: float  # of the citations, those of a document that answers
    recall: float  # of what is wanted, what the quotes of such citations hold
    written: float  # answers with words of the model
    instead: float  # answers that the documents' own words gave in its place
    struck: float  # answers in which something was taken out
    seconds: tuple[float, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks a sample of the golden questions twice, with and without the model, and prints both."""
    options = _parser().parse_args(arguments)
    asked = questions(ROOT / "bench" / "golden" / f"{options.half}.jsonl")
    # every so many of them: all kinds are in it
    asked = asked[:: max(1, len(asked) // options.questions)][: options.questions]
    with _served(options) as url:
        settings = {
            "quote": Settings(data_dir=options.data, composer="quote"),
            "llm": Settings(
                data_dir=options.data,
                llm_base_url=url,
                llm_model=options.model,
                llm_api_key=options.key,
                llm_timeout_s=options.timeout,
            ),
        }
        assemble.build_index(settings["quote"], (ROOT / "seeds",))
        rows = {name: measured(_answers(one, asked)) for name, one in settings.items()}
    Console(width=110).print(_table(rows, len(asked)))
    return 0


def measured(answers: Sequence[tuple[Expected, Answer, float]]) -> Measured:
    """How the answers did; refusals are no business of a composer and left out."""
    known = [(expected, answer, seconds) for expected, answer, seconds in answers if answer.answered]
    cited = [_cited(expected, answer) for expected, answer, _ in known if not expected.refuse]
    times = sorted(seconds for *_, seconds in known) or [0.0]
    notes = [answer.composer == "quote" and any("大模型" in n or "LLM" in n for n in answer.notes) for _, answer, _ in known]
    return Measured(
        answered=len(known),
        right=_mean([not judge(expected, answer) for expected, answer, _ in known]),
        precision=_mean([precision for precision, _ in cited]),
        recall=_mean([recall for _, recall in cited]),
        written=_mean([answer.composer == "llm" for _, answer, _ in known]),
        instead=_mean(notes),
        struck=_mean([bool(answer.struck) for _, answer, _ in known]),
        seconds=(statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]),
    )


def _answers(settings: Settings, asked: Sequence[Expected]) -> list[tuple[Expected, Answer, float]]:
    bot = assemble.warmed(assemble.bot(settings))
    given = []
    for expected in asked:
        begun = time.perf_counter()
        answer = bot.answer(expected.ask)
        given.append((expected, answer, time.perf_counter() - begun))
    return given


def _cited(expected: Expected, answer: Answer) -> tuple[float, float]:
    good = [c for c in answer.citations if not expected.source or c.passage.document.meta.source in expected.source]
    quotes = "\n".join(citation.quote for citation in good)
    held = [found((group,), quotes) for group in expected.must]
    return len(good) / max(1, len(answer.citations)), _mean(held)


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 1.0


@contextmanager
def _served(options: argparse.Namespace) -> Iterator[str]:
    """The address given, or that of a llama.cpp server that lives as long as this."""
    if not options.gguf:
        yield options.url
        return
    url = f"http://127.0.0.1:{_PORT}/v1"
    served = ("-m", "llama_cpp.server", "--model", options.gguf, "--port", _PORT, "--n_ctx", _CONTEXT)
    with subprocess.Popen([options.python, *map(str, served)]) as server:
        try:
            _wait(f"{url}/models")
            yield url
        finally:
            server.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            httpx.get(url, timeout=2.0, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(1.0)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {_STARTS_WITHIN_S:g} s")


def _table(rows: dict[str, Measured], asked: int) -> Table:
    table = Table(title=f"{asked} questions")
    for column in _COLUMNS:
        table.add_column(column, justify="left" if column == _COLUMNS[0] else "right")
    for name, row in rows.items():
        shares = (row.right, row.precision, row.recall, row.written, row.instead, row.struck)
        table.add_row(name, str(row.answered), *(f"{share:.3f}" for share in shares), *(f"{one:.1f}" for one in row.seconds))
    return table


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.small_model", description="The LLM composer on golden questions.")
    parser.add_argument("--url", default="http://127.0.0.1:8080/v1", help="an OpenAI-compatible server that runs already")
    parser.add_argument("--model", default="", metavar="NAME", help="which of its models")
    parser.add_argument("--key", default="", help="its key")
    parser.add_argument("--gguf", type=Path, metavar="FILE", help="serves this file with llama-cpp-python instead")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has llama_cpp.server")
    parser.add_argument("--questions", type=int, default=60, metavar="N")
    parser.add_argument("--half", choices=tuple(Half), default=Half.HELD_OUT)
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="llm_timeout_s")
    parser.add_argument("--data", type=Path, default=ROOT / ".cache" / "small_model", metavar="FOLDER", help="the index")
    return parser


if __name__ == "__main__":
    sys.exit(main())

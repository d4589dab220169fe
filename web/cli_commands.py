"""What each command does: it takes the settings and its options, says what there is to say, and returns the exit code."""

from __future__ import annotations

import difflib
import json
import os
import sys
import time
from argparse import Namespace

from pydantic import ValidationError
from rich.console import Console, RenderableType

from index.library import Library
from rag import assemble
from rag import evaluate as scoring
from rag.settings import Settings
from rag.types import Ask
from web import cli_tables as tables
from web.cli_errors import WrongUsage
from web.cli_progress import Bars
from web.saved import ulid
from web.schemas import AskIn, answer_out, search_out

__all__ = ["ask", "check", "evaluate", "index", "mcp", "search", "serve"]

DONE, NO, _, BROKEN = range(4)


def index(settings: Settings, options: Namespace) -> int:
    with Bars() as bars:
        report = assemble.build_index(settings, options.folders, rebuild=options.rebuild, progress=bars.show)
    _print(tables.report(report))
    for skipped in report.skipped:
        Console(stderr=True, soft_wrap=True).print(tables.skipped(skipped))
    return BROKEN if report.skipped else DONE


def ask(settings: Settings, options: Namespace) -> int:
    try:
        question = AskIn(question=options.question).question
    except ValidationError as error:
        raise WrongUsage(f"the question {error.errors()[0]['msg'].removeprefix('Value error, ')}") from error
    bot = assemble.bot(settings)
    answer = bot.answer(Ask(question, documents=_known(options.document, bot.library)))
    if options.json:
        _write_json(answer_out(answer, ulid(time.time(), os.urandom(10))).model_dump())
    else:
        _print(tables.answer(answer))
    return DONE


def search(settings: Settings, options: Namespace) -> int:
    bot = assemble.bot(settings)
    words = " ".join(options.words)
    hits = bot.search(words, options.k, _known(options.document, bot.library))
    if options.json:
        _write_json(search_out(words, hits).model_dump())
    else:
        _print(tables.hits(hits))
    return DONE


def serve(settings: Settings, options: Namespace) -> int:
    from web.cli_serve import serve as run  # the web framework: the other commands start sooner without it

    run(settings, options.host, options.port, index_first=options.index, workers=options.workers)
    return DONE


def mcp(settings: Settings, _options: Namespace) -> int:
    from web.cli_mcp import serve as run  # the same

    run(settings)
    return DONE


def evaluate(settings: Settings, options: Namespace) -> int:
    asked = scoring.questions(options.file)
    board = scoring.evaluate(assemble.warmed(assemble.bot(settings)), asked)
    if options.json:
        _write_json(_scores(board))
    else:
        _print(tables.scoreboard(board))
    return NO if options.at_least is not None and board.accuracy < options.at_least else DONE


def check(settings: Settings, _options: Namespace) -> int:
    from web.cli_check import findings

    wrong = False
    for finding in findings(settings):
        _print(tables.finding(finding))
        wrong |= not finding.well
    return NO if wrong else DONE


def _known(documents: list[str], library: Library) -> tuple[str, ...]:
    for name in documents:
        if name not in library.documents:
            near = difflib.get_close_matches(name, library.documents, n=1, cutoff=0.0)
            raise WrongUsage(f"no document has the id {name!r}; the nearest one is {near[0] if near else 'none'}")
    return tuple(documents)


def _print(shown: RenderableType) -> None:
    console = Console()
    # whatever reads a pipe wants one line where we mean one
    console.print(shown, soft_wrap=not console.is_terminal)


def _write_json(value: object) -> None:
    sys.stdout.write(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n")


def _scores(board: scoring.Scoreboard) -> dict[str, object]:
    return {
        "asked": len(board.kept),
        "accuracy": board.accuracy,
        "kinds": [{"kind": kind, "asked": asked, "right": right} for kind, asked, right in board.kinds],
        "citation_support": board.supported,
        "refusal_precision": board.refusal_precision,
        "refusal_recall": board.refusal_recall,
        "latency_ms": {"p50": board.latency_ms(50), "p95": board.latency_ms(95)},
        "wrong": [{"id": kept.expected.id, "kind": kept.expected.kind, "why": kept.why} for kept in board.kept if kept.why],
    }

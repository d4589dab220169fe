"""`python -m bench.quality`: how good is 研答 beside plain baselines, on our questions and on public ones, in one run?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench.asked import AskedSet, golden
from bench.pages import write_between
from bench.plan import ORIGINALS, ROOT, Corpus, Half
from bench.public import PUBLIC, SHARED, public
from bench.quality_report import as_json, markdown, tables
from bench.scoring import Row, score
from rag import assemble
from rag.settings import Settings

__all__ = ["main"]

_GOLDEN = {f"{corpus}_{half}": (corpus, half) for corpus in (Corpus.DIGESTS, Corpus.ORIGINALS) for half in Half}
_PUBLIC_QUESTIONS = 300  # of each public set, where no other number is given: pins a share down to about five points

_WIDE = 180


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks every set that is there, prints the tables, and writes them into the READMEs where that is wanted."""
    options = _parser().parse_args(arguments)
    # what is kept in a file is as wide as the tables are
    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    aside = Console(stderr=True, highlight=False)
    rows: list[Row] = []
    for name in options.set or (*_GOLDEN, *PUBLIC):
        asked = _asked_set(name, options)
        if asked is None:
            aside.print(f"{name} skipped: its documents are not on this machine")
            continue
        aside.print(f"{name}: {len(asked.posed)} questions over {asked.documents} …")
        rows += _scored(asked, options, aside)
    if options.json:
        console.print(as_json(rows), markup=False, soft_wrap=True)
    else:
        console.print(*tables(rows), sep="\n")
    if options.write:
        for language, page in (("en", "README.md"), ("zh", "README.zh-CN.md")):
            write_between(options.pages / page, markdown(rows, language), "quality")
    return 0


def _asked_set(name: str, options: argparse.Namespace) -> AskedSet | None:
    """The set of that name; None where its documents are missing."""
    if name in PUBLIC:
        if not (options.public / PUBLIC[name].folder).is_dir():
            return None
        most = _PUBLIC_QUESTIONS if options.questions is None else options.questions
        return public(name, options.public, options.data, most, options.paragraphs)
    corpus, half = _GOLDEN[name]
    documents = options.digests if corpus is Corpus.DIGESTS else options.originals
    if not documents.is_dir():
        return None
    return golden(corpus, half, documents, options.golden / f"{half}.jsonl", options.questions or 0)


def _scored(asked: AskedSet, options: argparse.Namespace, aside: Console) -> tuple[Row, ...]:
    settings = Settings(data_dir=options.data / asked.shelf / "index", reranker=options.reranker)
    with aside.status(f"{asked.shelf}: index") as status:
        assemble.build_index(
            settings,
            (asked.documents,),
            progress=lambda stage, done, total: status.update(f"{asked.shelf}: {stage} {done}/{total}"),
        )
    with aside.status(f"{asked.name}: questions"):
        return score(asked, assemble.warmed(assemble.bot(settings)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description="研答 beside plain baselines, in one run.")
    parser.add_argument(
        "--set",
        action="append",
        choices=(*_GOLDEN, *PUBLIC),
        metavar="NAME",
        help=f"again for more; default: all of {', '.join((*_GOLDEN, *PUBLIC))}",
    )
    parser.add_argument(
        "--questions",
        type=int,
        metavar="N",
        help=f"of each set, 0: all; default: all of ours, {_PUBLIC_QUESTIONS} of a public set",
    )
    parser.add_argument(
        "--paragraphs", type=int, default=1000, metavar="N", help="of a public set at most, 0: all; default: 1000"
    )
    parser.add_argument("--reranker", default=Settings().reranker, metavar="NAME", help="as the setting; `none` to go without")
    parser.add_argument("--json", action="store_true", help="prints JSON in the place of tables")
    parser.add_argument("--write", action="store_true", help="writes the tables into the READMEs as well")
    parser.add_argument(
        "--data",
        type=Path,
        default=ROOT / ".cache" / "quality",
        metavar="FOLDER",
        help="where indexes are kept for the next run",
    )
    parser.add_argument("--public", type=Path, default=SHARED, metavar="FOLDER", help="the public sets; skipped without it")
    parser.add_argument("--digests", type=Path, default=ROOT / "seeds", metavar="FOLDER", help="default: seeds")
    parser.add_argument("--originals", type=Path, default=ORIGINALS, metavar="FOLDER", help="skipped without it")
    parser.add_argument("--golden", type=Path, default=ROOT / "bench" / "golden", metavar="FOLDER", help="our questions")
    parser.add_argument("--pages", type=Path, default=ROOT, metavar="FOLDER", help="where the READMEs are")
    return parser


if __name__ == "__main__":
    sys.exit(main())

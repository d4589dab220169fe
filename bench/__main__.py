"""`make bench`: measures quality and speed, and writes both into the READMEs."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from bench.measure import measure
from bench.pages import write_between
from bench.plan import ORIGINALS, OTHER, ROOT, Corpus, Plan
from bench.report import report

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs everything, prints the English tables and writes both languages; 0 also where targets are missed."""
    options = _parser().parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False)
    corpora = {Corpus.DIGESTS: options.digests}
    if options.originals.is_dir():
        corpora[Corpus.ORIGINALS] = options.originals
    else:
        console.print(f"originals skipped: there is no folder {options.originals}")
    if options.other.is_dir():
        corpora[Corpus.OTHER] = options.other
    plan = Plan(corpora, options.golden, {"en": options.pages / "README.md", "zh": options.pages / "README.zh-CN.md"})
    with tempfile.TemporaryDirectory(prefix="yanda-bench-") as folder:
        measured = measure(plan, Path(folder), console.print)
    for language, page in plan.pages.items():
        write_between(page, report(measured, language))
    console.print(Markdown(report(measured, "en")))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measures quality and speed; writes the READMEs' tables."
    )
    parser.add_argument("--digests", type=Path, default=ROOT / "seeds", metavar="FOLDER", help="default: seeds")
    parser.add_argument(
        "--originals",
        type=Path,
        default=ORIGINALS,
        metavar="FOLDER",
        help="the documents that the digests were written from; without the folder they are skipped",
    )
    parser.add_argument(
        "--other", type=Path, default=OTHER, metavar="FOLDER", help="another library, its questions in a .jsonl beside it"
    )
    parser.add_argument("--golden", type=Path, default=ROOT / "bench" / "golden", metavar="FOLDER", help="the questions")
    parser.add_argument("--pages", type=Path, default=ROOT, metavar="FOLDER", help="where the READMEs are")
    return parser


if __name__ == "__main__":
    sys.exit(main())

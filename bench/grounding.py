"""`python -m bench.grounding`: how well does the gate tell a supported continuation from an invented one, on public pairs?"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from bench.public import SHARED
from index.passages import passages
from index.types import Block, BlockKind, Document, Meta, Span
from rag.types import Citation
from rag.verify import Gate, split

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints precision and recall of what the gate strikes; 1 where the pairs are not on this machine."""
    options = _parser().parse_args(arguments)
    console = Console(highlight=False)
    if not options.pairs.is_file():
        console.print(f"{options.pairs} is not there; it is a public set that is not part of this repository")
        return 1
    judged = list(_judged(options.pairs, options.most))
    struck = sum(found for found, _ in judged)
    invented = sum(false for _, false in judged)
    both = sum(found and false for found, false in judged)
    precision, recall = both / max(struck, 1), both / max(invented, 1)
    wrongly = sum(found and not false for found, false in judged) / max(len(judged) - invented, 1)
    console.print(
        f"{len(judged)} pairs, {invented} invented: precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}, supported ones struck {wrongly:.3f}"
    )
    return 0


def _judged(path: Path, most: int) -> Iterator[tuple[bool, bool]]:
    """For each pair whether the gate struck anything of the continuation, and whether that was invented."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            if most and place >= most:
                return
            pair = json.loads(line)
            gate = Gate(_citations(pair["premise"]), "")
            struck = [found for sentence in split(pair["hypothesis"]) for found in gate.check(sentence).struck]
            yield bool(struck), pair["label"] != "supported"


def _citations(text: str) -> tuple[Citation, ...]:
    """Each passage of a text as a citation of itself."""
    blocks, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, Span(place, place + len(line))))
        place += len(line) + 1
    document = Document("premise", text, tuple(blocks), Meta(""))
    return tuple(Citation(n, passage, passage.span) for n, passage in enumerate(passages(document), 1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.grounding", description="The gate as a detector, on public pairs.")
    parser.add_argument(
        "--pairs", type=Path, default=SHARED / "uhgeval" / "pairs.jsonl.gz", metavar="FILE", help="default: uhgeval"
    )
    parser.add_argument("--most", type=int, default=0, metavar="N", help="the first N pairs; 0: all")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""How reports, answers, passages, scores and findings look in a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from index.library import Report, Skipped
from index.types import Hit, Passage
from rag.evaluate import Scoreboard
from rag.types import Answer, Citation

__all__ = ["Finding", "answer", "finding", "hits", "report", "scoreboard", "skipped"]

_EXCERPT = 80  # characters of a passage that show what it is about


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `yanda check`: what was looked at, whether it is well, and what was found, with the command that mends it."""

    subject: str
    well: bool
    text: str


def report(done: Report) -> RenderableType:
    table = _table("documents", "passages", "tables", "figures", "seconds")
    table.add_row(*map(str, (done.documents, done.passages, done.tables, done.figures)), f"{done.seconds:.1f}")
    said = "nothing had changed" if not done.changed else f"{done.changed} file{'s' * (done.changed > 1)} changed"
    return Group(table, Text(said, "dim"))


def skipped(one: Skipped) -> Text:
    return Text(f"skipped {one.path}: {' '.join(one.reason.split())}", "yellow")


def answer(given: Answer) -> RenderableType:
    """The answer, its notes, its sources under their numbers; for a refusal the passages nearest to the subject."""
    parts: list[RenderableType] = [_bold(given.text)]
    parts += [Text(f"({note})", "dim") for note in given.notes]
    if given.citations:
        parts += [Text(), *(_citation(citation) for citation in given.citations)]
    if given.nearest:
        parts += [Text(), Text("nearest in the library:", "dim"), *(_nearest(passage) for passage in given.nearest)]
    return Group(*parts)


def hits(found: Sequence[Hit]) -> RenderableType:
    if not found:
        return Text("no passage has any of this")
    lines: list[RenderableType] = []
    for rank, hit in enumerate(found, 1):
        numbers = Text.assemble(f"{rank:2d} ", (f"{hit.score:.4f}  ", "cyan"))
        lines += [
            Text.assemble(numbers, _origin(hit.passage), (f"  {hit.passage.document.id}", "dim")),
            _indented(_excerpt(hit.passage)),
        ]
    return Group(*lines)


def scoreboard(board: Scoreboard) -> RenderableType:
    """Kinds, measures, and every question that was not answered rightly, with the reason."""
    kinds = _table("kind", "asked", "right", "share")
    for kind, asked, right in board.kinds:
        kinds.add_row(kind or "–", str(asked), str(right), f"{right / asked:.1%}")
    kinds.add_section()
    kinds.add_row("all", str(len(board.kept)), str(sum(kept.right for kept in board.kept)), f"{board.accuracy:.1%}")
    measures = _table("measure", "value")
    measures.add_row("citation support", f"{board.supported:.1%}")
    measures.add_row("refusal precision", f"{board.refusal_precision:.1%}")
    measures.add_row("refusal recall", f"{board.refusal_recall:.1%}")
    measures.add_row("latency p50", f"{board.latency_ms(50):.0f} ms")
    measures.add_row("latency p95", f"{board.latency_ms(95):.0f} ms")
    wrong = [Text(f"{kept.expected.id}: {kept.why}", "yellow") for kept in board.kept if not kept.right]
    return Group(kinds, measures, *wrong)


def finding(one: Finding) -> Text:
    mark = ("ok   ", "green") if one.well else ("WRONG", "bold red")
    return Text.assemble(mark, f"  {one.subject:<9} ", " ".join(one.text.split()))


def _citation(citation: Citation) -> RenderableType:
    head = Text.assemble((f"[{citation.n}] ", "cyan"), _origin(citation.passage))
    return Group(head, _indented(f"“{' '.join(citation.quote.split())}”"))


def _nearest(passage: Passage) -> RenderableType:
    return Group(Text.assemble(("·   ", "cyan"), _origin(passage)), _indented(_excerpt(passage)))


def _indented(text: str) -> Text:
    return Text(f"    {text}")


def _bold(markdown: str) -> Text:
    parts = re.split(r"\*\*(.+?)\*\*", markdown)  # every second part stood between asterisks
    return Text.assemble(*((part, "bold" if place % 2 else "") for place, part in enumerate(parts)))


def _origin(passage: Passage) -> str:
    meta = passage.document.meta
    path = passage.section.path
    section = " › ".join(path[1:] if path[:1] == (meta.title,) else path)  # many documents open with their title
    return " · ".join(filter(None, (meta.title, meta.publisher, meta.date, section)))


def _excerpt(passage: Passage) -> str:
    words = " ".join(passage.text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table

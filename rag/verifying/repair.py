"""What is shown in the place of a claim that did not hold: the cited words themselves, or nothing?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import UnitKind
from rag.matching import match
from rag.verifying.claim import Claim
from rag.verifying.grounds import Grounds, Line
from rag.verifying.rows import cells_of
from rag.verifying.support import weight

__all__ = ["own_words"]

_ENOUGH = 0.45  # of a claim's words that a line must speak of to be said instead
_LONGEST = 160  # characters of what is said instead
_MARKDOWN = re.compile(r"([*_`\[\]<>|\\])")
_END = re.compile(r"[，；、,;：:\s]+$")


def own_words(claim: Claim, found: Sequence[Grounds], said: set[tuple[int, int]]) -> str:
    """The line that speaks most of what was claimed, with its marker; empty where none does enough, or it was said before."""
    total = sum(map(weight, claim.terms))
    best: tuple[float, Grounds, Line] | None = None
    for ground in found:
        for line in ground.lines:
            if line.unit.kind in (UnitKind.HEADING, UnitKind.NOTE) or len(line.unit.text) > _LONGEST:
                continue
            share = sum(weight(t) * max(match(t, line.text), 0.5 * match(t, line.context)) for t in claim.terms)
            share += 0.2 * ground.quotes(line) + 0.3 * bool(claim.marks and line.marks)
            if best is None or share > best[0]:
                best = share, ground, line
    if best is None or total == 0 or best[0] < _ENOUGH * total:
        return ""
    _, ground, line = best
    key = (id(line.unit.document), line.unit.span.start)
    if key in said:
        return ""
    said.add(key)
    return f"{_written(line)}[{ground.n}]"


def _written(line: Line) -> str:
    if line.unit.kind is UnitKind.ROW:
        return _MARKDOWN.sub(r"\\\1", _row(line))
    text = _END.sub("", _MARKDOWN.sub(r"\\\1", " ".join(line.unit.text.split())))
    return text if text.endswith(("。", "！", "？", ".", "!", "?", "”", "）", "…")) else f"{text}。"


def _row(line: Line) -> str:
    """A row with its headers, as printed."""
    text, cells = line.unit.document.text, cells_of(line.unit)
    if not cells.cells:
        return line.unit.text
    said = [
        f"{cells.head(place)}：{cell.of(text)}" if cells.head(place) else cell.of(text)
        for place, cell in enumerate(cells.cells)
        if place and cell.of(text).strip()
    ]
    return f"{cells.cells[0].of(text)}：{'；'.join(said)}。"

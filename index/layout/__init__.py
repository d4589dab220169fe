"""How does text taken out of pages become blocks again: lines joined, furniture gone, headings found?"""

from __future__ import annotations

from index.layout.assemble import assemble
from index.layout.draft import Cell, Draft, compose
from index.layout.furniture import without_furniture
from index.layout.headings import resolve
from index.layout.lines import lines
from index.layout.wrap import measure, untangle, with_lost_bullets

__all__ = ["Cell", "Draft", "compose", "repair"]


def repair(text: str) -> list[Draft]:
    """The blocks of an extracted text in reading order, with nothing lost but the furniture of its pages."""
    kept = without_furniture(lines(text))
    shape = measure(kept)
    kept = with_lost_bullets(kept, shape)
    if shape.columns is not None:
        kept = untangle(kept, shape.columns)
    return resolve(assemble(kept, shape))

"""Out of how many does a share come? The words that give the base of a survey figure, beside, above or below it."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.types import BlockKind, Section, Span

_STANDS = re.compile(
    r"(?:基数|样本(?:量|数)?|base)\s*(?:\d\s*)?[:：为是][^。；;\n]{0,40}?\d[\d,，]*|(?<![a-z])n\s*[=＝]\s*\d[\d,，]*"
)
_EDITOR = re.compile(r"^\W{0,3}(?:编者|整理者)")
_NOTED = re.compile(r"^\W{0,3}(?:基数|样本|base|n\s*[=＝])")
_ALL = re.compile(
    r"(?:基数|样本[量数]?|base)?\W*(?:全部|全体|所有|总)?(?:受访|被访|样本|参与|调研)?(?:者|人群?|医生|患者)?\W*(?:n\W*=)?\W*\d"
)
_LONGEST = 60  # characters of a line that says nothing but the base


def stands_in(text: str) -> Span | None:
    """The words of a text that give a base: 基数：全部受访者，N=1,024."""
    folded = fold(text)
    found = _STANDS.search(folded)
    if found is None or _EDITOR.match(folded):
        return None
    return Span(found.start(), found.end())


def of_blocks(section: Section) -> dict[int, Span]:
    """The base of each block of a section that has one, by the block's place: from the note below it, or the line above."""
    text = section.document.text
    notes: dict[int, Span] = {}
    for place, block in enumerate(section.blocks):
        said = block.span.of(text)
        base = stands_in(said) if _noted(block.kind, said) else None
        if base:
            notes[place] = Span(block.span.start + base.start, block.span.start + base.end)
    if not notes:
        return {}
    last = max(place for place, block in enumerate(section.blocks) if block.kind is not BlockKind.NOTE or place in notes)
    below = last in notes
    return {
        place: base
        for place, block in enumerate(section.blocks)
        if place not in notes and (base := _nearest(notes, place, section, below=below))
    }


def _noted(kind: BlockKind, said: str) -> bool:
    """A note, or a line that says nothing but the base."""
    return kind is BlockKind.NOTE or (len(said) <= _LONGEST and bool(_NOTED.match(fold(said))))


def _nearest(notes: dict[int, Span], place: int, section: Section, *, below: bool) -> Span | None:
    """A table's note stands right beside it; elsewhere a base of all who were asked holds for the section, one of some not."""
    if section.blocks[place].table is not None:
        for beside in (place + 1, place - 1, place + 2, place - 2):
            if beside in notes:
                return notes[beside]
    text = section.document.text
    general = {at: base for at, base in notes.items() if _ALL.match(fold(base.of(text)))}
    if below:
        return next((general.get(at) for at in sorted(notes) if at > place), None)
    return next((general.get(at) for at in sorted(notes, reverse=True) if at < place), None)

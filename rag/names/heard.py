"""What becomes of the names in what a person sends, and what the reader is told of it?"""

from __future__ import annotations

import re
from dataclasses import replace

from index.chinese.fold import fold
from rag.names.book import Names
from rag.names.types import Change
from rag.types import Ask

__all__ = ["is_english", "mended", "notes"]

_LATIN, _HAN = re.compile("[a-z]"), re.compile("[\u3400-\u9fff]")


def mended(ask: Ask, names: Names) -> Ask:
    """The same with slips in names corrected, in the questions before it, too."""
    history = tuple(
        replace(turn, content=names.read(turn.content).shown) if turn.role == "user" else turn for turn in ask.history
    )
    return replace(ask, question=names.read(ask.question).shown, history=history)


def notes(ask: Ask, alone: str, names: Names, english: bool) -> tuple[str, ...]:
    """How names were read that the library does not write so: slips in the question as sent, other names in it as a whole."""
    slips = [change for change in names.read(ask.question).changes if change.slip]
    others = [change for change in names.read(alone).changes if not change.slip and not _obvious(change)]
    return tuple(dict.fromkeys(_said(change, english) for change in (*slips, *others)))


def is_english(alone: str, names: Names) -> bool:
    """Whether a question is in English, whatever the names in it are written in."""
    rest = fold(alone)
    for name in sorted(names.named(alone), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return len(_LATIN.findall(rest)) > 2 * len(_HAN.findall(rest))


def _obvious(change: Change) -> bool:
    """Whether the reader sees that the two are one: 青岚云诊有限公司 and 青岚云诊."""
    return change.said[:2] == change.meant[:2]


def _said(change: Change, english: bool) -> str:
    if english:
        return f"“{change.said}” was read as {change.meant}"
    return f"“{change.said}”按“{change.meant}”理解" if change.slip else f"“{change.said}”即“{change.meant}”"

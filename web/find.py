"""Where in a document do some words stand, whatever their width, case and script, and across line ends?"""

from __future__ import annotations

import re
from itertools import islice

from index.chinese.fold import fold
from index.types import Document, Span

__all__ = ["LONGEST", "MOST", "find"]

LONGEST = 100  # characters that are searched for
MOST = 1000  # places that are shown

# between two characters of a word the paper may have ended
_BREAK = r"(?:[ \t]*\r?\n[ \t]*)?"


def find(document: Document, words: str) -> tuple[Span, ...]:
    """Every place in order, none within another; nothing where no word is asked for."""
    wanted = fold(words[:LONGEST]).split()
    if not wanted:
        return ()
    shape = r"\s*".join(_BREAK.join(map(re.escape, word)) for word in wanted)
    return tuple(Span(*found.span()) for found in islice(re.finditer(shape, fold(document.text)), MOST))

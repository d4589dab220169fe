"""Which lines are rows of a table whose columns are set apart by spaces alone, as text taken out of a PDF has them?"""

from __future__ import annotations

import re
from itertools import groupby

from index.layout.marks import is_value

_APART = re.compile(r"(?<=\S)(?: {2,}|\u3000{2,}| \u3000+|\u3000+ )(?=\S)")
_SENTENCE = re.compile(r"[，。；！？]")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3


def tabbed(lines: list[str]) -> list[str]:
    """The lines, with tabs between the cells of such rows: as many in each, with figures in every row below the first."""
    cells = [_cells(line) for line in lines]
    found: list[str] = []
    for count, members in groupby(range(len(lines)), key=lambda place: len(cells[place])):
        places = list(members)
        if count >= _FEWEST_COLUMNS and len(places) >= _FEWEST_ROWS and all(_valued(cells[p]) for p in places[1:]):
            found += ["\t".join(cells[place]) for place in places]
        else:
            found += [lines[place] for place in places]
    return found


def _cells(line: str) -> list[str]:
    if _SENTENCE.search(line) or "|" in line or "\t" in line:
        return []
    return _APART.split(line.strip(" \u3000\r"))


def _valued(cells: list[str]) -> bool:
    return sum(is_value(cell) for cell in cells[1:]) * 2 >= len(cells) - 1

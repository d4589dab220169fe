"""Where the tables stand: between two markers of a page, everything around them kept."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["END", "START", "NoMarkers", "write_between"]

START, END = "<!-- bench:start -->", "<!-- bench:end -->"


class NoMarkers(Exception):
    """A page that does not say where its tables belong."""


def write_between(page: Path, text: str, block: str = "bench") -> None:
    """Puts `text` between the markers of the block, in the place of what stood there."""
    start, end = START.replace("bench", block), END.replace("bench", block)
    before, found, rest = page.read_text(encoding="utf-8").partition(start)
    _, ended, after = rest.partition(end)
    if not found or not ended:
        raise NoMarkers(f"{page} has no {start} with an {end} after it; put both where the tables belong")
    page.write_text(
        f"{before}{start}\n{re.sub(r'[ ]+$', '', text.strip(), flags=re.MULTILINE)}\n{end}{after}", encoding="utf-8"
    )

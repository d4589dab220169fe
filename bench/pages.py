"""Where the tables stand: between two markers of a page, everything around them kept."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["END", "START", "NoMarkers", "write_between"]

START, END = "<!-- bench:start -->", "<!-- bench:end -->"


class NoMarkers(Exception):
    """A page that does not say where its tables belong."""


def write_between(page: Path, text: str) -> None:
    """Puts `text` between the markers in the place of what stood there."""
    before, found, rest = page.read_text(encoding="utf-8").partition(START)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise NoMarkers(f"{page} has no {START} with an {END} after it; put both where the tables belong")
    page.write_text(
        f"{before}{START}\n{re.sub(r'[ ]+$', '', text.strip(), flags=re.MULTILINE)}\n{END}{after}", encoding="utf-8"
    )

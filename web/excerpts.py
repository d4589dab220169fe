"""How are a document's words shown on one line: without layout signs, a short quote among the words around it."""

from __future__ import annotations

import re

from markupsafe import Markup

from web.schemas import CitationOut

__all__ = ["excerpt", "in_context"]

RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
LAYOUT = re.compile(r"^\s*(?:#{1,6}\s|>\s?|[-*+•]\s)+|\*\*")
CELL = re.compile(r"[|\t]")
BARE = 16  # characters up to which a quote, such as a cell, says little by itself
AHEAD, BEHIND = 20, 40  # characters shown on either side of it: one line, and the quote not at its end


def excerpt(text: str, section: str = "") -> str:
    """Words of a document on one line, without layout signs and without the heading that ends `section`; not to quote."""
    lines = [LAYOUT.sub("", line).strip() for line in text.splitlines() if line.strip() and not RULE.fullmatch(line)]
    if len(lines) > 1 and lines[0] == section.split(" › ")[-1]:
        del lines[0]
    joined = " ".join(" · ".join(filter(None, map(str.strip, CELL.split(line)))) for line in lines)
    return re.sub(r"(?<=[，、；。]) ", "", joined)


def in_context(citation: CitationOut) -> Markup:
    """The quote; a bare one in bold among the words of its line, where there is but one such place in the passage."""
    quote, passage = citation.quote, citation.passage
    at = _only_place(quote, passage) if len(quote) <= BARE and "\n" not in quote else None
    if at is None:
        return Markup.escape(excerpt(quote))
    before = passage[:at].rpartition("\n")[2]
    after = passage[at + len(quote) :].partition("\n")[0]
    # a bar at either end of the line sets nothing apart
    ahead = _cells_apart(re.sub(r"^\s*\|\s*", "", before))
    behind = _cells_apart(re.sub(r"\s*\|\s*$", "", after))[:BEHIND]
    ahead = f"…{ahead[-AHEAD:]}" if len(ahead) > AHEAD else ahead
    if not ahead and not behind:
        return Markup.escape(excerpt(quote))
    return Markup('<span class="around">{}<b>{}</b>{}</span>').format(ahead, excerpt(quote), behind)


def _only_place(quote: str, passage: str) -> int | None:
    """Where the quote is a whole cell, else where it stands at all; None where there are several such places."""
    for edge, other in ((r"(?:^|[|\t])[ ]*", r"[ ]*(?:$|[|\t])"), ("", "")):
        places = [found.start(1) for found in re.finditer(f"{edge}({re.escape(quote)})(?={other})", passage, re.MULTILINE)]
        if places:
            return places[0] if len(places) == 1 else None
    return None


def _cells_apart(text: str) -> str:
    return re.sub(r"\s*[|\t]\s*", " · ", LAYOUT.sub("", text))

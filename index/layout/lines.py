"""Which lines does a text have, and what do their marks (#, -, >, tabs, pipes, indents, page starts) say about each?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from index.layout.columns import tabbed
from index.layout.inline import is_bold, is_link_line, plain, visible, without_comments
from index.layout.marks import bullet, is_glyph_only, is_label, is_page_number, width


class Mark(StrEnum):
    """What the marks at the start of a line make of it."""

    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its markup; what its surroundings said about it is in the flags."""

    text: str
    mark: Mark = Mark.PLAIN
    level: int = 0  # of a heading 1…6; of an item its indent in columns
    width: int = 0  # columns it took in the file
    blanks: int = 0  # empty lines before it
    page: bool = False  # a page begins here
    indented: bool = False
    edge: bool = False  # set off by one space, as a page start or a lost bullet leaves it
    bold: bool = False
    broken: bool = False  # ends in a Markdown line break
    glyph: bool = False  # an item whose sign is a printed glyph, not Markdown's
    cells: tuple[str, ...] = ()
    bare: bool = False  # a row of a table whose rows have no bars at their ends


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*")
_HEADING_TIGHT = re.compile(r"(#{1,6})(?=[^\s#\d!])(.*)")
_ITEM = re.compile(r"[ \t]*[-*+–][ \t]+(\S.*)")
_QUOTE = re.compile(r" {0,3}>[ \t]?(.*)")
_FENCE = re.compile(r"\s*(?:```|~~~)[\w+-]*\s*")
_RULE = re.compile(r"\s*(?:[-*_=][ \t]*){3,}\s*")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def lines(text: str) -> list[Line]:
    """The lines that hold anything, in order."""
    found: list[Line] = []
    blanks, page = 0, False
    for raw in tabbed(re.split(r"\r\n|[\n\r\v\x85\u2028\u2029]", without_comments(text))):
        page = page or "\f" in raw
        raw = raw.replace("\f", "")
        if found and not blanks and (level := _underline(raw, found[-1])):
            found[-1] = replace(found[-1], mark=Mark.HEADING, level=level)
            continue
        if found and not blanks and (tabled := _tabled(raw, found[-1])):
            found[-1] = tabled
            continue
        line = None if is_link_line(raw) else _line(raw, blanks, page)
        if line is not None and found and found[-1].bare and not blanks and "|" in raw:
            line = _bare_row(raw, line)
        if line is None:
            blanks += 1 if not visible(raw).strip() else 0
            continue
        found.append(line)
        blanks, page = 0, False
    return found


def _underline(raw: str, above: Line) -> int:
    """The level of the heading that a row of = or - below a line makes of it; 0 where it makes none."""
    if above.mark is not Mark.PLAIN or not is_label(above.text):
        return 0
    return 1 if re.fullmatch(r"={3,}\s*", raw) else 2 if re.fullmatch(r"-{3,}\s*", raw) else 0


def _tabled(raw: str, above: Line) -> Line | None:
    """The line above a row of dashes and bars as the header that it is, where bars stand only between the cells."""
    if above.mark is not Mark.PLAIN or "|" not in above.text or not _DIVIDER.fullmatch(raw) or "|" not in raw:
        return None
    header = _bare_row(above.text, above)
    return header if len(header.cells) == len(re.findall(r"-+", raw)) else None


def _bare_row(raw: str, line: Line) -> Line:
    cells = line.cells or _cells(f"|{raw.strip()}|")
    return replace(line, text="\t".join(cells), mark=Mark.ROW, cells=cells, bare=True)


def _line(raw: str, blanks: int, page: bool) -> Line | None:
    text = visible(raw).expandtabs(4) if not raw.strip("\t ").count("\t") else visible(raw)
    if _FENCE.fullmatch(text) or _RULE.fullmatch(text) or (_DIVIDER.fullmatch(text) and "|" in text):
        return None
    edge = text.startswith(" ") and not text.startswith("  ")
    indent = width(text) - width(text.lstrip())
    bare = Line(
        "",
        width=width(text.strip()),
        level=indent,
        blanks=blanks,
        page=page or (edge and not blanks),
        edge=edge,
        indented=text.startswith(("\u3000\u3000", "\u3000 \u3000", "    ")),
        bold=is_bold(text),
        broken=text.endswith("  "),
    )
    line = _marked(text, bare)
    if is_glyph_only(line.text) and not (line.mark is Mark.PLAIN and re.search(r"[，。、；：？！…）”]", line.text)):
        return None
    return line


def _marked(text: str, bare: Line) -> Line:
    """The line with what its first characters make of it."""
    if is_page_number(text.strip()):
        return replace(bare, text=text.strip())
    if found := _HEADING.fullmatch(text) or _HEADING_TIGHT.fullmatch(text):
        name = plain(found[2])
        return replace(bare, text=bullet(name) or name, mark=Mark.HEADING, level=len(found[1]))
    if found := _QUOTE.fullmatch(text):
        return replace(bare, text=plain(found[1]), mark=Mark.QUOTE)
    if cells := _cells(text):
        return replace(bare, text="\t".join(cells), mark=Mark.ROW, cells=cells)
    if found := _ITEM.fullmatch(text):
        return replace(bare, text=plain(found[1]), mark=Mark.ITEM)
    name = plain(text)
    if (inner := bullet(name)) is not None:
        return replace(bare, text=inner, mark=Mark.ITEM, glyph=True)
    return replace(bare, text=name)


def _cells(text: str) -> tuple[str, ...]:
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") >= 2:
        inner = bare.strip("|") if bare.endswith("|") and not bare.endswith("\\|") else bare[1:]
        return tuple(plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner))
    # tabs before the first word are an indent, tabs behind the last an empty cell
    body = (
        text.lstrip(" \u3000").rstrip(" ")
        if text.startswith("\t") and _looks_cornered(text)
        else text.strip(" \u3000").lstrip("\t")
    )
    return tuple(plain(cell) for cell in body.split("\t")) if "\t" in body.strip() else ()


def _looks_cornered(text: str) -> bool:
    """A first row whose corner cell is empty: one tab, then at least two names."""
    return not text.startswith("\t\t") and len(text.strip().split("\t")) >= 2

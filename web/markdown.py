"""How does the text of an answer become HTML: a small safe subset of Markdown, everything else shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, zip_longest

from markupsafe import Markup, escape

from web.schemas import AnswerOut, CitationOut, FigureOut

__all__ = ["render", "render_answer", "render_draft", "without_tables"]

HEADING = re.compile(r"#{1,6}\s+(.*)")
ITEM = re.compile(r"(\s*)(?:[-*+•]|(\d{1,3})[.、)])\s+(.*)")
RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
CELL_EDGE = re.compile(r"(?<!\\)\|")
NUMERIC = re.compile(r"[-+−约近超]?\s*[\d.,，]+\s*\S{0,4}(?:\s*\[\d+\])*")
BASE = re.compile(r"\W*(?:基数|样本|[Bb]ase\b)")
SUM = re.compile(r"[^=]{1,60} = [^=。]{1,24}。?")  # arithmetic shown: its result is what was asked for
TITLE = re.compile(r"\*\*[^*]+\*\*")  # what a list of statements is out of
COUNTED = re.compile(r"[（(]?\d{1,2}[.、)）]|[①-⑳]|第[一二三四五六七八九十]+")
SHORT = 48  # characters of an answer that fits on two lines of large type
INLINE = re.compile(r"\\(?P<literal>[\\*|\[\]#_`>-])|\*\*(?P<strong>\S(?:.*?\S)?)\*\*|\[(?P<marker>\d{1,3})\]")


def render(text: str, citations: Iterable[CitationOut], figures: Iterable[FigureOut] = ()) -> Markup:
    """Paragraphs, headings, lists, tables, bold and markers; a marker without a citation stays text."""
    return Markup("").join(_Writer({c.n: c for c in citations}, figures).blocks(text))


def render_answer(answer: AnswerOut) -> Markup:
    """The text as `render` has it, its parts told apart: what answers first, the base of a share; no sentence twice."""
    sides = tuple(frozenset(side.n for side in conflict.sides) for conflict in answer.conflicts)
    return Markup("").join(_Speaker({c.n: c for c in answer.citations}, answer.figures, sides).blocks(answer.answer))


def render_draft(text: str, citations: Iterable[CitationOut]) -> Markup:
    """What there is of an answer while it is made."""
    return Markup("").join(_Speaker({c.n: c for c in citations}, ()).blocks(text))


def without_tables(text: str) -> str:
    """The same text with each row of a table as a list entry, for readers that show none: `- **row**：column value · …`."""
    lines = text.replace("\r\n", "\n").split("\n")
    out: list[str] = []
    place = 0
    while place < len(lines):
        end = place + 1
        if lines[place].strip() and _shape(lines, place) == "table":
            while end < len(lines) and _continues("table", lines, place, end):
                end += 1
            heads = _cells(lines[place])
            out.extend(_row_as_entry(heads, _cells(line)) for line in lines[place + 2 : end])
        else:
            out.append(lines[place])
        place = end
    return "\n".join(out)


class _Writer:
    """Renders one text; knows which markers lead somewhere and which figures are to stand out."""

    def __init__(self, citations: Mapping[int, CitationOut], figures: Iterable[FigureOut]) -> None:
        self.citations = citations
        printed = sorted({figure.text for figure in figures if figure.text}, key=len, reverse=True)
        # a figure of the answer never lights up inside a longer number
        self.figures = re.compile(rf"(?<![\d.,])(?:{'|'.join(map(_spaced, printed))})(?!\d|[.,]\d)") if printed else None

    def blocks(self, text: str) -> Iterator[Markup]:
        lines = text.replace("\r\n", "\n").split("\n")
        place = 0
        while place < len(lines):
            if not lines[place].strip():
                place += 1
                continue
            shape = _shape(lines, place)
            end = place + 1
            while end < len(lines) and _continues(shape, lines, place, end):
                end += 1
            yield getattr(self, f"_{shape}")(lines[place:end])
            place = end

    def _paragraph(self, lines: list[str]) -> Markup:
        inner = Markup("<br>").join(self._inline(line.strip()) for line in lines)
        return Markup('<p dir="auto">{}</p>').format(inner)

    def _heading(self, lines: list[str]) -> Markup:
        found = HEADING.match(lines[0].strip())
        return Markup('<h3 dir="auto">{}</h3>').format(self._inline(found[1] if found else lines[0]))

    def _table(self, lines: list[str]) -> Markup:
        head, body = _cells(lines[0]), [_cells(line) for line in lines[2:]]
        heads = Markup("").join(Markup('<th scope="col">{}</th>').format(self._inline(cell)) for cell in head)
        rows = Markup("").join(Markup("<tr>{}</tr>").format(self._row(row, len(head))) for row in body)
        return Markup(
            '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
        ).format(heads, rows)

    def _row(self, cells: list[str], width: int) -> Markup:
        padded = cells + [""] * (width - len(cells))
        return Markup("").join(
            Markup("<td{}>{}</td>").format(Markup(' class="num"') if NUMERIC.fullmatch(cell) else "", self._inline(cell))
            for cell in padded
        )

    def _list(self, lines: list[str]) -> Markup:
        """Numbered or not as its first entry is; deeper entries, and lines that continue one, go inside."""
        entries: list[list[str]] = []
        first = ITEM.match(lines[0])
        indent = len(first[1]) if first else 0
        for line in lines:
            found = ITEM.match(line)
            if found and len(found[1]) <= indent + 1:
                entries.append([found[3]])
            else:
                entries[-1].append(line)
        items = Markup("").join(Markup('<li dir="auto">{}</li>').format(self._entry(entry)) for entry in entries)
        if first and first[2]:
            return Markup('<ol start="{}">{}</ol>').format(first[2], items)
        # entries that count themselves need no bullets
        counted = len(entries) > 1 and all(COUNTED.match(entry[0]) for entry in entries)
        return Markup("<ul{}>{}</ul>").format(Markup(' class="counted"') if counted else "", items)

    def _entry(self, lines: list[str]) -> Markup:
        inner = self._inline(lines[0])
        for nested, group in groupby(lines[1:], key=lambda line: ITEM.match(line) is not None):
            deeper = list(group)
            inner += self._list(deeper) if nested else self._continued(deeper)
        return inner

    def _continued(self, lines: Iterable[str]) -> Markup:
        return Markup("").join(Markup("<br>{}").format(self._inline(line.strip())) for line in lines if line.strip())

    def _inline(self, text: str) -> Markup:
        out, cursor = Markup(""), 0
        for found in INLINE.finditer(text):
            before = text[cursor : found.start()]
            # a marker follows its word without a space
            out += self._plain(before.rstrip() if found["marker"] else before)
            if found["literal"]:
                out += escape(found["literal"])
            elif found["strong"]:
                out += Markup("<strong>{}</strong>").format(self._inline(found["strong"]))
            else:
                out += self._marker(int(found["marker"]), found[0])
            cursor = found.end()
        return out + self._plain(text[cursor:])

    def _marker(self, n: int, printed: str) -> Markup:
        cited = self.citations.get(n)
        if cited is None:
            return escape(printed)
        # the brackets are there for whoever copies or listens, not for the eye
        return Markup(
            '<a class="cite" data-citation="{n}" href="{url}" aria-label="{n} {title}">'
            '<span class="unseen">[</span>{n}<span class="unseen">]</span></a>'
        ).format(n=n, url=cited.url, title=cited.title)

    def _plain(self, text: str) -> Markup:
        if self.figures is None:
            return escape(text)
        out, cursor = Markup(""), 0
        for found in self.figures.finditer(text):
            out += escape(text[cursor : found.start()])
            out += Markup('<b class="figure">{}</b>').format(found[0])
            cursor = found.end()
        return out + escape(text[cursor:])


class _Speaker(_Writer):
    """Renders an answer; a later paragraph that only lists `told` sides is left to the table that shows them."""

    def __init__(
        self, citations: Mapping[int, CitationOut], figures: Iterable[FigureOut], told: tuple[frozenset[int], ...] = ()
    ) -> None:
        super().__init__(citations, figures)
        self.told = told
        self.begun = False

    def blocks(self, text: str) -> Iterator[Markup]:
        for block in super().blocks(text):
            self.begun = True
            yield block

    def _paragraph(self, lines: list[str]) -> Markup:
        text = " ".join(lines)
        markers = frozenset(int(found["marker"]) for found in INLINE.finditer(text) if found["marker"])
        if self.begun and markers in self.told:
            return Markup("")
        if not markers and TITLE.fullmatch(text):
            return Markup('<p class="title"{}').format(super()._paragraph(lines)[2:])
        role = self._role(INLINE.sub(lambda found: found["strong"] or "", text).strip())
        return Markup('<p class="{}"{}').format(role, super()._paragraph(lines)[2:]) if role else super()._paragraph(lines)

    def _role(self, text: str) -> str:
        if self.begun:
            return "base" if BASE.match(text) else "direct" if SUM.fullmatch(text) else ""
        if text.endswith(("：", ":")):
            return "intro"
        return "direct" if len(text) <= SHORT else "direct long"


def _shape(lines: list[str], place: int) -> str:
    if "|" in lines[place] and place + 1 < len(lines) and "-" in lines[place + 1] and RULE.fullmatch(lines[place + 1]):
        return "table"
    if HEADING.match(lines[place].strip()):
        return "heading"
    return "list" if ITEM.match(lines[place]) else "paragraph"


def _continues(shape: str, lines: list[str], start: int, place: int) -> bool:
    line = lines[place]
    if shape == "table":
        return "|" in line
    if shape == "heading":
        return False
    if not line.strip():
        # a loose list goes on after an empty line
        return shape == "list" and place + 1 < len(lines) and _same_list(lines[start], lines[place + 1])
    if shape == "list":
        return _same_list(lines[start], line) or (line.startswith("  ") and ITEM.match(line) is None)
    return _shape(lines, place) == "paragraph"


def _same_list(first: str, line: str) -> bool:
    """Whether an entry goes on with the list that `first` opened: deeper, or marked in the same way."""
    opened, found = ITEM.match(first), ITEM.match(line)
    if opened is None or found is None:
        return False
    return len(found[1]) > len(opened[1]) + 1 or bool(found[2]) == bool(opened[2])


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in CELL_EDGE.split(line.strip())]
    return cells[line.strip().startswith("|") : -1 if line.strip().endswith("|") else None]


def _row_as_entry(heads: list[str], row: list[str]) -> str:
    values = " · ".join(f"{head} {cell}".strip() for head, cell in zip_longest(heads[1:], row[1:], fillvalue="") if cell)
    label = f"**{row[0]}**" if row and row[0] else ""
    return "- " + "：".join(filter(None, (label, values)))


def _spaced(figure: str) -> str:
    """Matches the figure with or without the spaces that typesetting puts between digits and units."""
    return r"\s?".join(re.escape(part) for part in re.findall(r"[\d.,]+|[^\d.,\s]+", figure))

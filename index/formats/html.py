"""How is an HTML page read: what a reader sees of it, without navigation, scripts and hidden parts?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.formats import html_table
from index.formats.encoding import decode
from index.formats.front import Front, iso
from index.formats.parsed import Parsed
from index.layout.assemble import Rough
from index.layout.headings import resolve
from index.layout.inline import is_link_line, tidy, visible, without_comments
from index.layout.lines import Line, Mark
from index.layout.marks import ends_sentence, is_caption, is_glyph_only, is_note, number, width
from index.layout.wrap import join
from index.types import BlockKind

_UNSEEN = frozenset(
    re.split(
        r"\s+",
        "head script style noscript template iframe svg canvas nav aside footer form button "
        "select input textarea object embed video audio map",
    )
)
_INLINE = frozenset(
    re.split(
        r"\s+",
        "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q "
        "ruby rp s samp small span strike strong sub sup time tt u var wbr",
    )
)
_BOLD = frozenset(("b", "strong"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STARTS = re.compile(
    r"\s*<(?:!doctype|html|body|head|article|div|p|section|main|table|h[1-6]|ul|ol|span|center|font)\b", re.IGNORECASE
)
_CLOSES = re.compile(r"</(?:p|div|td|li|h[1-6]|html|section|article|table|ul|ol)\s*>", re.IGNORECASE)
_RANK = {f"h{level}": level for level in range(1, 7)}


def parse(content: bytes, name: str) -> Parsed:
    """The blocks of an HTML file, and the title, author and date that its head states."""
    return page(decode(content, name))


def is_html(text: str) -> bool:
    """The text is a page or a piece of one, not prose with a tag in it."""
    body = without_comments(text)
    if re.match(r"\s*<(?:!doctype\s+html|html)\b", body, re.IGNORECASE):
        return True
    tagged = sum(len(line) for line in body.splitlines() if line.lstrip().startswith("<"))
    return bool(_STARTS.match(body)) and bool(_CLOSES.search(body)) and tagged * 2 >= len(body.strip())


def page(text: str) -> Parsed:
    """The blocks of HTML text; lines of Markdown links around it are navigation."""
    text = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("<p") or not is_link_line(line))
    tree = LexborHTMLParser(text)
    return Parsed(tuple(resolve(_read(_main(tree)), named=False)), _head(tree))


def roughs(text: str) -> list[Rough]:
    """The blocks of a piece of HTML inside another format."""
    return _read(LexborHTMLParser(text).body)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    for name in ("article", "main"):
        found = tree.css(name)
        if len(found) == 1 and len(found[0].text()) * 2 > len(tree.body.text() if tree.body else ""):
            return found[0]
    return tree.body


def _head(tree: LexborHTMLParser) -> Front:
    metas = {
        (node.attributes.get("property") or node.attributes.get("name") or "").lower(): node.attributes.get("content") or ""
        for node in tree.css("meta")
    }
    first = tree.css_first("h1")
    named = tree.css_first("head > title")
    title = tidy(first.text()) if first else metas.get("og:title") or (tidy(named.text()) if named else "")
    dated = next((metas[name] for name in ("article:published_time", "publishdate", "pubdate", "date") if metas.get(name)), "")
    time = tree.css_first("time[datetime]")
    return Front(
        title=tidy(title),
        publisher=metas.get("og:site_name") or metas.get("author") or "",
        date=iso(dated or (time.attributes.get("datetime") if time else "")),
    )


def _read(body: LexborNode | None) -> list[Rough]:
    reader = _Reader()
    if body is not None:
        reader.enter(body)
        reader.flush()
    return reader.blocks


class _Reader:
    """Walks the tree and puts the text of each block together."""

    def __init__(self) -> None:
        self.blocks: list[Rough] = []
        self.parts: list[str] = []
        self.linked = 0  # characters of this block inside links
        self.bold = 0
        self.within: list[str] = []

    def enter(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self._add(child.text_content or "")
            elif child.tag == "br":
                self.parts.append("\n")
            elif child.tag and not _is_unseen(child):
                self._element(child)

    def _element(self, node: LexborNode) -> None:
        tag = str(node.tag)
        if tag == "table" and html_table.is_table(node):
            self.flush()
            caption = node.css_first("caption")
            if named := tidy(visible(caption.text())) if caption else "":
                self.blocks.append(Rough(BlockKind.CAPTION, named, Line(named)))
            self.blocks.append(html_table.rough(node))
            return
        inline = tag in _INLINE
        if not inline:
            self.flush()
        self.within.append(tag)
        self.enter(node)
        if not inline:
            self.flush()
        self.within.pop()

    def _add(self, raw: str) -> None:
        text = re.sub(r"[\s\u00a0]+", " ", visible(raw))
        self.parts.append(text)
        self.linked += len(text.strip()) if "a" in self.within else 0
        self.bold += len(text.strip()) if _BOLD & set(self.within) else 0

    def flush(self) -> None:
        """What was gathered becomes blocks, one for each statement set apart by line breaks."""
        raw = "".join(self.parts)
        size = len(re.sub(r"\s", "", raw))
        linked, bold = self.linked, self.bold
        self.parts, self.linked, self.bold = [], 0, 0
        heading = next((_RANK[tag] for tag in self.within if tag in _RANK), 0)
        if not size or (not heading and linked >= 0.6 * size and not ends_sentence(raw)):
            return
        for text in _statements(raw):
            if not is_glyph_only(text):
                self.blocks.append(self._block(text, heading, bold >= 0.9 * size))

    def _block(self, text: str, heading: int, bold: bool) -> Rough:
        line = Line(text, Mark.PLAIN, bold=bold, width=width(text))
        if heading:
            return Rough(BlockKind.HEADING, text, line, heading)
        if is_note(text):
            return Rough(BlockKind.NOTE, text, line)
        if is_caption(text) or "figcaption" in self.within or "caption" in self.within:
            return Rough(BlockKind.CAPTION, text, line)
        if "li" in self.within:
            depth = sum(tag in ("ul", "ol") for tag in self.within)
            return Rough(BlockKind.ITEM, text, line, depth)
        return Rough(BlockKind.PARAGRAPH, text, line, 0, number(text))


def _statements(raw: str) -> Iterable[str]:
    """The lines that a `<br>` set apart; one that only broke a sentence is joined again."""
    held = ""
    for piece in raw.split("\n"):
        text = tidy(piece)
        if not text:
            continue
        if (
            held
            and not ends_sentence(held)
            and not held.endswith(("：", ":"))
            and (width(held) > 64 or held.endswith(("，", "、")))
        ):
            held = join(held, text)
            continue
        if held:
            yield held
        held = text
    if held:
        yield held


def _is_unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        str(node.tag) in _UNSEEN
        or str(node.tag).startswith(("-", "!"))
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") == "navigation"
        or bool(_HIDING.search(attributes.get("style") or ""))
    )

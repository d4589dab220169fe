"""How does the text of an answer look in Slack: rich text, in which nothing a document says can turn into notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from slack_sdk.models.blocks import RichTextBlock, RichTextElement, RichTextElementParts
from slack_sdk.models.blocks.block_elements import RichTextListElement, RichTextPreformattedElement, RichTextSectionElement

from web.markdown import HEADING, INLINE, ITEM

__all__ = ["Link", "escaped", "preformatted", "rich", "spoken"]

# where a marker leads, empty where it leads nowhere
Link = Callable[[int], str]

BOLD = RichTextElementParts.TextStyle(bold=True)


def rich(text: str, link: Link) -> RichTextBlock:
    """Paragraphs, headings, lists, bold and markers of `text`, which has no tables."""
    elements: list[RichTextElement] = []
    for shape, lines in groupby(text.strip("\n").split("\n"), _shape):
        if shape == "":
            elements.append(_section(list(lines), link))
        else:
            elements.extend(_lists(shape, list(lines), link))
    return RichTextBlock(elements=elements)


def preformatted(text: str) -> RichTextBlock:
    """The text in letters of one width, as it is."""
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[RichTextElementParts.Text(text=text)])])


def spoken(text: str) -> str:
    """The words alone, for a notification or a screen reader; markers stay."""
    lines = (HEADING.sub(r"\1", line) for line in text.split("\n"))
    return "\n".join(INLINE.sub(lambda found: found["literal"] or found["strong"] or found[0], line) for line in lines)


def _shape(line: str) -> str:
    found = ITEM.match(line)
    return "" if found is None else "ordered" if found[2] else "bullet"


def _section(lines: list[str], link: Link) -> RichTextElement:
    parts: list[RichTextElement] = []
    for place, line in enumerate(lines):
        if place:
            parts.append(RichTextElementParts.Text(text="\n"))
        heading = HEADING.match(line.strip())
        parts.extend(_inline(heading[1], link, bold=True) if heading else _inline(line.strip(), link))
    return RichTextSectionElement(elements=parts)


def _lists(style: str, lines: list[str], link: Link) -> Iterator[RichTextElement]:
    """One list for each run of entries equally deep; a numbered one goes on counting where its first entry says."""
    items = [found for line in lines if (found := ITEM.match(line))]
    for depth, group in groupby(items, lambda item: min(len(item[1]) // 2, 8)):
        entries = list(group)
        offset = int(entries[0][2]) - 1 if entries[0][2] else 0
        yield RichTextListElement(
            style=style,
            indent=depth,
            offset=offset or None,
            elements=[RichTextSectionElement(elements=list(_inline(entry[3], link))) for entry in entries],
        )


def _inline(text: str, link: Link, *, bold: bool = False) -> Iterator[RichTextElement]:
    style = BOLD if bold else None
    said = partial(RichTextElementParts.Text, style=style)
    cursor = 0
    for found in INLINE.finditer(text):
        if before := text[cursor : found.start()]:
            yield said(text=before)
        cursor = found.end()
        if found["strong"]:
            yield from _inline(found["strong"], link, bold=True)
        elif found["marker"] and (url := link(int(found["marker"]))):
            yield RichTextElementParts.Link(url=url, text=found[0], style=style)
        else:
            yield said(text=found["literal"] or found[0])
    if rest := text[cursor:]:
        yield said(text=rest)


def escaped(text: str) -> str:
    """Words of anybody on one line of mrkdwn, in which three signs would be read as notation."""
    line = re.sub(r"\s+", " ", text)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""A document as HTML: every character once, in order, the cited ones marked exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from index.types import Block, BlockKind, Document, Meta, Span, Table
from web.viewer import outline, parse_mark, path_at, render


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Texts of blocks and tables with anything between them, and anything within: signs of HTML, line ends, wide characters."""
    words = st.text(st.sampled_from("一二，ab1<>&\"'\r\n \t|😀\u202e"), min_size=1, max_size=8)
    text, blocks = draw(words), []
    for kind in draw(st.lists(st.sampled_from(list(BlockKind)), max_size=6)):
        start, rows = len(text), []
        for _ in range(draw(st.integers(1, 3)) if kind is BlockKind.TABLE else 1):
            row = []
            for _ in range(draw(st.integers(1, 3)) if kind is BlockKind.TABLE else 1):
                begin = len(text)
                text += draw(words)
                row.append(Span(begin, len(text)))
                text += draw(st.sampled_from(["", " | ", "\n"])) if kind is BlockKind.TABLE else ""
            rows.append(tuple(row))
        table = Table(tuple(rows), draw(st.integers(0, 1))) if kind is BlockKind.TABLE else None
        blocks.append(Block(kind, Span(start, len(text)), draw(st.integers(0, 6)), table))
        text += draw(st.sampled_from(["", "\n\n", "\n- ", "\r\n"]))
    return Document("d", text, tuple(blocks), Meta("d"))


def shown(document: Document, mark: Span | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(f"<main>{render(document, mark)}</main>")


def text_of(tree: LexborHTMLParser, selector: str) -> str:
    return "".join(node.text() for node in tree.css(selector))


@given(documents())
def test_the_page_holds_every_character_of_the_document_once_and_in_order(document: Document) -> None:
    assert text_of(shown(document), "main") == document.text


@given(documents(), st.data())
def test_the_marked_words_are_the_quote_exactly(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(document.text))))
    tree = shown(document, span)
    assert text_of(tree, "mark[data-citation]") == span.of(document.text)
    assert text_of(tree, "main") == document.text
    assert len(tree.css(f'[id="c{span.start}-{span.end}"]')) == 1


def test_a_quote_within_one_block_is_one_mark(bot: Any) -> None:
    document = bot.library.documents["qinghe-2031"]
    quote = "一年后增至 26万名"
    start = document.text.index(quote)
    marks = shown(document, Span(start, start + len(quote))).css("mark")
    assert [mark.text() for mark in marks] == [quote]


def test_blocks_are_shown_as_what_they_are(bot: Any) -> None:
    tree = shown(bot.library.documents["qinghe-2031"])
    assert [node.tag for node in tree.css("h2, h3, h4, h5")] == ["h2", "h3", "h4", "h4", "h3"]
    assert len(tree.css("li")) == 6
    assert len(tree.css("li.level-1")) == 2
    assert len(tree.css("li.numbered")) == 2
    assert tree.css_first("p.note") is not None
    assert tree.css_first("p.caption") is not None
    assert [len(tree.css(selector)) for selector in ("thead th", "tbody tr", "tbody td")] == [3, 3, 9]


def test_a_document_cannot_bring_markup(bot: Any) -> None:
    assert not shown(bot.library.documents["hostile"]).css("script, img, b, i")


def test_cells_that_come_twice_are_shown_once() -> None:
    cell = Span(0, 2)
    table = Block(BlockKind.TABLE, cell, table=Table(((cell, cell), (cell, Span(2, 2)))))
    assert text_of(shown(Document("d", "甲乙", (table,), Meta("d"))), "main") == "甲乙"


@pytest.mark.parametrize("written", ["", "x", "5", "9-5", "5-5", "0-99999999", "-1-5", "c1-2x", "１-５x", "1-9999999999999"])
def test_a_mark_that_is_not_within_the_text_is_none(bot: Any, written: str) -> None:
    assert parse_mark(written, bot.library.documents["qinghe-2031"]) is None


def test_a_mark_may_be_written_with_or_without_its_letter(bot: Any) -> None:
    document = bot.library.documents["qinghe-2031"]
    assert parse_mark("c3-9", document) == parse_mark("3-9", document) == Span(3, 9)


def test_the_outline_and_the_path_name_the_headings(bot: Any) -> None:
    document = bot.library.documents["qinghe-2031"]
    assert [(heading.text, heading.level) for heading in outline(document)][:2] == [
        ("青禾药师数字生活调查", 1),
        ("主要发现", 2),
    ]
    assert path_at(document, document.text.index("问卷共回收")) == ("青禾药师数字生活调查", "附录")
    assert path_at(document, 0) == ()

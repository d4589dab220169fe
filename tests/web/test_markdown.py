"""The text of an answer as HTML: a small subset is shown, everything else shows as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from web.excerpts import excerpt
from web.markdown import render
from web.schemas import CitationOut, FigureOut

CITATION = CitationOut(
    n=1, document="d", title="报告", publisher="", date="", source="d.md", section="", passage="p", quote="q", start=3, end=9,
    url="/documents/d#c3-9",
)  # fmt: skip
ALLOWED = {"p", "h3", "ul", "ol", "li", "strong", "b", "br", "a", "span", "table", "thead", "tbody", "tr", "th", "td", "div"}


def html(text: str, *figures: str) -> str:
    return str(render(text, [CITATION], [FigureOut(text=figure, value=1, unit="", n=1) for figure in figures]))


def test_a_marker_leads_to_its_citation() -> None:
    link = LexborHTMLParser(html("如此。[1]")).css_first('a[data-citation="1"]')
    assert link is not None
    assert link.attributes["href"] == "/documents/d#c3-9"
    assert link.text() == "[1]"


def test_a_marker_without_a_citation_stays_text() -> None:
    assert html("如此。[2]") == '<p dir="auto">如此。[2]</p>'


def test_paragraphs_lists_and_tables_become_what_they_are() -> None:
    tree = LexborHTMLParser(
        html("一\n二\n\n- 甲\n  - 乙\n- 丙\n\n3. 丁\n4. 戊\n\n| 名 | 数 |\n|---|---|\n| 己 | 5万 [1] |\n| 庚 |")
    )
    assert [node.tag for node in tree.css("body > *")] == ["p", "ul", "ol", "div"]
    assert [item.text() for item in tree.css("ul ul li")] == ["乙"]
    assert tree.css_first("ol").attributes["start"] == "3"
    assert [len(row.css("td")) for row in tree.css("tbody tr")] == [2, 2]
    assert tree.css_first("td.num a") is not None


def test_bold_may_hold_figures_and_markers() -> None:
    assert '<strong><b class="figure">5万</b><a class="cite"' in html("**5万[1]**", "5万")


@pytest.mark.parametrize("text", ["共 15万人", "共 5万.2", "共 1.5万", "共 1,5万"])
def test_a_figure_never_lights_up_inside_a_longer_number(text: str) -> None:
    assert "figure" not in html(text, "5万")


def test_a_figure_is_found_with_or_without_typesetters_spaces() -> None:
    assert '<b class="figure">240 万</b>' in html("共 240 万。", "240万")


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", '"><img src=x onerror=y>', "[x](javascript:y)", "&lt;b&gt;", "<!-- x", "]]>", "{{ 7*7 }}"]
)
def test_hostile_text_shows_as_text(hostile: str) -> None:
    for text in (hostile, f"- {hostile}", f"**{hostile}**", f"| {hostile} |\n|---|\n| {hostile} |", f"# {hostile}"):
        tree = LexborHTMLParser(html(text, hostile))
        assert hostile in tree.body.text()
        assert not tree.css("script, img, [onerror]")


@given(st.text(st.sampled_from("*|[]1-# \n\\<>&.一二`\t"), max_size=60))
def test_whatever_the_text_only_the_subset_comes_out(text: str) -> None:
    tree = LexborHTMLParser(f"<main>{html(text, '1')}</main>")
    assert {node.tag for node in tree.css("main *")} <= ALLOWED


@given(st.text("一二三1。，", min_size=1, max_size=40))
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    assert LexborHTMLParser(html(text)).body.text() == text


def test_an_excerpt_drops_layout_and_the_heading_above_it() -> None:
    assert excerpt("规模\n\n- **甲**\n| 乙 | 丙 |\n| --- | --- |\n> 注，\n续", "总 › 规模") == "甲 乙 · 丙 注，续"

"""The text of an answer as HTML: a small subset is shown, everything else shows as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from web.excerpts import excerpt
from web.markdown import render, render_answer, render_draft, without_tables
from web.schemas import AnswerOut, CitationOut, ConflictOut, FigureOut, SideOut

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


def spoken(text: str, *sides: int) -> LexborHTMLParser:
    citations = [CITATION, CITATION.model_copy(update={"n": 2})]
    told = [ConflictOut(about="", sides=[SideOut(text="x", n=n) for n in sides])] if sides else []
    given = AnswerOut(
        id="x", question="q", standalone_question="q", answered=True, answer=text, citations=citations, figures=[],
        conflicts=told,
        nearest=[], suggestions=[], composer="quote", notes=[], index="", timings_ms={},
    )  # fmt: skip
    return LexborHTMLParser(str(render_answer(given)))


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("药师 26万名。[1]\n\n还有别的。[2]", ["direct", None]),
        (f"药师{'很' * 60}多。[1]", ["direct long"]),
        ("2031年底：\n\n- 甲 [1]", ["intro"]),
        ("占 41%。[1]\n\n基数：N=1,130 [2]", ["direct", "base"]),
        ("**甲报告**\n\n- 甲 [1]\n\n**乙报告**\n\n- 乙 [2]", ["title", "title"]),
        ("**26万**[1]", ["direct"]),
        ("- 去年 18万 [1]\n- 今年 26万 [2]\n\n增加：26万 − 18万 = 8万。", ["direct"]),
    ],
)
def test_the_parts_of_an_answer_are_told_apart(text: str, roles: list[str | None]) -> None:
    assert [node.attributes.get("class") for node in spoken(text).css("p")] == roles


def test_what_the_table_of_a_disagreement_tells_is_not_told_twice() -> None:
    said = "药师 26万名。[1]\n\n不同来源的说法：26万名[1]；30万名[2]。"
    assert [node.text() for node in spoken(said, 1, 2).css("p")] == ["药师 26万名。[1]"]
    assert len(spoken(said).css("p")) == 2
    assert len(spoken("26万名[1]；30万名[2]。", 1, 2).css("p")) == 1


def test_entries_that_count_themselves_need_no_bullets() -> None:
    assert LexborHTMLParser(html("- 1. 触达\n- 2. 培育")).css_first("ul.counted") is not None
    assert LexborHTMLParser(html("- 触达\n- 2. 培育")).css_first("ul.counted") is None


def test_a_draft_looks_like_the_answer_it_becomes() -> None:
    assert str(render_draft("药师 26万", [CITATION])) == '<p class="direct" dir="auto">药师 26万</p>'


def test_without_tables_each_row_is_a_list_entry_under_its_headers() -> None:
    rows = ["| 指标 | 2030年底 | 2031年底 |", "| --- | --- | --- |", "| 药师数 | 18.5万 | 26万 [1] |", "| 占比 | | 41% [2] |"]
    table = "\n".join(["对照如下：", "", *rows, "", "尾"])
    lines = ["对照如下：", "", "- **药师数**：2030年底 18.5万 · 2031年底 26万 [1]", "- **占比**：2031年底 41% [2]", "", "尾"]
    assert without_tables(table) == "\n".join(lines)
    assert without_tables("没有表 | 只有一竖\n\n- 一") == "没有表 | 只有一竖\n\n- 一"

"""What is said are the documents' own words, marked with their citations, with nothing in them taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Block, BlockKind, Document, Meta, Passage, Section, Span
from rag.composers.quote import compose, plain
from rag.evidence.types import Claim, Evidence, Shape

TEXT = "药师有42万名，占３１％。护士*很*忙，见[附录]与<b>；电话|传真。夜班由《值班守则》规定；"


def passage(text: str = TEXT) -> Passage:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    document = Document("heron", text, (block,), Meta("白鹭月报"))
    return Passage(Section(document, ("白鹭月报",), None, (block,)), block.span)


WHERE = passage()


def claim(words: str, lead: str = "", where: Passage = WHERE) -> Claim:
    start = where.document.text.index(words)
    return Claim(where, Span(start, start + len(words)), lead)


def statement(*words: str, headline: str = "") -> Evidence:
    return Evidence(Shape.STATEMENT, tuple(map(claim, words)), 1.0, headline=headline)


def test_a_statement_is_quoted_with_its_marker_and_ends_like_a_sentence() -> None:
    said = compose([statement("药师有42万名，")])
    assert said.text == "药师有42万名。[1]"
    assert [citation.quote for citation in said.citations] == ["药师有42万名，"]


def test_the_figure_asked_for_leads() -> None:
    assert compose([statement("药师有42万名，占３１％。", headline="42万名")]).text.startswith("**42万名**：药师有42万名")


def test_the_same_words_are_one_citation_however_often_they_are_said() -> None:
    said = compose([statement("药师有42万名"), statement("夜班由《值班守则》规定"), statement("药师有42万名")])
    assert [citation.n for citation in said.citations] == [1, 2]
    assert re.findall(r"\[(\d)\]", said.text) == ["1", "2"]


def test_the_same_offsets_in_two_documents_are_two_citations() -> None:
    evidence = [Evidence(Shape.STATEMENT, (claim("药师有42万名", where=passage()),), 1.0) for _ in range(2)]
    assert len(compose(evidence).citations) == 2


def test_markup_in_a_document_is_shown_and_not_obeyed() -> None:
    said = compose([statement("护士*很*忙，见[附录]与<b>；电话|传真。")]).text
    assert r"\*很\*" in said
    assert r"\[附录\]" in said
    assert r"\<b\>" in said
    assert r"电话\|传真" in said


@given(st.text(alphabet="药师*_`[]<>|\\1 \n\t，。"))
def test_escaped_words_are_one_line_and_lose_no_character(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert re.sub(r"\\(.)", r"\1", shown) == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>|]", shown)


def test_one_cell_is_a_line_and_several_are_a_list() -> None:
    one = Evidence(Shape.CELLS, (claim("42万名", "药师 · 人数"),), 1.0)
    assert compose([one]).text == "药师 · 人数：**42万名**[1]"
    two = Evidence(Shape.CELLS, (claim("42万名", "药师 · 人数"), claim("３１％", "药师 · 占比")), 1.0)
    assert compose([two]).text == "- 药师 · 人数：**42万名**[1]\n- 药师 · 占比：**３１％**[2]"


def test_a_list_is_opened_by_the_line_before_it() -> None:
    items = (claim("护士*很*忙，"), claim("夜班由《值班守则》规定；"))
    said = compose([Evidence(Shape.LIST, items, 1.0, opening=claim("药师有42万名，"))])
    assert said.text == "药师有42万名[1]：\n\n- 护士\\*很\\*忙[2]\n- 夜班由《值班守则》规定[3]"


def test_an_overview_is_a_list_under_the_title_of_each_document() -> None:
    claims = (
        claim("药师有42万名，", "白鹭月报"),
        claim("占３１％。", "白鹭月报"),
        claim("夜班由《值班守则》规定；", "青岚年报"),
    )
    said = compose([Evidence(Shape.SUMMARY, claims, 1.0)]).text
    assert said == ("**白鹭月报**\n\n- 药师有42万名。[1]\n- 占３１％。[2]\n\n**青岚年报**\n\n- 夜班由《值班守则》规定。[3]")


def test_an_overview_of_one_document_needs_no_title() -> None:
    assert compose([Evidence(Shape.SUMMARY, (claim("药师有42万名，"),), 1.0)]).text == "- 药师有42万名。[1]"


def test_the_items_of_a_long_list_are_named_by_their_first_words() -> None:
    text = "\n".join(f"第{n}步骤：{'护士核对床号，' * 20}" for n in range(2, 6))
    where = passage(text)
    items = tuple(Claim(where, Span(text.index(line), text.index(line) + len(line))) for line in text.split("\n"))
    said = compose([Evidence(Shape.LIST, items, 1.0)])
    assert said.text.split("\n") == [f"- 第{n}步骤[{n - 1}]" for n in range(2, 6)]


def test_figures_name_the_citation_that_carries_them() -> None:
    figures = compose([statement("夜班由《值班守则》规定"), statement("药师有42万名，占３１％。")]).figures
    assert [(figure.text, figure.value, figure.n) for figure in figures] == [("42万名", 420_000, 2), ("３１％", 31, 2)]


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)), min_size=1, max_size=6), st.sampled_from(Shape))
def test_every_citation_is_numbered_in_order_and_its_marker_stands(spans: list[tuple[int, int]], shape: Shape) -> None:
    claims = tuple(Claim(WHERE, Span(start, min(start + length, len(TEXT)))) for start, length in spans)
    said = compose([Evidence(shape, claims, 1.0)])
    assert [citation.n for citation in said.citations] == list(range(1, len(said.citations) + 1))
    for citation in said.citations:
        assert f"[{citation.n}]" in said.text
        assert TEXT[citation.span.start : citation.span.end] == citation.quote
    assert {int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", said.text)} == {citation.n for citation in said.citations}


def test_nothing_to_say_is_an_empty_answer() -> None:
    assert compose([]).text == ""


@pytest.mark.parametrize("closed", ["他走了。", "“先试行。”", "（见附录）", "真的吗？"])
def test_what_is_closed_already_gets_no_second_stop(closed: str) -> None:
    assert compose([Evidence(Shape.STATEMENT, (claim(closed, where=passage(closed)),), 1.0)]).text == f"{closed}[1]"


def test_a_unit_that_the_header_gives_is_said_behind_the_cell_and_not_quoted() -> None:
    said = compose([Evidence(Shape.CELLS, (replace(claim("42", "药师 · 人数"), unit="万名"),), 1.0)])
    assert said.text == "药师 · 人数：**42万名**[1]"
    assert said.citations[0].quote == "42"


def test_what_is_calculated_closes_the_answer_without_a_marker() -> None:
    cells = (claim("42万名", "药师 · 人数"), claim("３１％", "药师 · 占比"))
    said = compose([Evidence(Shape.CELLS, cells, 1.0, closing="相差：3 − 2 = 1。")])
    assert said.text.endswith("\n\n相差：3 − 2 = 1。")


def test_the_column_that_three_cells_share_is_named_once() -> None:
    cells = tuple(claim(words, f"{name} · 人数") for words, name in (("42万名", "药师"), ("３１％", "护士"), ("夜班", "技师")))
    assert compose([Evidence(Shape.CELLS, cells, 1.0)]).text.startswith("人数：\n\n- 药师：**42万名**[1]\n- 护士：")

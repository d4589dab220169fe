"""Passages follow the structure, stay readable, and together hold the whole document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chinese.sentences import sentences
from index.formats import read
from index.layout import Cell, Draft, compose
from index.passages import LONGEST, TABLE, WIDEST, passages
from index.types import BlockKind, Document, Meta, Passage

FIXTURES = sorted(path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix in (".md", ".txt", ".html"))


def document(*drafts: Draft) -> Document:
    text, blocks = compose(drafts)
    return Document("d", text, blocks, Meta("d"))


def heading(text: str, level: int = 1) -> Draft:
    return Draft(BlockKind.HEADING, text, level)


def paragraph(text: str) -> Draft:
    return Draft(BlockKind.PARAGRAPH, text)


def item(text: str, level: int = 0) -> Draft:
    return Draft(BlockKind.ITEM, text, level)


def table(rows: int, width: int = 3) -> Draft:
    cells = tuple(tuple(Cell(f"第{row}行第{column}格的内容") for column in range(width)) for row in range(rows))
    return Draft(BlockKind.TABLE, "", 0, cells)


def missed(source: Document, found: list[Passage]) -> list[str]:
    """The blocks with a character, white space aside, that lies in no passage."""
    inside = {at for passage in found for at in range(passage.span.start, passage.span.end)}
    text = source.text
    return [
        block.span.of(text)
        for block in source.blocks
        if any(at not in inside and not text[at].isspace() for at in range(block.span.start, block.span.end))
    ]


SENTENCE = "社区护士每周要给高风险的居民打一次电话，并且把结果录入系统。"


def test_short_blocks_of_a_section_share_a_passage_with_their_heading() -> None:
    [passage] = passages(document(heading("做法"), paragraph(SENTENCE), paragraph(SENTENCE)))
    assert passage.text.startswith("做法\n\n")
    assert passage.section.path == ("做法",)


def test_a_passage_never_reaches_into_the_next_section() -> None:
    found = list(passages(document(heading("一"), paragraph("甲。"), heading("二", 2), paragraph("乙。"))))
    assert [passage.text for passage in found] == ["一\n\n甲。", "二\n\n乙。"]
    assert found[1].section.path == ("一", "二")


def test_a_heading_without_text_is_a_passage_of_its_own() -> None:
    found = list(passages(document(heading("第一章"), heading("1.1 背景", 2), paragraph("甲。"))))
    assert [passage.text for passage in found] == ["第一章", "1.1 背景\n\n甲。"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = SENTENCE * 40
    source = document(paragraph(text))
    found = list(passages(source))
    ends = {span.end for span in sentences(source.text, source.blocks[0].span)}
    assert len(found) > 2
    assert all(passage.span.end in ends for passage in found)
    assert all(100 <= len(passage.text) <= WIDEST for passage in found)


def test_one_endless_sentence_stays_whole() -> None:
    text = "甲、" * 600 + "乙。"
    [passage] = passages(document(paragraph(text)))
    assert passage.text == text


def test_a_table_stays_with_its_caption_and_notes() -> None:
    drafts = (Draft(BlockKind.CAPTION, "表 1 供应商"), table(12), Draft(BlockKind.NOTE, "资料来源：采购小组"))
    source = document(paragraph(SENTENCE * 12), *drafts, paragraph(SENTENCE * 12))
    [found] = [passage for passage in passages(source) if "第1行第1格" in passage.text]
    assert found.text.startswith("表 1 供应商") or SENTENCE in found.text
    assert "第11行第2格" in found.text
    assert "资料来源：采购小组" in found.text


def test_a_long_table_is_cut_between_rows_and_its_caption_goes_with_its_header() -> None:
    source = document(Draft(BlockKind.CAPTION, "表 2 全部门店"), table(200))
    found = list(passages(source))
    assert found[0].text.startswith("表 2 全部门店\n\n第0行")
    assert len(found) > 3
    assert all(len(passage.text) <= TABLE + 40 for passage in found)
    assert all(passage.text.count("\t") % 2 == 0 for passage in found), "a row of three cells has two tabs"


def test_a_lead_in_stays_with_its_list() -> None:
    source = document(paragraph(SENTENCE * 13), paragraph("随访分三步："), item("1. 建档"), item("2. 分级"), item("3. 回访"))
    [found] = [passage for passage in passages(source) if "随访分三步：" in passage.text]
    assert "1. 建档" in found.text
    assert "3. 回访" in found.text


def test_a_lead_in_goes_with_the_first_item_of_a_list_that_is_too_long() -> None:
    source = document(paragraph("随访分为以下各步："), *(item(f"{n}. " + SENTENCE * 4) for n in range(1, 9)))
    first = next(iter(passages(source)))
    assert first.text.startswith("随访分为以下各步：\n\n1. ")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_block_of_a_file_lies_in_its_passages(path: Path) -> None:
    source = read(path)
    found = list(passages(source))
    assert not missed(source, found)


text_of = st.integers(1, 30).map(lambda times: SENTENCE * times)
drafts_of = st.one_of(
    st.builds(heading, st.sampled_from(["背景", "结果", "讨论"]), st.integers(1, 4)),
    text_of.map(paragraph),
    st.builds(item, text_of, st.integers(0, 2)),
    st.sampled_from(["表 1 各组人数", "图 2 走势"]).map(lambda text: Draft(BlockKind.CAPTION, text)),
    st.sampled_from(["注：略", "下列各项："]).map(lambda text: Draft(BlockKind.NOTE, text)),
    st.just(paragraph("分为以下几类：")),
    st.integers(1, 90).map(table),
)


@settings(deadline=None)
@given(st.lists(drafts_of, min_size=1, max_size=14))
def test_passages_hold_every_block_once_and_in_order(drafts: list[Draft]) -> None:
    source = document(*drafts)
    found = list(passages(source))
    assert not missed(source, found)
    assert all(earlier.span.end <= later.span.start for earlier, later in pairwise(found))
    for passage in found:
        assert passage.text == passage.text.strip()
        assert passage.section.span.start <= passage.span.start
        assert passage.span.end <= passage.section.span.end
        tables = [block for block in passage.section.blocks if block.table and block.span.start < passage.span.end]
        assert len(passage.text) <= (TABLE + WIDEST if tables else WIDEST + LONGEST)


@settings(deadline=None)
@given(st.lists(drafts_of, min_size=1, max_size=10))
def test_no_passage_begins_or_ends_inside_a_row_or_a_sentence(drafts: list[Draft]) -> None:
    source = document(*drafts)
    edges: set[int] = set()
    for block in source.blocks:
        edges |= {block.span.start, block.span.end}
        if block.table:
            edges |= {row[0].start for row in block.table.rows} | {row[-1].end for row in block.table.rows}
        else:
            for span in sentences(source.text, block.span):
                edges |= {span.start, span.end}
    for passage in passages(source):
        assert {passage.span.start, passage.span.end} <= edges

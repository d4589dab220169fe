"""Notes, tables and captions are taken for what they are."""

from __future__ import annotations

import pytest

from index.formats import read
from index.layout import repair
from tests.index.layout.conftest import FIXTURES, NAME, NOTE, TABLE, TEXT, of_kind, seen


def test_sources_bases_and_survey_questions_are_one_note() -> None:
    document = read(FIXTURES / "slides.txt")
    assert [block.span.of(document.text) for block in document.blocks if block.kind is NOTE] == [
        "数据来源：北辰数字健康中心\n基数：N=2,150\n您最近一周使用过以下哪些工具？（可多选）"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "数据来源：北辰中心",
        "资料来源：北辰中心（单位：万元）",
        "*平均值=四组之和除以4",
        "\\*示例：甲、乙",
        "注：不含税",
        "N=2,150",
        "（文章来源：北辰日报）",
    ],
)
def test_footnotes_are_notes(text: str) -> None:
    assert repair(f"1.1 结果\n\n甲组高于乙组。\n\n{text}\n")[-1].kind is NOTE


def test_a_question_after_its_base_belongs_to_the_note_and_the_next_statement_does_not() -> None:
    text = "# 结果\n\n基数: N=30;\n\n您会续费吗?\n\n六成的人会续费，三成的人不会。\n"
    assert seen(repair(text))[1:] == [(NOTE, "基数: N=30;\n您会续费吗?"), (TEXT, "六成的人会续费，三成的人不会。")]


def test_a_table_of_tabs_keeps_units_and_ragged_rows() -> None:
    document = read(FIXTURES / "ragged.txt")
    [block] = [block for block in document.blocks if block.table]
    assert block.table
    cells = [[cell.of(document.text) for cell in row] for row in block.table.rows]
    assert cells[0] == ["供应商", "首年费用", "续费", "备注"]
    assert cells[3] == ["白芷科技", "未报价"]
    assert cells[4] == ["远志系统", "20万元（N=3）", "12万元/年", "含驻场", "可议"]
    assert block.table.header_rows == 1
    place = document.blocks.index(block)
    assert [document.blocks[at].kind for at in (place - 1, place + 1)] == [NAME, NOTE]
    assert document.blocks[place + 1].span.of(document.text) == "资料来源：采购小组\n（报价均不含税）"


def test_a_table_without_a_header_row_says_so() -> None:
    [table] = [draft for draft in repair("甲组\t35%\n乙组\t28%\n丙组\t9%\n") if draft.kind is TABLE]
    assert table.header_rows == 0


def test_a_lone_tab_makes_no_table() -> None:
    assert TABLE not in [draft.kind for draft in repair("联系人\t王宁\n\n他负责县域的门店，每周巡店一次。\n")]


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    assert repair("# 结果\n\n图3显示，漏访率在两年里下降了一半。\n")[-1].kind is TEXT
    assert repair("# 结果\n\n图3 漏访率的变化\n")[-1].kind is NAME


def test_labels_whose_pictures_are_lost_are_captions_where_headings_are_marked() -> None:
    text = "# 结果\n\n漏访率下降。\n\n各县的漏访率\n\n# 讨论\n\n原因有两个。\n"
    assert of_kind(text, NAME) == ["各县的漏访率"]

"""Markdown keeps its headings, lists, tables and remarks, and loses its markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.formats import read
from index.types import BlockKind
from tests.index.formats.conftest import FIXTURES, kinds, rows


def test_markdown_keeps_headings_nested_lists_tables_and_remarks() -> None:
    document = read(FIXTURES / "nested.md")
    assert [(block.level, block.span.of(document.text)) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        (1, "康桥社区随访项目年报"),
        (2, "做法"),
        (2, "结果"),
        (3, "费用"),
    ]
    assert [(block.level, block.span.of(document.text)[:4]) for block in document.blocks if block.kind is BlockKind.ITEM] == [
        (0, "1. 建"),
        (1, "由社区护"),
        (1, "每人约需"),
        (0, "2. 分"),
        (0, "3. 回"),
    ]
    assert rows(document)[0] == ["级别", "人数", "控制率"]
    assert rows(document)[3] == ["低", "9,015", "—"]
    assert kinds(document, BlockKind.NOTE)[0].startswith("编者注：原文把“高风险”写作“红色”，两种说法")


def test_markdown_loses_its_markup_and_nothing_else() -> None:
    text = read(FIXTURES / "nested.md").text
    assert "项目由康桥研究所发起，至今已有 26 个社区参加，详见项目主页。" in text
    assert "护士人手不足。每名护士平均负责310名居民，上限定为250名。" in text
    assert "人均年费用 86 元，其中耗材 31 元。" in text
    assert "待核" not in text
    assert "cover" not in text


def test_a_list_that_names_the_chapters_is_no_contents_list(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 报告\n\n报告分三章：\n\n1. 样本\n2. 结果\n3. 展望\n\n## 样本\n\n甲。\n\n## 结果\n\n乙。\n\n## 展望\n\n丙。\n",
        "utf-8",
    )
    assert kinds(read(path), BlockKind.ITEM) == ["1. 样本", "2. 结果", "3. 展望"]


def test_markdown_taken_out_of_pages_is_repaired() -> None:
    document = read(FIXTURES / "pages.md")
    assert "余下的由企业与医疗机构合办。" in document.text
    assert "目录" not in document.text
    assert "第 1 页" not in document.text


def test_an_html_table_inside_markdown_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 甲\n\n正文在前。\n\n<table><tr><th>组</th><th>人数</th></tr><tr><td>一</td><td>30</td></tr></table>\n\n正文在后。\n",
        "utf-8",
    )
    document = read(path)
    assert rows(document) == [["组", "人数"], ["一", "30"]]
    assert document.text.index("正文在前") < document.text.index("人数") < document.text.index("正文在后")


@pytest.mark.parametrize("divider", ["--- | --- | ---", ":-- | --: | :-:", "---|---|---"])
def test_a_markdown_table_without_bars_at_its_ends_is_a_table(tmp_path: Path, divider: str) -> None:
    path = tmp_path / "open.md"
    path.write_text(
        f"# 站点\n\n下表是订单。\n\n站点 | 订单 | 冷库\n{divider}\n岚芝 | 12单 | 是\n青峤 | 9单 |\n\n鹿野 | 云杉都不在表里。\n"
    )
    assert rows(read(path)) == [["站点", "订单", "冷库"], ["岚芝", "12单", "是"], ["青峤", "9单"]]


def test_a_bar_in_a_sentence_makes_no_table(tmp_path: Path) -> None:
    path = tmp_path / "bar.md"
    path.write_text("# 站点\n\n岚芝 | 青峤两个站点都有冷库。\n鹿野没有。\n")
    assert not any(block.table for block in read(path).blocks)

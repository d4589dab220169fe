"""HTML keeps what a page says: its text, headings, lists and particulars, without its navigation."""

from __future__ import annotations

from index.formats import read
from index.types import BlockKind
from tests.index.formats.conftest import FIXTURES, kinds


def test_html_drops_navigation_scripts_and_hidden_parts() -> None:
    document = read(FIXTURES / "news_page.html")
    for word in ("首页", "器械</a>", "99999", "跟踪像素", "7788", "热门排行", "ICP", "相关："):
        assert word not in document.text
    assert document.blocks[0].span.of(document.text) == "云杉医疗公布半年业绩"


def test_html_head_gives_title_publisher_and_date() -> None:
    meta = read(FIXTURES / "news_page.html").meta
    assert (meta.title, meta.publisher, meta.date, meta.source) == (
        "云杉医疗公布半年业绩",
        "东方药讯",
        "2024-08-16",
        "news_page.html",
    )


def test_a_bold_numbered_line_is_a_heading_and_a_bold_word_is_not() -> None:
    document = read(FIXTURES / "news_page.html")
    assert kinds(document, BlockKind.HEADING)[1:] == ["一、两项业务一升一降", "二、下半年安排"]
    assert "营业收入3.72亿元，" in document.text


def test_html_lists_nest() -> None:
    document = read(FIXTURES / "news_page.html")
    items = [(block.level, block.span.of(document.text)) for block in document.blocks if block.kind is BlockKind.ITEM]
    assert items == [(0, "新增十个地级市的会诊中心；"), (1, "其中六个在西部"), (0, "停止三类亏损器械的租赁。")]


def test_a_text_file_with_front_matter_and_html_is_read_as_html() -> None:
    document = read(FIXTURES / "post.txt")
    assert (document.meta.title, document.meta.date) == ("白鹭健康完成新一轮融资", "2023-03-06")
    assert document.text.startswith("3月5日，白鹭健康宣布完成B轮融资，金额为1.8亿元")
    assert "返回" not in document.text
    assert "example.org" not in document.text

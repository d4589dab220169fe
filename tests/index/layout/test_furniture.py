"""Page numbers, running titles and contents lists go, and nothing that only looks like them does."""

from __future__ import annotations

from index.formats import read
from index.layout import repair
from tests.index.layout.conftest import FIXTURES, HEAD, NAME, TEXT, of_kind, seen


def test_page_numbers_running_titles_and_contents_are_gone_and_the_title_stays_once() -> None:
    document = read(FIXTURES / "county_pharmacies_gb18030.txt")
    assert document.text.count("青禾县域药店经营观察") == 1
    assert "- 1 -" not in document.text


def test_words_that_only_decorate_slides_are_dropped() -> None:
    document = read(FIXTURES / "slides.txt")
    assert "连接" not in document.text
    assert "信任" not in document.text
    assert not any(block.span.of(document.text).isdecimal() for block in document.blocks)


def test_a_contents_list_is_dropped_with_its_list_of_figures() -> None:
    text = """目录

一、背景.....	1
二、结果.....	6

图表目录

图 1 随访的步骤	2
图 2 漏访率	3

一、背景

随访始于2011年。

图 1 随访的步骤

二、结果

漏访率为9.5%。
"""
    assert seen(repair(text)) == [
        (HEAD, "一、背景"),
        (TEXT, "随访始于2011年。"),
        (NAME, "图 1 随访的步骤"),
        (HEAD, "二、结果"),
        (TEXT, "漏访率为9.5%。"),
    ]


def test_chapter_titles_announced_without_page_numbers_are_dropped_once() -> None:
    text = "01\n\n样本\n\nSample description\n\n02\n\n结果\n\nMain results\n\n03\n\n讨论\n\nFinal discussion\n\n" + "".join(
        f"0{n}\n\n# {name}\n\n{english}\n\n这一章有一句话。\n\n"
        for n, (name, english) in enumerate(
            [("样本", "Sample description"), ("结果", "Main results"), ("讨论", "Final discussion")], 1
        )
    )
    assert of_kind(text, HEAD) == ["样本", "结果", "讨论"]
    assert len(repair(text)) == 6


def test_a_heading_that_comes_again_goes_on_and_loses_no_text() -> None:
    text = "# 结果\n\n第一页的话。\n\n# 讨论\n\n中间的话。\n\n# 结果\n\n第二页的话。\n"
    assert of_kind(text, HEAD) == ["结果", "讨论", "结果"]
    assert of_kind(text, TEXT) == ["第一页的话。", "中间的话。", "第二页的话。"]


def test_headings_that_recur_in_every_case_are_no_running_title() -> None:
    text = "".join(f"{n}.1 案例{n}\n\n核心产品\n\n案例{n}的产品是第{n}代随访系统。\n\n" for n in range(1, 5))
    assert of_kind(text, HEAD).count("核心产品") == 4


def test_a_key_figure_on_a_line_of_its_own_is_no_page_number() -> None:
    assert "31" in [draft.text for draft in repair("覆盖医院数\n\n31\n\n覆盖的医院多在县里，去年又增加了四家。\n")]


def test_a_running_title_with_the_page_number_in_its_line_is_furniture() -> None:
    pages = "".join(f"第{n}页说的是第{n}个县，那里有{n + 20}家门店。\n阅读正文之前请先看免责声明 {n}\n" for n in range(3, 8))
    assert "免责声明" not in "".join(draft.text for draft in repair(pages))
    assert len(repair(pages)) == 5


def test_numbered_cases_are_no_running_title() -> None:
    cases = "".join(f"典型案例分析 {n}\n\n这个案例发生在第{n}个县，药店因此关闭。\n\n" for n in range(1, 5))
    assert of_kind(cases, HEAD) == [f"典型案例分析 {n}" for n in range(1, 5)]

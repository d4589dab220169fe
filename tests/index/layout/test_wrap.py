"""Lines and sentences that a page cut read again as they were written."""

from __future__ import annotations

import pytest

from index.formats import read
from index.layout.wrap import join
from tests.index.layout.conftest import FIXTURES, ITEM, TEXT, of_kind


def test_lines_wrapped_at_a_fixed_width_are_joined_into_paragraphs() -> None:
    document = read(FIXTURES / "county_pharmacies_gb18030.txt")
    paragraphs = [block.span.of(document.text) for block in document.blocks if block.kind is TEXT]
    assert len(paragraphs) == 5
    assert "小型店受品类限制，占比仍停留在21%上下。" in paragraphs[2]
    assert all(paragraph.endswith("。") for paragraph in paragraphs)


def test_an_empty_line_after_every_line_means_nothing() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "照看的人数则增加到二百名。" in document.text
    assert "系统在高峰时段响应缓慢，三成的受访护士表示曾经因此放弃录入，改用纸面补记" in document.text


def test_a_sentence_cut_by_a_box_on_the_next_page_is_whole_again_and_so_is_the_box() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "有两家医院甚至把上报率写进了科室考核的细则之中。" in document.text
    assert "每名护士照看的病人也增多到二百名，但录入负担随之上升" in document.text
    assert document.text.index("考核的细则") < document.text.index("本章小结")


def test_a_sentence_cut_by_a_caption_is_whole_and_the_caption_follows_it() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert "预计每天可以节省半个小时以上的时间，这项改动将于明年春天试行。" in document.text
    assert document.text.endswith("图表 2 字段精简方案")


def test_a_bullet_lost_to_a_space_is_still_an_item() -> None:
    document = read(FIXTURES / "double_spaced.txt")
    assert [block.span.of(document.text) for block in document.blocks if block.kind is ITEM][
        -1
    ] == "患者主动上报的比例升至44%。"


def test_paragraphs_on_one_line_are_joined_only_where_a_page_cut_them() -> None:
    text = """一、现状

平台在二〇一九年开始建设，先后接入了三十一家医院，其中二十家为公立，其余的由企业与

地方合办。今年计划再接入五家。

第二段说的是费用，平均每家医院每年支付十二万元。

2020年，费用第一次下降。
"""
    assert of_kind(text, TEXT) == [
        "平台在二〇一九年开始建设，先后接入了三十一家医院，其中二十家为公立，其余的由企业与地方合办。今年计划再接入五家。",
        "第二段说的是费用，平均每家医院每年支付十二万元。",
        "2020年，费用第一次下降。",
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("人工智", "能平台", "人工智能平台"),
        ("于 2019", "年上线", "于 2019年上线"),
        ("a digital", "platform", "a digital platform"),
        ("digi-", "tal tools", "digital tools"),
        ("Class-A", "report", "Class-A report"),
        ("分别为31", "402家", "分别为31 402家"),
        ("收入为1,", "204元", "收入为1,204元"),
        ("", "甲", "甲"),
    ],
)
def test_joining_puts_a_space_only_between_words_and_between_figures(left: str, right: str, expected: str) -> None:
    assert join(left, right) == expected

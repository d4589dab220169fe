"""Sentences end where a reader would say so, and none of their characters is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chinese.sentences import LONG_SPEECH, sentences
from index.types import Span


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("门诊量上升。住院量下降！原因呢？", ["门诊量上升。", "住院量下降！", "原因呢？"]),
        ("每周学习2.5小时。去年是1.8小时。", ["每周学习2.5小时。", "去年是1.8小时。"]),
        ("真的吗？！我不信。", ["真的吗？！", "我不信。"]),
        ("药师每日巡店……随后填表。", ["药师每日巡店……", "随后填表。"]),
        ("覆盖青禾、白石……等十二个县。", ["覆盖青禾、白石……等十二个县。"]),
        ("该系统（上线于2019年。现已停用）由市里出资。", ["该系统（上线于2019年。现已停用）由市里出资。"]),
        ("他读了《问诊。从哪里开始？》一书。很有用。", ["他读了《问诊。从哪里开始？》一书。", "很有用。"]),
        ("院长说：“先试行。再推广。”随后散会。", ["院长说：“先试行。再推广。”", "随后散会。"]),
        ("所谓“先诊疗。后付费。”的做法已经取消。", ["所谓“先诊疗。后付费。”的做法已经取消。"]),
        ("「先試行。再推廣。」院長這樣說。", ["「先試行。再推廣。」", "院長這樣說。"]),
        ("See No. 7 by Dr. Ho. It cost 3.5 million. 共三页。", ["See No. 7 by Dr. Ho.", "It cost 3.5 million.", "共三页。"]),
        ("网址是 https://example.org/a.b?c=d。请登记。", ["网址是 https://example.org/a.b?c=d。", "请登记。"]),
        ("1. 建立档案。2. 分级管理。", ["1. 建立档案。", "2. 分级管理。"]),
        ("做人要耐心。——一位老护士", ["做人要耐心。——一位老护士"]),
        ("您计划参加几次培训?您希望在哪里?", ["您计划参加几次培训?", "您希望在哪里?"]),
        ("基数：N=120；\n您用过哪些工具？", ["基数：N=120；", "您用过哪些工具？"]),
        ("没有句号的标题", ["没有句号的标题"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says_so(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_semicolon_parts_two_long_statements() -> None:
    first = "三级医院的医生把大部分线上时间用于查阅英文文献和参加学术会议的直播课程；"
    second = "社区医院的医生更常使用的则是病例讨论群和药品说明书一类的工具软件。"
    assert cut(first + second) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "人少；事多。",
        "目标有三个：一是把随访的覆盖面扩大到全部二十六个社区卫生服务站点；二是把漏访率压到百分之五以内并且长期保持；三是减少护士录入。",
        "优点是（1）上线快，三家医院用了不到两个月便全部完成了系统的部署；（2）花费少，平均每家只用了不到十二万元的建设资金。",
        "数据（门诊部分由信息科提供，时间截至六月底，共两万条；住院部分由病案室提供，时间截至五月底，共八千条）已经核对。",
    ],
)
def test_a_semicolon_inside_an_enumeration_or_brackets_parts_nothing(text: str) -> None:
    assert cut(text) == [text]


def test_long_speech_is_cut_like_any_other_text() -> None:
    speech = "我们今年做了三件事情，第一件便是把会诊平台接到县里" * 4
    assert len(speech) > LONG_SPEECH
    text = f"董事长表示：“{speech}。第二件还没有做完。”"
    assert cut(text) == [f"董事长表示：“{speech}。", "第二件还没有做完。”"]


def test_a_bracket_that_never_closes_does_not_swallow_the_rest() -> None:
    assert cut("他说（没有说完。后来再说。") == ["他说（没有说完。", "后来再说。"]


def test_only_the_span_is_cut_and_offsets_count_the_whole_text() -> None:
    text = "前一句。中间一句。后一句。"
    assert list(sentences(text, Span(4, 9))) == [Span(4, 9)]


ALPHABET = "医院药师增长了。！？；：，、“”‘’（）《》「」()…. \n\t123.5%abcNo?!;\"'"


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=200), st.data())
def test_sentences_cover_everything_but_white_space_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = list(sentences(text, Span(start, end)))
    at = start
    for span in found:
        assert start <= at <= span.start < span.end <= end
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        assert "\n" not in span.of(text)
        at = span.end
    assert not text[at:end].strip()


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_no_figure_is_cut_in_two(text: str) -> None:
    for span in sentences(text, Span(0, len(text))):
        before, after = text[span.start - 1 : span.start], text[span.start : span.start + 1]
        assert not (before.isdecimal() and after.isdecimal())
        if before == "." and after.isdecimal():
            assert not text[span.start - 2 : span.start - 1].isdecimal()

"""A document's words on one line: layout signs gone, a bare quote among its neighbours, never a wrong place."""

from __future__ import annotations

import pytest

from web.excerpts import excerpt, in_context
from web.schemas import CitationOut


def citation(quote: str, passage: str) -> CitationOut:
    return CitationOut(
        n=1, document="d", title="报告", publisher="", date="", source="d.md", section="", passage=passage, quote=quote,
        start=0, end=len(quote), url="/documents/d#c0-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        (
            "| 指标 | 去年 | 今年 |\n| --- | --- | --- |\n| 药师 | 18万 | 26万 |",
            '<span class="around">药师 · <b>18万</b> · 26万</span>',
        ),
        ("指标\t去年\t今年\n药师\t18万\t26万", '<span class="around">药师 · <b>18万</b> · 26万</span>'),
        ("去年药师为 18万，今年更多。", '<span class="around">去年药师为 <b>18万</b>，今年更多。</span>'),
        ("去年 18万。\n药师\t18万\t26万", '<span class="around">药师 · <b>18万</b> · 26万</span>'),
        ("18万", "18万"),
        ("| 18万 |", "18万"),
    ],
)
def test_a_bare_quote_is_shown_in_its_line(passage: str, shown: str) -> None:
    assert in_context(citation("18万", passage)) == shown


@pytest.mark.parametrize("passage", ["药师\t18万\t18万", "先 18万 后 18万", "没有"])
def test_a_quote_that_could_stand_in_two_places_is_shown_alone(passage: str) -> None:
    assert in_context(citation("18万", passage)) == "18万"


def test_a_quote_that_speaks_for_itself_is_shown_alone() -> None:
    said = "药师平均每周在线学习六个半小时。"
    assert in_context(citation(said * 2, f"前面。{said * 2}后面。")) == said * 2


def test_what_is_far_ahead_gives_way_to_the_quote() -> None:
    shown = in_context(citation("26万", "很" * 90 + "26万" + "多" * 90))
    assert shown == f'<span class="around">…{"很" * 20}<b>26万</b>{"多" * 40}</span>'


def test_what_a_document_holds_is_escaped() -> None:
    assert (
        in_context(citation("<i>", "<b>\t<i>\t<u>")) == '<span class="around">&lt;b&gt; · <b>&lt;i&gt;</b> · &lt;u&gt;</span>'
    )


def test_an_excerpt_has_no_layout_signs() -> None:
    assert (
        excerpt("# 规模\n\n> **药师** 很多，\n共 3 万\n| 甲 | 乙 |\n|---|---|\n丙\t丁", "报告 › 规模")
        == "药师 很多，共 3 万 甲 · 乙 丙 · 丁"
    )

"""Whatever an answer holds, the message keeps within what Slack takes, and says what was said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.slack.refused import blocks_wrongs, message_wrongs, units, view_wrongs
from tests.web.slack.shown import words_of
from web.channels.slack.blocks import Posting, answered
from web.channels.slack.home import help_with, home
from web.schemas import AnswerOut, ChartOut, CitationOut, ConflictOut, DocumentSummary, PassageOut, SeriesOut, SideOut

WORDS = st.text(max_size=60) | st.sampled_from(
    ["药师 26万名。", "<!channel>", "a & b", "**粗**", "- 一\n- 二",
     "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 [1] |", "1. 一\n   - 二", "# 题", "[1]"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map("".join)


def cited(n: int, title: str = "调查报告", url: str = "/documents/a#c0-1") -> CitationOut:
    return CitationOut(
        n=n, document="a", title=title, publisher="青禾研究院", date="2031", source="a.txt", section="", passage="", quote="",
        start=0, end=1, url=url,
    )  # fmt: skip


def near(text: str) -> PassageOut:
    return PassageOut(
        document="a", title=text, publisher=text, date="", source="", section="", passage=text, start=0, end=1,
        url="/documents/甲 乙",
    )  # fmt: skip


def answer(text: str, **more: Any) -> AnswerOut:
    given: dict[str, Any] = {
        "id": "01AAAAAAAAAAAAAAAAAAAAAAAA", "question": "药师有多少？", "standalone_question": "药师有多少？", "answered": True,
        "answer": text, "citations": [], "figures": [], "conflicts": [], "nearest": [], "suggestions": [], "composer": "quote",
        "notes": [], "index": "f", "timings_ms": {},
    }  # fmt: skip
    return AnswerOut(**given | more)


def sent(posting: Posting) -> dict[str, Any]:
    blocks = [block.to_dict() for block in posting.blocks]
    message: dict[str, Any] = {"text": posting.text, "blocks": blocks}
    return message | ({"metadata": posting.metadata.to_dict()} if posting.metadata else {})


@given(TEXTS, st.lists(TEXTS, max_size=4), st.integers(0, 60), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_answer_is_a_message_that_slack_takes(text: str, others: list[str], sources: int, linked: bool) -> None:
    words = [*others, "x"]
    made = answer(
        text,
        citations=[cited(n + 1, words[n % len(words)]) for n in range(sources)],
        conflicts=[ConflictOut(about=each, sides=[SideOut(text=each, n=1)] * 3) for each in words],
        nearest=[near(each) for each in words[:3]],
        suggestions=[each[:2000] or "?" for each in words],
        notes=words,
        chart=ChartOut(
            kind="bar",
            title=words[0] or "x",
            unit=words[-1],
            labels=words,
            n=[1],
            series=[SeriesOut(name=words[0], values=[1.5])],
        ),
    )
    for pictures in (True, False):
        message = sent(answered(made, "https://yanda.example" if linked else "", asked_by="U1", pictures=pictures))
        assert list(message_wrongs(message)) == []


def test_the_worst_answer_still_fits() -> None:
    long = "药师的人数为 1,234,567 名，占全国的 41%。[1] " * 2000
    made = answer(
        long,
        citations=[cited(n + 1, "很长的题目" * 60, f"/documents/{'很长的名字' * 12}#c1-2") for n in range(200)],
        conflicts=[ConflictOut(about=long, sides=[SideOut(text=long, n=1)])] * 9,
        nearest=[near(long)] * 3,
        suggestions=["问" * 2000] * 9,
        notes=[long] * 9,
        chart=ChartOut(
            kind="line", title=long, unit="", labels=["标签" * 9] * 900, n=[1], series=[SeriesOut(name="", values=[])]
        ),
    )
    for url in ("https://yanda.example", ""):
        message = sent(answered(made, url, asked_by="U1", pictures=False))
        assert list(message_wrongs(message)) == []
        assert len(message["blocks"]) <= 50
        assert ("https://yanda.example/a/01AAAAAAAAAAAAAAAAAAAAAAAA|回答较长" in words_of(message)) == bool(url)
        assert ("回答较长，这里只显示开头。" in words_of(message)) != bool(url)
        for block in message["blocks"][1:5]:
            assert re.search(r"。\[1\]\s*$", words_of({"blocks": [block]}))


def test_as_many_sources_as_there_are_have_a_line_each() -> None:
    for count in (1, 19, 24, 60, 120):
        message = sent(answered(answer("药师。", citations=[cited(n + 1) for n in range(count)]), "https://yanda.example"))
        lines = re.findall(r"^\[\d+\] <", words_of(message), re.MULTILINE)
        assert len(lines) == count
        assert list(message_wrongs(message)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# 题目\n正文", "题目\n正文"),
        ("- 一\n- 二\n  - 三\n\n尾", "一\n二\n三\n\n尾"),
        ("2. 乙\n3. 丙", "乙\n丙\n"),
        ("中间的**粗体**字", "中间的粗体字"),
        (r"两个\*\*星号\*\*", "两个**星号**"),
        ("*星* _线_ ~波~ `码` :tada: <@U1>", "*星* _线_ ~波~ `码` :tada: <@U1>"),
    ],
)
def test_markdown_is_shown_as_it_is_meant(text: str, shown: str) -> None:
    assert words_of(sent(Posting("", answered(answer(text)).blocks[:1]))) == shown


def test_a_numbered_list_goes_on_counting() -> None:
    [block] = sent(Posting("", answered(answer("2. 乙\n3. 丙")).blocks[:1]))["blocks"]
    assert block["elements"][0] | {"elements": []} == {
        "type": "rich_text_list",
        "style": "ordered",
        "indent": 0,
        "offset": 1,
        "elements": [],
    }


@given(st.lists(WORDS.filter(bool), max_size=5), st.integers(0, 200), st.sampled_from(["", "https://yanda.example"]))
@settings(max_examples=30, deadline=None)
def test_any_home_and_any_help_is_taken(questions: list[str], count: int, url: str) -> None:
    document = DocumentSummary(
        id="a",
        title="<甲> & 乙",
        publisher="p" * 300,
        date="",
        source="",
        kind="",
        note="",
        characters=1,
        url="/documents/a",
        passages=1,
        tables=0,
        figures=0,
    )
    assert list(view_wrongs(home(questions, [document] * count, url).to_dict())) == []
    message = sent(help_with(questions, "zh"))
    assert list(message_wrongs(message)) == []


def test_the_stand_in_refuses_what_slack_refuses() -> None:
    text = {"type": "mrkdwn", "text": "x"}
    for wrong in (
        [{"type": "section", "text": {"type": "mrkdwn", "text": "药" * 3001}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "a < b"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "context", "elements": [text] * 11}],
        [{"type": "actions", "elements": []}],
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}],
        [{"type": "unheard_of"}],
        [{"type": "divider"}] * 51,
    ):
        assert list(blocks_wrongs(wrong, 50)), wrong
    assert units("😀") == 2

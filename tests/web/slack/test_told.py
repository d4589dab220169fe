"""What an answer in Slack shows: citations, tables, charts, refusals, disagreement, and never notation."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from rag.settings import Settings
from rag.types import Chart, Series
from tests.web.slack.asking import Until, answered_once, blocks
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import IM, ME, StandIn
from web.app import create_app


def test_the_citations_of_a_message_are_those_of_the_answer(sender: Sender, slack: StandIn, app: FastAPI, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 两个年底的指标有什么变化？") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    carried = slack.posts[0]["metadata"]["event_payload"]
    answer = app.state.desk.saved.find(carried["answer"]).answer
    assert len(answer.citations) == 4
    assert carried["citations"] == [
        {"n": c.n, "document": c.document, "start": c.start, "end": c.end} for c in answer.citations
    ]
    lines = [block["elements"][0]["text"] for block in blocks(slack.posts[0], "context")]
    assert [line.split(" ")[0] for line in lines] == ["[1]", "[2]", "[3]", "[4]"]


def test_a_table_becomes_lines_that_keep_their_headers(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 两个年底的指标有什么变化？") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert "注册药师数：2030年底 18.5万 · 2031年底 26万 [1]\n占全国的比例：2030年底 33%" in words_of(slack.posts[0])
    assert "|" not in words_of(slack.posts[0]).split("[1] <")[0]


def test_a_refusal_is_said_aloud_with_what_is_nearest(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 明天下雨吗？") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    said = words_of(slack.posts[0])
    assert "资料库里没有关于这个问题的内容。" in said
    assert "资料里最接近的内容" in said
    assert said.count("青禾药师数字生活调查（2031）> · 青禾研究院") == 3
    assert slack.posts[0]["metadata"]["event_payload"]["citations"] == []


def test_sources_that_disagree_are_shown_side_by_side(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 有分歧吗？") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert "资料说法不一：2031年底的注册药师数26万名 [1]\n30万名 [2]" in words_of(slack.posts[0])


def test_words_of_a_document_never_become_notation(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 来稿 &lt;!channel&gt; *粗*") | {"type": "app_mention"})
    sender.press("ask0", "来稿 <!channel> & <https://evil.example|点这里>", {"channel": "C1", "ts": "1.1"})
    until(lambda: len(slack.posts) == 2)
    for post in slack.posts:
        assert "<script>window.hacked = 1</script>" in words_of(post)
        assert "&lt;b&gt;不可信&lt;/b&gt;" in words_of(post)
        assert "<!channel>" not in json.dumps([post["text"], *blocks(post, "context")])
        # a marker without a citation stays text
        assert not [part for part in json.dumps(post["blocks"]).split('"type": "link"') if '"text": "[9]"' in part[:60]]


def test_a_failure_is_said_and_keeps_its_secret(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 崩了吗？") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert slack.posts[0]["text"] == "出错了，没能回答。请重试。"


CHART = Chart("bar", "两个年底的注册药师数", "万名", ("2030年底", "2031年底"), (Series("注册药师", (18.5, None)),), (1,))


def charted(bot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = bot.answer
    monkeypatch.setattr(bot, "answer", lambda ask: replace(answer(ask), chart=CHART))


def test_a_chart_is_a_picture_with_its_values_in_words(
    sender: Sender, slack: StandIn, bot: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    charted(bot, monkeypatch)
    post, answer = answered_once(sender, slack, until)
    [image] = blocks(post, "image")
    assert image["image_url"] == f"https://yanda.example/a/{answer}/chart.png"
    assert "2030年底  18.5" in image["alt_text"]


def test_a_picture_that_slack_cannot_fetch_becomes_a_table(
    sender: Sender, slack: StandIn, bot: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    charted(bot, monkeypatch)
    slack.failures["chat.postMessage"] = ["invalid_blocks"]
    post, _ = answered_once(sender, slack, until)
    assert blocks(post, "image") == []
    assert "          注册药师\n2030年底  18.5\n2031年底  –\n（万名）" in words_of(post)


def test_without_a_public_address_nothing_is_linked(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    charted(bot, monkeypatch)
    with serve(create_app(bot, settings=replace(settings, public_url=""))) as address:
        post, _ = answered_once(Sender(address), slack, until)
        Sender(address).event({"type": "app_home_opened", "user": "U5", "channel": IM, "tab": "home"})
        until(lambda: len(slack.homes) == 1)
    assert "http" not in json.dumps(post["blocks"]) + json.dumps(slack.homes)
    assert "[1] 青禾药师数字生活调查（2031） · 青禾研究院 · 2031-12-20" in words_of(post)
    assert blocks(post, "image") == []


def test_an_english_question_gets_an_english_interface(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> How many pharmacists?") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert "The closest passages in the library" in words_of(slack.posts[0])

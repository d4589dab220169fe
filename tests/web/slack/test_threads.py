"""Each question in Slack gets one answer in its thread, with the thread as its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.settings import Settings
from rag.types import Turn
from tests.web.slack.asking import SIZE, Until
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import BOT, IM, ME, StandIn
from web.app import create_app


def test_a_mention_is_answered_in_its_thread_with_its_sources(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    said = slack.say("C1", f"<@{ME}> {SIZE}")
    assert sender.event(said | {"type": "app_mention"}).status_code == 200
    until(lambda: len(slack.posts) == 1)
    [post] = slack.posts
    assert (post["channel"], post["thread_ts"]) == ("C1", said["ts"])
    assert bot.asked[0].question == SIZE
    assert "26万名" in words_of(post)
    assert "青禾药师数字生活调查（2031）> · 青禾研究院 · 2031-12-20" in words_of(post)
    assert "https://yanda.example/documents/qinghe-2031#c" in words_of(post)
    assert "26万名，占全国执业药师的 41%。[1]\n\n[1] 青禾药师数字生活调查（2031）" in post["text"]
    assert "*" not in post["text"]


@pytest.mark.parametrize("more", [{"channel_type": "im"}, {}, {"channel_type": "im", "subtype": "file_share", "files": []}])
def test_a_direct_message_needs_no_mention(
    sender: Sender, slack: StandIn, bot: Any, until: Until, more: dict[str, Any]
) -> None:
    said = slack.say(IM, SIZE, **more)
    sender.event(said)
    until(lambda: len(slack.posts) == 1)
    assert slack.posts[0]["thread_ts"] == said["ts"]
    assert bot.asked[0].question == SIZE


def test_a_direct_message_leans_on_the_one_before_it(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    sender.event(slack.say(IM, SIZE, channel_type="im"))
    until(lambda: len(slack.posts) == 1)
    sender.event(slack.say(IM, "那前一年呢？", channel_type="im"))
    until(lambda: len(slack.posts) == 2)
    assert bot.asked[1].history[0] == Turn("user", SIZE)
    assert "18.5万名" in words_of(slack.posts[1])
    assert "按上一个问题补全了年份与对象。" in words_of(slack.posts[1])


def test_later_messages_of_a_thread_are_answered_with_the_thread_as_history(
    sender: Sender, slack: StandIn, bot: Any, until: Until
) -> None:
    root = slack.say("C1", f"<@{ME}> {SIZE}")
    sender.event(root | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    slack.say("C1", "机器人说：已同步", root["ts"], user="", bot_id="BOTHER")
    sender.event(slack.say("C1", "那前一年呢？", root["ts"]))
    until(lambda: len(slack.posts) == 2)
    assert slack.posts[1]["thread_ts"] == root["ts"]
    user, assistant = bot.asked[1].history
    assert user == Turn("user", SIZE)
    assert assistant.role == "assistant"
    assert assistant.content.startswith("2031年底，青禾平台的注册药师为 **26万名**")
    assert "18.5万名" in words_of(slack.posts[1])


def test_a_thread_that_only_slack_remembers_is_known_again(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    root = slack.say("C1", f"<@{ME}> {SIZE}")
    slack.say("C1", "2031年底为 &lt;26万名&gt;。[1]", root["ts"], user="", bot_id=BOT)
    sender.event(slack.say("C1", "那前一年呢？", root["ts"], user="U7"))
    until(lambda: len(slack.posts) == 1)
    assert bot.asked[0].history == (Turn("user", SIZE), Turn("assistant", "2031年底为 <26万名>。[1]"))


def test_a_long_thread_is_read_to_its_end(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    root = slack.say("C1", f"<@{ME}> {SIZE}")
    for place in range(450):
        slack.say("C1", f"第 {place} 句", root["ts"])
    sender.event(slack.say("C1", f"<@{ME}> 那前一年呢？", root["ts"]) | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert bot.asked[0].history[-1] == Turn("user", "第 449 句")
    assert len(bot.asked[0].history) <= 24


def test_a_thread_that_cannot_be_read_costs_the_history_only(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    slack.failures["conversations.replies"] = ["missing_scope"]
    sender.event(slack.say("C1", f"<@{ME}> {SIZE}", "1800000000.000001") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert bot.asked[0].history == ()


def test_a_question_asked_while_the_library_is_read_is_answered_once_it_is(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"

    def load() -> Any:
        until(gate.exists)
        return bot

    with serve(create_app(load=load, settings=settings)) as address:
        sender = Sender(address)
        sender.event(slack.say("C1", f"<@{ME}> {SIZE}") | {"type": "app_mention"})
        assert slack.posts == []
        gate.touch()
        until(lambda: len(slack.posts) == 1)
    assert "26万名" in words_of(slack.posts[0])

"""What is no question in Slack is not answered as one: talk of others, empty mentions, whole essays."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from tests.web.slack.asking import SIZE, Until, blocks, settled
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import BOT, IM, ME, StandIn
from web.channels.slack.threads import Threads


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"subtype": "message_deleted", "deleted_ts": "1.1"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "BOTHER", "user": ""},
        {"bot_id": "BOTHER"},
        {"user": ME, "bot_id": BOT},
        {"user": ME},
        {"user": None},
        {"hidden": True},
    ],
    ids=str,
)
def test_nobodys_question_is_not_answered(sender: Sender, slack: StandIn, bot: Any, until: Until, more: dict[str, Any]) -> None:
    for event in (
        slack.say("C1", f"<@{ME}> {SIZE}") | {"type": "app_mention"},
        slack.say("C1", f"<@{ME}> {SIZE}"),
        slack.say(IM, SIZE, channel_type="im"),
    ):
        assert sender.event(event | more).status_code == 200
    settled(slack, sender, until, 0)
    assert [ask.question for ask in bot.asked] == ["问卷"]


def test_talk_of_others_is_left_alone(sender: Sender, slack: StandIn, bot: Any, app: FastAPI, until: Until) -> None:
    root = slack.say("C1", "大家好")
    sender.event(root)
    sender.event(slack.say("C1", SIZE, root["ts"]))
    until(lambda: Threads(app.state.database).joined("C1", root["ts"]) is False)
    sender.event(slack.say("C1", SIZE, root["ts"]))
    ours = slack.say("C1", f"<@{ME}> {SIZE}")
    sender.event(ours | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    sender.event(slack.say("C1", "<@U9> 药师的事你看呢？", ours["ts"]))
    settled(slack, sender, until, 1)
    assert len(bot.asked) == 2
    # a stranger's thread is looked into once
    assert [method for method, _ in slack.calls].count("conversations.replies") == 1


def test_an_empty_mention_gets_help_and_questions_to_press(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    for text in (f"<@{ME}>", f"  <@{ME}> ： ", f"<@{ME}> \u200b"):
        sender.event(slack.say("C1", text) | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 3)
    assert bot.asked == []
    for post in slack.posts:
        assert "/yanda" in words_of(post)
        [actions] = blocks(post, "actions")
        assert [button["value"] for button in actions["elements"]] == list(bot.examples())
    sender.press("ask0", bot.examples()[0], slack.posts[0])
    until(lambda: len(slack.posts) == 4)
    assert slack.posts[3]["thread_ts"] == slack.posts[0]["thread_ts"]
    assert words_of(slack.posts[3]).count(f"<@U2>：{SIZE}") == 1


def test_a_question_of_more_than_2000_characters_is_told_how_long_it_is(
    sender: Sender, slack: StandIn, bot: Any, until: Until
) -> None:
    sender.event(slack.say(IM, "药" * 2001, channel_type="im"))
    sender.event(slack.say(IM, "a" * 2001, channel_type="im"))
    until(lambda: len(slack.posts) == 2)
    assert sorted(post["text"][:12] for post in slack.posts) == ["The question", "问题有 2001 个字，"]
    assert bot.asked == []

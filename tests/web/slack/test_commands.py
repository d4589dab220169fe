"""A command in Slack is answered for everybody; what is said of the command itself is for its sender."""

from __future__ import annotations

from typing import Any

import pytest

from rag.types import Turn
from tests.web.slack.asking import SIZE, Until
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import ME, StandIn


def test_a_command_is_answered_for_everybody_with_who_asked_what(
    sender: Sender, slack: StandIn, bot: Any, until: Until
) -> None:
    assert sender.command(f"{SIZE} ").content == b""
    until(lambda: len(slack.posts) == 1)
    [post] = slack.posts
    assert (post["channel"], "thread_ts" in post) == ("C1", False)
    assert words_of(post).count(f"<@U1>：{SIZE}") == 1
    assert "26万名" in words_of(post)
    # the answer begins a thread, and what is said in it is answered
    follow = slack.say("C1", "那前一年呢？", post["ts"], parent_user_id=ME)
    sender.event(follow)
    until(lambda: len(slack.posts) == 2)
    assert slack.posts[1]["thread_ts"] == post["ts"]
    assert bot.asked[1].history[0] == Turn("user", SIZE)
    assert "18.5万名" in words_of(slack.posts[1])


def test_a_command_in_a_channel_that_cannot_be_posted_to_is_answered_by_its_own_address(
    sender: Sender, slack: StandIn, until: Until
) -> None:
    slack.failures["chat.postMessage"] = ["not_in_channel"]
    sender.command(SIZE, f"{slack.address}/response/T1")
    until(lambda: len(slack.responses) == 1)
    assert slack.posts == []
    assert slack.responses[0]["response_type"] == "in_channel"
    assert "26万名" in words_of(slack.responses[0])


@pytest.mark.parametrize(("text", "said"), [("", "/yanda"), ("   ", "/yanda"), ("help", "Mention me"), ("药" * 2001, "2001")])
def test_what_is_said_of_a_command_itself_is_for_its_sender_alone(
    sender: Sender, slack: StandIn, until: Until, text: str, said: str
) -> None:
    sender.command(text, f"{slack.address}/response/T1")
    until(lambda: len(slack.responses) == 1)
    assert slack.responses[0]["response_type"] == "ephemeral"
    assert said in slack.responses[0]["text"]
    assert slack.posts == []

"""What tests of the conversation share: a question, waiting for its answer, and the blocks of what was posted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.slack.sender import Sender
from tests.web.slack.stand_in import IM, ME, StandIn

Until = Callable[[Callable[[], bool]], None]
SIZE = "2031年底青禾平台的注册药师有多少？"


def blocks(post: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in post["blocks"] if block["type"] == kind]


def settled(slack: StandIn, sender: Sender, until: Until, count: int) -> None:
    """`count` posts stand, and whatever was sent before has been dealt with."""
    until(lambda: len(slack.posts) >= count)
    sender.event(slack.say(IM, "问卷", channel_type="im"))
    until(lambda: len(slack.posts) >= count + 1)
    del slack.posts[-1]
    assert len(slack.posts) == count


def answered_once(sender: Sender, slack: StandIn, until: Until) -> tuple[dict[str, Any], str]:
    sender.event(slack.say("C1", f"<@{ME}> {SIZE}") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    return slack.posts[0], slack.posts[0]["metadata"]["event_payload"]["answer"]

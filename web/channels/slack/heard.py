"""What did a person say: a message of Slack as words, and whom they are for."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from web.channels.slack.payloads import Message

__all__ = ["Heard", "heard", "plain"]

# what else a message can be (joined, changed, deleted, posted by a bot …) is nobody's question
SPOKEN = ("", "file_share", "thread_broadcast", "me_message")
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Heard:
    """A question and where it was asked; `ts` is empty where no message carries it, `thread` where it begins none."""

    channel: str
    user: str
    question: str
    ts: str = ""
    thread: str = ""
    asked: bool = True  # of 研答 itself: a mention, a direct message, a command, a button
    direct: bool = False
    ours: bool = False  # in a thread that a message of 研答 began

    @property
    def root(self) -> str:
        """The thread that the answer belongs in."""
        return self.thread or self.ts


def heard(message: Message, me: str) -> Heard | None:
    """None where nobody spoke to 研答: bots, changes, talk outside of threads, words for somebody else."""
    if message.subtype not in SPOKEN or message.hidden or message.bot_id or not message.user or not message.ts:
        return None
    if message.user == me:
        return None
    mentioned = MENTION.findall(message.text)
    direct = message.channel_type == "im" or message.channel.startswith("D")
    asked = direct or me in mentioned or message.type == "app_mention"
    thread = message.thread_ts if message.thread_ts != message.ts else ""
    # in a thread, words that begin with somebody else's name are for them
    elsewhere = not thread or MENTION.match(message.text.strip()) is not None
    if not asked and elsewhere:
        return None
    return Heard(
        channel=message.channel,
        user=message.user,
        question=plain(message.text, me),
        ts=message.ts,
        thread=thread,
        asked=asked,
        direct=direct,
        ours=message.parent_user_id == me,
    )


def plain(text: str, me: str) -> str:
    """The words without Slack's notation: links as their labels, 研答's own name left out."""
    named = MENTION.sub(lambda found: "" if found[1] == me else found[0], text)
    words = html.unescape(REFERENCE.sub(_label, named))
    return re.sub(r"^[\s:：,，]+|\s+$", "", words)


def _label(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if target.startswith("@"):
        return f"@{label}" if label else ""
    if target.startswith("#"):
        return f"#{label}" if label else ""
    if target.startswith("!"):
        return label or ""
    return label or target.removeprefix("mailto:")

"""What a message says, and whether it is meant for us."""

from __future__ import annotations

import pytest

from tests.web.slack.stand_in import ME
from web.channels.slack.heard import heard, plain
from web.channels.slack.payloads import Message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"<@{ME}> 药师有多少？", "药师有多少？"),
        (f"<@{ME}|yanda>：药师有多少？ ", "药师有多少？"),
        (f"请问 <@{ME}> 药师有多少？", "请问  药师有多少？"),
        ("<@U7|小林> 问的是 <#C1|药学> 里的", "@小林 问的是 #药学 里的"),
        ("<@U7> 问的", "问的"),
        ("见 <https://a.example/?x=1&amp;y=2|这份报告> 与 <https://b.example>", "见 这份报告 与 https://b.example"),
        ("写信给 <mailto:a@b.example|a@b.example>", "写信给 a@b.example"),
        ("<!here> <!subteam^S1|@药师组> 好", "@药师组 好"),
        ("&lt;b&gt; 的 A&amp;B &amp;lt; 占比", "<b> 的 A&B &lt; 占比"),
        ("占比 &lt; 5% 且 3 &gt; 2", "占比 < 5% 且 3 > 2"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_the_words_of_a_message_without_slacks_notation(text: str, said: str) -> None:
    assert plain(text, ME) == said


def message(text: str, **more: str) -> Message:
    return Message.model_validate({"type": "message", "channel": "C1", "ts": "2.0", "user": "U1", "text": text} | more)


@pytest.mark.parametrize(
    ("text", "more", "root"),
    [
        (f"<@{ME}> 问", {}, "2.0"),
        (f"<@{ME}> 问", {"thread_ts": "1.0"}, "1.0"),
        (f"<@U9> <@{ME}> 问", {"thread_ts": "1.0"}, "1.0"),
        ("问", {"type": "app_mention"}, "2.0"),
        ("问", {"channel_type": "im"}, "2.0"),
        ("<@U9> 问", {"channel_type": "im", "thread_ts": "1.0"}, "1.0"),
        ("问", {"thread_ts": "1.0"}, "1.0"),
        ("问 <@U9>", {"thread_ts": "1.0"}, "1.0"),
        ("问", {"thread_ts": "1.0", "subtype": "thread_broadcast"}, "1.0"),
    ],
)
def test_what_may_be_for_us_is_heard_and_belongs_in_its_thread(text: str, more: dict[str, str], root: str) -> None:
    spoken = heard(message(text, **more), ME)
    assert spoken is not None
    assert spoken.root == root


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("问", {}),
        ("<@U9> 问", {}),
        ("<@U9> 问", {"thread_ts": "1.0"}),
        ("问", {"thread_ts": "2.0"}),
        ("问", {"thread_ts": "1.0", "ts": ""}),
    ],
)
def test_what_is_for_others_is_not(text: str, more: dict[str, str]) -> None:
    assert heard(message(text, **more), ME) is None

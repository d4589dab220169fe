"""What people in Slack get: one answer to each question, in its thread, with its sources, and what they press."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from rag.settings import Settings
from rag.types import Chart, Series, Turn
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import BOT, IM, ME, StandIn
from web.app import create_app
from web.channels.slack.threads import Threads

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


def answered_once(sender: Sender, slack: StandIn, until: Until) -> tuple[dict[str, Any], str]:
    sender.event(slack.say("C1", f"<@{ME}> {SIZE}") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    return slack.posts[0], slack.posts[0]["metadata"]["event_payload"]["answer"]


def test_thumbs_up_is_kept_and_thanked_for(sender: Sender, slack: StandIn, app: FastAPI, until: Until) -> None:
    post, answer = answered_once(sender, slack, until)
    buttons = [button["action_id"] for block in blocks(post, "actions") for button in block["elements"]]
    assert buttons[:3] == ["helpful", "unhelpful", "open"]
    sender.press("helpful", answer, post)
    until(lambda: len(slack.whispers) == 1)
    assert app.state.desk.saved.ratings(answer) == ((True, ""),)
    thanks = slack.whispers[0]
    assert (thanks["channel"], thanks["user"], thanks["thread_ts"]) == ("C1", "U2", post["thread_ts"])
    assert thanks["text"] == "已记下，谢谢"


def test_thumbs_down_asks_why_and_keeps_the_reason(sender: Sender, slack: StandIn, app: FastAPI, until: Until) -> None:
    post, answer = answered_once(sender, slack, until)
    sender.press("unhelpful", answer, post)
    until(lambda: len(slack.whispers) == 1)
    [opened] = slack.views
    assert app.state.desk.saved.ratings(answer) == ((False, ""),)
    values = {"reason": {"reason": {"type": "plain_text_input", "value": "年份不对"}}}
    view = {"callback_id": "reason", "private_metadata": opened["view"]["private_metadata"], "state": {"values": values}}
    closed = sender.interact({"type": "view_submission", "user": {"id": "U2"}, "view": view | {"type": "modal"}})
    assert (closed.status_code, closed.content) == (200, b"")
    until(lambda: len(slack.whispers) == 2)
    assert app.state.desk.saved.ratings(answer) == ((False, ""), (False, "年份不对"))


def test_a_rating_counts_although_no_form_opens(sender: Sender, slack: StandIn, app: FastAPI, until: Until) -> None:
    post, answer = answered_once(sender, slack, until)
    slack.failures["views.open"] = ["expired_trigger_id"]
    sender.press("unhelpful", answer, post)
    until(lambda: len(slack.whispers) == 1)
    assert app.state.desk.saved.ratings(answer) == ((False, ""),)


def test_a_rating_of_an_answer_that_is_gone_is_not_thanked_for(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.press("helpful", "01AAAAAAAAAAAAAAAAAAAAAAAA", {"channel": "C1", "ts": "1.1"})
    until(lambda: len(slack.whispers) == 1)
    assert "不在了" in slack.whispers[0]["text"]


def test_the_link_button_is_acknowledged_and_nothing_more(sender: Sender, slack: StandIn, until: Until) -> None:
    post, answer = answered_once(sender, slack, until)
    assert sender.press("open", answer, post).status_code == 200
    settled(slack, sender, until, 1)
    assert slack.whispers == []


def test_the_app_home_says_what_can_be_asked_of_which_documents(sender: Sender, slack: StandIn, bot: Any, until: Until) -> None:
    sender.event({"type": "app_home_opened", "user": "U5", "channel": IM, "tab": "messages"})
    sender.event({"type": "app_home_opened", "user": "U5", "channel": IM, "tab": "home"})
    until(lambda: len(slack.homes) == 1)
    assert slack.homes[0]["user_id"] == "U5"
    view = slack.homes[0]["view"]
    shown = json.dumps(view, ensure_ascii=False)
    assert all(each in shown for each in (*bot.examples(), "青禾药师数字生活调查（2031）", "&lt;b&gt;不可信&lt;/b&gt;的来稿"))
    sender.press("ask1", bot.examples()[1], user="U5")
    until(lambda: len(slack.posts) == 1)
    assert slack.posts[0]["channel"] == "U5"
    assert f"<@U5>：{bot.examples()[1]}" in words_of(slack.posts[0])
    # and what is then said in that channel leans on it
    sender.event(slack.say(IM, "那前一年呢？", user="U5", channel_type="im"))
    until(lambda: len(slack.posts) == 2)
    assert bot.asked[1].history[0] == Turn("user", bot.examples()[1])


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


def test_an_english_question_gets_an_english_interface(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> How many pharmacists?") | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert "The closest passages in the library" in words_of(slack.posts[0])

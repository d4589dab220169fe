"""What people in Slack press does what it says: ratings, reasons, the link, and the app's home."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI

from rag.types import Turn
from tests.web.slack.asking import Until, answered_once, blocks, settled
from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import IM, StandIn


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

"""Slack says wait, breaks, refuses: what is posted in the end, and what the log says where nothing is."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from tests.web.slack.sender import Sender
from tests.web.slack.shown import words_of
from tests.web.slack.stand_in import ME, StandIn

ASKED = f"<@{ME}> 药师有多少？"


def test_a_limit_is_waited_out_as_long_as_slack_says(sender: Sender, slack: StandIn, until: Any) -> None:
    slack.failures["chat.postMessage"] = [(429, {"Retry-After": "2"})]
    sender.event(slack.say("C1", ASKED) | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    refused, posted = (at for method, at in slack.calls if method == "chat.postMessage")
    assert posted - refused >= 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_tried_again(status: int, sender: Sender, slack: StandIn, until: Any) -> None:
    slack.failures["chat.postMessage"] = [(status, {})]
    sender.event(slack.say("C1", ASKED) | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)


def test_errors_and_limits_one_after_the_other_are_got_over(sender: Sender, slack: StandIn, until: Any) -> None:
    slack.failures["auth.test"] = [(503, {})]
    slack.failures["chat.postMessage"] = [(503, {}), (429, {"Retry-After": "1"}), (502, {})]
    sender.event(slack.say("C1", ASKED) | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    assert "26万名" in words_of(slack.posts[0])


def test_an_answer_that_cannot_be_posted_in_the_end_is_logged_by_its_id(
    sender: Sender, slack: StandIn, until: Any, caplog: pytest.LogCaptureFixture, app: Any
) -> None:
    slack.failures["chat.postMessage"] = ["is_archived"]
    with caplog.at_level(logging.ERROR):
        sender.event(slack.say("C1", ASKED) | {"type": "app_mention"})
        until(lambda: "could not be posted to C1: is_archived" in caplog.text)
    said = next(record.getMessage() for record in caplog.records if "could not be posted" in record.getMessage())
    assert app.state.desk.saved.find(said.split(" ")[1]) is not None
    assert "药师" not in caplog.text


def test_an_event_is_answered_although_slack_does_not_say_who_we_are(sender: Sender, slack: StandIn, until: Any) -> None:
    slack.failures["auth.test"] = ["fatal_error"]
    sender.event(slack.say("C1", ASKED))
    until(lambda: len(slack.posts) == 1)


def test_a_workspace_that_nobody_answers_for_is_said_in_the_log(
    sender: Sender, slack: StandIn, until: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slack_sdk.http_retry.handler.default_interval_calculator.backoff_factor", 0.01)
    slack.failures["chat.postMessage"] = [(503, {})] * 6
    began = time.monotonic()
    with caplog.at_level(logging.ERROR):
        assert sender.event(slack.say("C1", ASKED) | {"type": "app_mention"}).status_code == 200
        assert time.monotonic() - began < 3
        until(lambda: "could not be posted to C1: 503" in caplog.text)
    assert slack.posts == []

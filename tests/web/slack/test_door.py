"""Who comes in at /slack/events: Slack, within five minutes, with something Slack sends; and it is never kept waiting."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from rag.settings import Settings
from tests.web.slack.sender import Sender, callback
from tests.web.slack.stand_in import ME, SECRET, TOKEN, StandIn
from web.app import create_app
from web.deliveries import Deliveries

EVENT = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"<@{ME}> 2031年底的药师有多少？", "ts": "1.000001"}
BODY = json.dumps(callback(EVENT, "Ev1"))
FORM = "application/x-www-form-urlencoded"


def signature(timestamp: str, body: str | bytes, secret: str = SECRET) -> str:
    return SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body) or ""


def ago(seconds: float) -> str:
    return str(int(time.time() - seconds))


# headers that are not Slack's: what is sent instead, made when the test runs
FORGED: dict[str, Any] = {
    "unsigned": lambda: {},
    "no signature": lambda: {"X-Slack-Request-Timestamp": ago(0)},
    "no timestamp": lambda: {"X-Slack-Signature": signature(ago(0), BODY)},
    "an empty signature": lambda: {"X-Slack-Request-Timestamp": ago(0), "X-Slack-Signature": ""},
    "an empty timestamp": lambda: {"X-Slack-Request-Timestamp": "", "X-Slack-Signature": signature(ago(0), BODY)},
    "another secret": lambda: signed(ago(0), secret="0" * 32),
    "another body": lambda: {"X-Slack-Request-Timestamp": ago(0), "X-Slack-Signature": signature(ago(0), BODY + " ")},
    "another time": lambda: {"X-Slack-Request-Timestamp": ago(0), "X-Slack-Signature": signature(ago(7), BODY)},
    "another version": lambda: {**signed(ago(0)), "X-Slack-Signature": signature(ago(0), BODY).replace("v0", "v1")},
    "half a signature": lambda: {**signed(ago(0)), "X-Slack-Signature": signature(ago(0), BODY)[:30]},
    "a signature in capitals": lambda: {**signed(ago(0)), "X-Slack-Signature": signature(ago(0), BODY).upper()},
    "a signature that is not ASCII": lambda: {**signed(ago(0)), "X-Slack-Signature": "v0=签名".encode()},
    "six minutes old": lambda: signed(ago(360)),
    "a day old": lambda: signed(ago(86_400)),
    "six minutes ahead": lambda: signed(ago(-360)),
    "of 1970": lambda: signed("0"),
}
NO_NUMBERS = (
    "yesterday", "NaN", "inf", "-1", "+1", "1e9", "0x10", "1_000", "1 2", "１９", "9" * 13, "9" * 400, "9" * 5000, "1.5",
)  # fmt: skip

# signed, but nothing that Slack sends
MALFORMED = (
    "{", "{}", '{"type": 1}', '{"type": ""}', '{"type": null}', "[]", "null", '"text"', "", "%%%", "a=1", "payload=",
    "payload={", "payload=[]", "payload=%7B%7D", "command=", "command=%2Fyanda", "command=%2Fyanda&text=x&user_id=U1",
    '{"type": "url_verification"}', '{"type": "url_verification", "challenge": 7}', '{"type": "event_callback"}',
    '{"type": "event_callback", "event_id": "E1"}',
    '{"type": "event_callback", "event_id": "E1", "event": []}', '{"type": "event_callback", "event_id": "E1", "event": {}}',
    '{"type": "event_callback", "event_id": 1, "event": {"type": "message", "channel": "C"}}',
    '{"type": "event_callback", "event_id": "E1", "event": {"type": "message"}}',
    '{"type": "event_callback", "event_id": "E1", "event": {"type": "message", "channel": "C", "text": ["a"]}}',
    '{"type": "event_callback", "event_id": "E1", "event": {"type": "app_home_opened", "user": {}}}',
    '{"type": "event_callback", "event_id": "E1", "authorizations": 3, "event": {"type": "message", "channel": "C"}}',
    '{"type": "event_callback", "event_id": "E1", "event": {"type": "message", "channel": "C", "text": "\\ud800"}}',
    '{"type": "event_callback", "event_id": "E1", "enterprise": 3, "team": 4, "event": {"type": ["message"]}}',
    "payload=" + "[" * 3000, b"\xff\xfe", b"payload=%FF%FE", b'{"type": "event_callback", "event_id": "\xe4"}',
)  # fmt: skip


def signed(timestamp: str, secret: str = SECRET, body: str | bytes = BODY) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature(timestamp, body, secret)}


def post(address: str, headers: dict[str, Any], body: str | bytes = BODY) -> httpx.Response:
    headers = {"Content-Type": "application/json", **headers}
    raw = [(k.encode(), v if isinstance(v, bytes) else v.encode("utf-8")) for k, v in headers.items()]
    return httpx.post(f"{address}/slack/events", content=body, headers=raw, verify=False)


@pytest.mark.parametrize("how", FORGED)
def test_what_slack_did_not_sign_within_five_minutes_is_refused(how: str, address: str, slack: StandIn) -> None:
    refused = post(address, FORGED[how]())
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert slack.posts == []


def test_a_timestamp_that_is_no_number_is_refused_like_any_forgery(address: str, slack: StandIn) -> None:
    assert {timestamp: post(address, signed(timestamp)).status_code for timestamp in NO_NUMBERS} == dict.fromkeys(
        NO_NUMBERS, 401
    )
    assert slack.posts == []


@pytest.mark.parametrize("kind", ["application/json", FORM, "text/plain"])
def test_a_signed_body_that_is_nothing_of_slacks_is_a_bad_request(kind: str, address: str) -> None:
    for body in MALFORMED:
        timestamp = ago(0)
        # what is no text cannot be signed by the sdk
        headers = signed(timestamp, body=body.decode("utf-8", "replace") if isinstance(body, bytes) else body)
        refused = post(address, headers | {"Content-Type": kind}, body)
        assert (body, refused.status_code) == (body, 400)
        assert refused.headers["content-type"] == "application/problem+json"
        assert "\\ud800" not in refused.text


@pytest.mark.parametrize("by", ["announced", "streamed"])
def test_a_body_that_is_too_large_is_refused_before_its_signature_is_looked_at(by: str, address: str) -> None:
    body = b'{"type": "' + b"a" * 300_000 + b'"}'
    sent: Any = body if by == "announced" else (body[start : start + 65536] for start in range(0, len(body), 65536))
    assert post(address, {}, sent).status_code == 413


def test_only_posts_are_taken(address: str) -> None:
    assert {httpx.request(method, f"{address}/slack/events").status_code for method in ("GET", "PUT", "DELETE")} == {405}


@pytest.mark.parametrize(
    "given", [{}, {"slack_signing_secret": SECRET}, {"slack_bot_token": TOKEN}], ids=["none", "secret", "token"]
)
def test_until_both_secrets_are_set_slack_is_off_and_says_so(
    given: dict[str, str], bot: Any, tmp_path: Path, serve: Any
) -> None:
    with serve(create_app(bot, settings=Settings(data_dir=tmp_path, **given))) as address:
        refused = Sender(address).post(BODY)
    assert refused.status_code == 503
    assert "slack_signing_secret" in refused.json()["detail"]
    assert bot.asked == []


def test_slack_may_verify_the_address(sender: Sender) -> None:
    answer = sender.post('{"type": "url_verification", "challenge": "3eZbrw1a", "token": "t"}')
    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1a"})


def test_what_nobody_asked_for_is_acknowledged_and_left_alone(sender: Sender, slack: StandIn) -> None:
    for body, kind in (
        (json.dumps(callback({"type": "channel_created", "channel": {"id": "C9"}})), "application/json"),
        ('{"type": "app_rate_limited", "minute_rate_limited": 1518467820}', "application/json"),
        (urlencode({"payload": '{"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}}'}), FORM),
        ("ssl_check=1&token=t", FORM),
    ):
        assert sender.post(body, kind=kind).status_code == 200
    assert slack.posts == []


def test_slack_is_acknowledged_within_three_seconds_however_slow_everything_is(
    sender: Sender, slack: StandIn, bot: Any, monkeypatch: pytest.MonkeyPatch, until: Any
) -> None:
    slack.delay = 1.0  # each call of ours, finding out who we are included
    answer = bot.answer
    monkeypatch.setattr(bot, "answer", lambda ask: (time.sleep(4), answer(ask))[1])
    for place in range(3):
        began = time.monotonic()
        acknowledged = sender.event(slack.say("C1", f"<@{ME}> 药师有多少？") | {"type": "app_mention"}, f"Ev{place}")
        assert acknowledged.status_code == 200
        assert time.monotonic() - began < 1
    until(lambda: len(slack.posts) == 3)


def test_a_delivery_that_cannot_be_written_down_is_to_be_delivered_again(
    sender: Sender, slack: StandIn, monkeypatch: pytest.MonkeyPatch, until: Any
) -> None:
    def full(*_: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    event = slack.say("C1", f"<@{ME}> 药师有多少？") | {"type": "app_mention"}
    with monkeypatch.context() as patch:
        patch.setattr(Deliveries, "take", full)
        assert sender.event(event, "Ev1").status_code == 503
    assert sender.event(event, "Ev1", retry=1).status_code == 200
    until(lambda: len(slack.posts) == 1)


def test_what_people_ask_is_not_logged(
    sender: Sender, slack: StandIn, bot: Any, caplog: pytest.LogCaptureFixture, until: Any
) -> None:
    with caplog.at_level(logging.INFO):
        sender.event(slack.say("C1", f"<@{ME}> 秘密的药师有多少？") | {"type": "app_mention"})
        sender.event(slack.say("C1", f"<@{ME}> 秘密地崩了") | {"type": "app_mention"})
        sender.event({"type": "reaction_added", "user": "U1", "reaction": "秘密"})
        sender.interact({"type": "message_action", "user": {"id": "U1"}, "message": {"text": "秘密"}})
        post(sender.address, {}, json.dumps(callback(EVENT | {"text": "秘密"})))
        until(lambda: len(slack.posts) == 2)
    assert len(bot.asked) == 2
    assert "could not be answered" in caplog.text
    assert "秘密" not in caplog.text

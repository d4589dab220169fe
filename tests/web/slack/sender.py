"""Slack as it sends: events, commands and presses, signed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.web.slack.stand_in import ME, SECRET


@dataclass(frozen=True)
class Sender:
    """Slack on its way to `address`: what it sends is signed by the sdk's own signer."""

    address: str
    secret: str = SECRET

    def post(self, body: str | bytes, *, retry: int = 0, age: float = 0, kind: str = "application/json") -> httpx.Response:
        timestamp = str(int(time.time() - age))
        signature = SignatureVerifier(self.secret).generate_signature(timestamp=timestamp, body=body)
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        # nothing is encrypted here: without this, each call would read every certificate of the machine
        return httpx.post(f"{self.address}/slack/events", content=body, headers=headers, timeout=20, verify=False)

    def event(self, event: dict[str, Any], event_id: str = "", *, retry: int = 0) -> httpx.Response:
        return self.post(json.dumps(callback(event, event_id)), retry=retry)

    def command(self, text: str, response_url: str = "", **more: str) -> httpx.Response:
        form = {"command": "/yanda", "text": text, "user_id": "U1", "channel_id": "C1", "trigger_id": f"{time.time_ns()}"}
        form |= {"response_url": response_url} | more
        return self.post(urlencode(form), kind="application/x-www-form-urlencoded")

    def interact(self, payload: dict[str, Any]) -> httpx.Response:
        return self.post(urlencode({"payload": json.dumps(payload)}), kind="application/x-www-form-urlencoded")

    def press(self, action: str, value: str, post: dict[str, Any] | None = None, user: str = "U2") -> httpx.Response:
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": user},
            "trigger_id": f"{time.time_ns()}",
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
            "container": {"type": "view"},
        }
        if post:
            payload |= {"channel": {"id": post["channel"]}, "message": {"ts": post["ts"], "thread_ts": post.get("thread_ts")}}
        return self.interact(payload)


def callback(event: dict[str, Any], event_id: str = "") -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id or f"Ev{time.time_ns()}",
        "event_time": 1900000000,
        "authorizations": [{"team_id": "T1", "user_id": ME, "is_bot": True}],
        "event": event,
    }

"""A workspace of Slack on a port of this machine: it checks what Slack checks, and can be slow, busy or broken."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from tests.web.slack.refused import message_wrongs, view_wrongs

TOKEN = "xoxb-stand-in"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ME = "UYANDA"
BOT = "BYANDA"
IM = "D0001"

SCOPES = (
    "app_mentions:read,channels:history,chat:write,chat:write.public,commands,groups:history,im:history,im:write,mpim:history"
)

REQUIRED = {
    "chat.postMessage": ("channel", "text"),
    "chat.postEphemeral": ("channel", "user", "text"),
    "conversations.replies": ("channel", "ts"),
    "views.open": ("trigger_id", "view"),
    "views.publish": ("user_id", "view"),
    "auth.test": (),
}


@dataclass
class StandIn:
    """`posts` are the messages that stand; `wrongs` is what Slack would have refused, to be empty at the end."""

    address: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    whispers: list[dict[str, Any]] = field(default_factory=list)
    views: list[dict[str, Any]] = field(default_factory=list)
    homes: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, float]] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)
    messages: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    # by method, used up from the front: a status with headers, or an error that Slack names
    failures: dict[str, list[tuple[int, dict[str, str]] | str]] = field(default_factory=lambda: defaultdict(list))
    delay: float = 0.0
    scopes: str = SCOPES
    lock: threading.Lock = field(default_factory=threading.Lock)
    ticks: int = 0

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.api_route("/api/{method}", methods=["GET", "POST"])
        async def call(method: str, request: Request) -> Response:
            given = await _arguments(request)
            bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
            return await run_in_threadpool(self.called, method, given, bearer or str(given.get("token", "")))

        @app.post("/response/{name}")
        async def respond(name: str, request: Request) -> Response:
            given = await request.json()
            self.wrongs += [*message_wrongs(given), *([] if name == "T1" else ["no such response_url"])]
            self.responses.append(given)
            return Response("ok")

        return app

    def called(self, method: str, given: dict[str, Any], token: str) -> Response:
        time.sleep(self.delay)
        with self.lock:
            self.calls.append((method, time.monotonic()))
            failure = self.failures[method].pop(0) if self.failures[method] else None
            if isinstance(failure, tuple):
                return Response("<html>upstream</html>", failure[0], failure[1], media_type="text/html")
            error = failure or ("" if token == TOKEN else "invalid_auth") or self.refusal(method, given)
            body = {"ok": False, "error": error} if error else {"ok": True} | self.done(method, given)
        return Response(json.dumps(body), headers={"X-OAuth-Scopes": self.scopes}, media_type="application/json")

    def refusal(self, method: str, given: dict[str, Any]) -> str:
        if method not in REQUIRED:
            self.wrongs.append(f"unknown method {method}")
            return "unknown_method"
        missing = [name for name in REQUIRED[method] if not given.get(name)]
        wrongs = [f"{method} without {name}" for name in missing]
        if method.startswith("chat."):
            wrongs += message_wrongs(given)
        if method.startswith("views."):
            wrongs += view_wrongs(given["view"])
        self.wrongs += wrongs
        return "invalid_arguments" if wrongs else ""

    def done(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"user_id": ME, "bot_id": BOT, "user": "yanda", "team": "青禾", "team_id": "T1", "url": "https://x/"}
            case "chat.postMessage":
                return self.posted(given)
            case "chat.postEphemeral":
                self.whispers.append(given)
            case "views.open":
                self.views.append(given)
            case "views.publish":
                self.homes.append(given)
            case "conversations.replies":
                return self.replies(given)
        return {}

    def posted(self, given: dict[str, Any]) -> dict[str, Any]:
        ts = self.now()
        # what is posted to a person stands in their channel with us
        channel = IM if given["channel"].startswith("U") else given["channel"]
        post = given | {"ts": ts, "user": ME, "bot_id": BOT}
        self.posts.append(post)
        self.messages[channel, given.get("thread_ts") or ts].append(post)
        return {"ts": ts, "channel": channel, "message": post}

    def replies(self, given: dict[str, Any]) -> dict[str, Any]:
        said = sorted(self.messages[given["channel"], given["ts"]], key=lambda message: float(message["ts"]))
        if latest := given.get("latest"):
            said = [message for message in said if float(message["ts"]) < float(latest)]
        if not given.get("include_all_metadata"):
            said = [{name: value for name, value in message.items() if name != "metadata"} for message in said]
        start = int(given.get("cursor") or 0)
        stop = start + min(int(given.get("limit") or 100), 200)
        following = str(stop) if stop < len(said) else ""
        return {"messages": said[start:stop], "has_more": bool(following), "response_metadata": {"next_cursor": following}}

    def say(self, channel: str, text: str, thread: str = "", user: str = "U1", **more: Any) -> dict[str, Any]:
        """A person writes: the event of it, and the thread remembers."""
        with self.lock:
            ts = self.now()
        message = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts} | more
        if thread:
            message["thread_ts"] = thread
        self.messages[channel, thread or ts].append(message)
        return message

    def now(self) -> str:
        self.ticks += 1
        return f"1900000000.{self.ticks:06d}"


async def _arguments(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        given: dict[str, Any] = await request.json()
        return given
    form = dict(await request.form()) | dict(request.query_params)
    return {name: json.loads(value) if name in ("blocks", "view", "metadata") else value for name, value in form.items()}

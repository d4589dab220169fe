"""A workspace of Slack on a port of this machine: it checks what Slack checks, and can be slow, busy or broken."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI, Request, Response
from slack_sdk.signature import SignatureVerifier
from starlette.concurrency import run_in_threadpool

TOKEN = "xoxb-stand-in"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ME = "UYANDA"
BOT = "BYANDA"
IM = "D0001"
SCOPES = (
    "app_mentions:read,channels:history,chat:write,chat:write.public,commands,groups:history,im:history,im:write,mpim:history"
)

# what may stand in mrkdwn beside plain words: links, people, and the three signs as entities
NOTATION = re.compile(r"<https?://[^<>|\s]+(?:\|[^<>|]+)?>|<@[A-Z0-9]+>|&amp;|&lt;|&gt;")
REQUIRED = {
    "chat.postMessage": ("channel", "text"),
    "chat.postEphemeral": ("channel", "user", "text"),
    "conversations.replies": ("channel", "ts"),
    "views.open": ("trigger_id", "view"),
    "views.publish": ("user_id", "view"),
    "auth.test": (),
}


def units(text: str) -> int:
    """Length as Slack counts it."""
    return len(text.encode("utf-16-le")) // 2


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


# what Slack refuses


def message_wrongs(given: dict[str, Any]) -> Iterator[str]:
    yield from mrkdwn_wrongs(given.get("text", ""), 40_000)
    yield from blocks_wrongs(given.get("blocks") or [], 50)
    if given.get("unfurl_links") or given.get("unfurl_media"):
        yield "links are unfurled"
    metadata = given.get("metadata")
    if metadata is not None:
        if set(metadata) != {"event_type", "event_payload"} or not re.fullmatch(r"[a-z0-9_]+", metadata["event_type"]):
            yield f"metadata is not event_type and event_payload: {metadata}"
        yield from (f"metadata {name} is nested" for name, value in metadata["event_payload"].items() if not _flat(value))


def _flat(value: Any) -> bool:
    plain = (str, int, float, bool)
    if isinstance(value, list):
        return all(isinstance(each, dict) and all(isinstance(v, plain) for v in each.values()) for each in value)
    return isinstance(value, plain)


def view_wrongs(view: dict[str, Any]) -> Iterator[str]:
    if view.get("type") not in ("home", "modal"):
        yield f"a view of type {view.get('type')}"
    if view.get("type") == "modal":
        for name in ("title", "submit", "close"):
            yield from plain_wrongs(view.get(name), 24)
        if units(view.get("private_metadata", "")) > 3000 or units(view.get("callback_id", "")) > 255:
            yield "private_metadata or callback_id is too long"
    yield from blocks_wrongs(view["blocks"], 100)


def blocks_wrongs(blocks: list[dict[str, Any]], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id comes twice"
    for block in blocks:
        check = BLOCKS.get(block.get("type", ""))
        if check is None:
            yield f"a block of type {block.get('type')}"
        else:
            yield from check(block)


def section_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from text_wrongs(block.get("text"), 3000)


def header_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from plain_wrongs(block.get("text"), 150)


def context_wrongs(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"a context of {len(elements)} elements"
    for element in elements:
        yield from text_wrongs(element, 3000)


def actions_wrongs(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"actions of {len(elements)} elements"
    ids = [element.get("action_id") for element in elements]
    if len(ids) != len(set(ids)) or not all(ids):
        yield f"action ids {ids}"
    for element in elements:
        yield from plain_wrongs(element.get("text"), 75)
        if units(element.get("value", "")) > 2000 or units(element.get("url", "")) > 3000:
            yield "a button's value or address is too long"


def image_wrongs(block: dict[str, Any]) -> Iterator[str]:
    if not re.match(r"https?://", block.get("image_url", "")) or len(block["image_url"]) > 3000:
        yield "an image without an address"
    if not 1 <= units(block.get("alt_text", "")) <= 2000:
        yield "an image without an alternative text, or one too long"
    yield from plain_wrongs(block.get("title"), 2000)


def input_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from plain_wrongs(block.get("label"), 2000)
    if not 1 <= block["element"].get("max_length", 1) <= 3000:
        yield "an input that takes too much"


def rich_wrongs(block: dict[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "rich text of nothing"
    for element in block.get("elements", []):
        yield from RICH.get(element.get("type", ""), unknown_rich)(element)
    # Slack names no limit for rich text; what holds for a section is safe
    if units("".join(rich_text(block))) > 3000:
        yield "rich text longer than a section"


def rich_section_wrongs(element: dict[str, Any]) -> Iterator[str]:
    for part in element.get("elements", []):
        if part.get("type") not in ("text", "link", "user") or not part.get("text"):
            yield f"rich text of {part}"
        if part.get("type") == "link" and not re.match(r"https?://\S+$", part.get("url", "")):
            yield f"a link to {part.get('url')}"


def rich_list_wrongs(element: dict[str, Any]) -> Iterator[str]:
    if element.get("style") not in ("bullet", "ordered") or not 0 <= element.get("indent", 0) <= 8:
        yield f"a list of style {element.get('style')}, indented {element.get('indent')}"
    for entry in element.get("elements", []):
        if entry.get("type") != "rich_text_section":
            yield "a list of something else than sections"
        yield from rich_section_wrongs(entry)


def unknown_rich(element: dict[str, Any]) -> Iterator[str]:
    yield f"rich text of type {element.get('type')}"


def text_wrongs(text: Any, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ("mrkdwn", "plain_text"):
        yield f"no text object: {text}"
    elif text["type"] == "mrkdwn":
        yield from mrkdwn_wrongs(text["text"], most)
    else:
        yield from plain_wrongs(text, most)


def plain_wrongs(text: Any, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text" or not 1 <= units(text.get("text", "")) <= most:
        yield f"no plain text of 1 to {most} characters: {text}"


def mrkdwn_wrongs(text: str, most: int) -> Iterator[str]:
    if not 1 <= units(text) <= most:
        yield f"{units(text)} characters where 1 to {most} are taken"
    if re.search(r"[<>&]", NOTATION.sub("", text)):
        yield f"signs that would be read as notation: {text}"


BLOCKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "section": section_wrongs,
    "header": header_wrongs,
    "context": context_wrongs,
    "actions": actions_wrongs,
    "image": image_wrongs,
    "input": input_wrongs,
    "rich_text": rich_wrongs,
    "divider": lambda _block: iter(()),
}
RICH: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "rich_text_section": rich_section_wrongs,
    "rich_text_preformatted": rich_section_wrongs,
    "rich_text_quote": rich_section_wrongs,
    "rich_text_list": rich_list_wrongs,
}


def rich_text(block: dict[str, Any]) -> Iterator[str]:
    """The words of a block of rich text, in order; entries of lists end in a line break."""
    for element in block.get("elements", []):
        if "text" in element:
            yield element["text"]
        else:
            yield from rich_text(element)
            yield "\n" if block.get("type") == "rich_text_list" else ""


def words_of(post: dict[str, Any]) -> str:
    """Everything that a message shows in its blocks."""
    shown: list[str] = []
    for block in post.get("blocks", []):
        if block["type"] == "rich_text":
            shown.append("".join(rich_text(block)))
        shown += [text["text"] for text in (block.get("text"), *block.get("elements", ())) if text and text["type"] == "mrkdwn"]
    return "\n".join(shown)


# what Slack sends


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

"""An OpenAI-compatible server of our own on a free port, over real sockets: it says what it is told to, as badly as wanted."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Wire:
    """One request being answered, down to the bytes."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], over: threading.Event) -> None:
        self.handler, self.body, self.over = handler, body, over
        self.path, self.headers = handler.path, dict(handler.headers)

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.handler.wfile.flush()

    def end(self) -> None:
        self.send(b"")

    def drop(self) -> None:
        """The connection goes in the middle of a chunk."""
        self.handler.wfile.write(b"ff\r\nhalf a chu")
        self.handler.wfile.flush()
        self.hang_up()

    def hang_up(self) -> None:
        self.handler.connection.shutdown(socket.SHUT_RDWR)

    def stall(self) -> None:
        """Nothing comes any more, and the connection stays open until the test is over."""
        self.over.wait(30)


Script = Callable[[Wire], None]


@dataclass
class StandIn:
    """The running server; `script` answers the next requests, `seen` are those that came."""

    url: str
    script: Script
    seen: list[Wire] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)  # when a client went before the answer ended


@contextmanager
def stand_in() -> Iterator[StandIn]:
    over = threading.Event()
    running = StandIn("", says("资料不足"))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            wire = Wire(self, body, over)
            running.seen.append(wire)
            try:
                running.script(wire)
            except OSError:
                running.gone.append(time.monotonic())
            self.close_connection = True

        def do_GET(self) -> None:
            listed = json.dumps({"object": "list", "data": [{"id": "heron-7b"}, {"id": "heron-70b"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(listed)))
            self.end_headers()
            self.wfile.write(listed)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        running.url = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield running
        finally:
            over.set()
            with suppress(OSError):
                server.shutdown()


def event(content: str | None = None, end: str | None = None, **delta: str) -> bytes:
    said = {**({"content": content} if content is not None else {}), **delta}
    choice = {"index": 0, "delta": said, "finish_reason": end}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n".encode()


def pieces(text: str, size: int = 4) -> Sequence[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def says(text: str, *, end: str | None = "stop", done: bool = True, size: int = 4, reasoning: str = "") -> Script:
    """The answer of a server that works."""

    def script(wire: Wire) -> None:
        wire.begin()
        wire.send(event("", role="assistant"))
        for thought in pieces(reasoning, 8):
            wire.send(event(reasoning_content=thought))
        for piece in pieces(text, size):
            wire.send(event(piece))
        if end:
            wire.send(event(end=end))
        if done:
            wire.send(b"data: [DONE]\n\n")
        wire.end()

    return script


def then(text: str, characters: int, last: Script, *, size: int = 4) -> Script:
    """So much of the answer, then something else happens."""

    def script(wire: Wire) -> None:
        wire.begin()
        for piece in pieces(text[:characters], size):
            wire.send(event(piece))
        last(wire)

    return script


def raw(data: bytes, kind: str = "text/event-stream", status: int = 200, **headers: str) -> Script:
    def script(wire: Wire) -> None:
        wire.begin(status, kind, **headers)
        wire.send(data)
        wire.end()

    return script


def fails(status: int, **headers: str) -> Script:
    return raw(b'{"error": {"message": "Incorrect API key provided: sk-heron-secret"}}', "application/json", status, **headers)


def in_turn(*scripts: Script) -> Script:
    """One after another, the last for ever."""
    left = list(scripts)

    def script(wire: Wire) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(wire)

    return script


def for_ever(data: bytes, pause_s: float = 0.0) -> Script:
    """The same bytes until the client goes."""

    def script(wire: Wire) -> None:
        wire.begin()
        while not wire.over.wait(pause_s):
            wire.send(data)

    return script

"""Too slow: bodies and headers that come by drops, answers that do not begin, streams that may go on."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import uvicorn

from web.door import connections
from web.door.connections import Hurried

ASK = {"question": "药师"}


class Slow:
    """The stand-in bot, whose answer takes as long as the gate is shut."""

    def __init__(self, bot: Any) -> None:
        self._bot = bot

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bot, name)

    def answer(self, ask: Any) -> Any:
        self._bot.gate.wait(20)
        return self._bot.answer(ask)


def test_an_answer_that_does_not_begin_in_time_is_503_and_the_next_one_is_well(
    bot: Any, built: Any, serve: Any, logged: Any
) -> None:
    app = built(request_timeout_s=0.4)
    app.state.desk.hold(Slow(bot))
    with serve(app) as address, httpx.Client(base_url=address) as client:
        late = client.post("/api/ask", json=ASK)
        assert (late.status_code, late.headers["retry-after"]) == (503, "10")
        assert "no answer within 0.4 seconds" in late.json()["detail"]
        bot.gate.set()
        assert client.post("/api/ask", json=ASK).status_code == 200
    assert [event["status"] for event in logged.events if event["message"] == "request"] == [503, 200]
    # the late one was finished all the same, and counted
    assert [event["outcome"] for event in logged.events if event["message"] == "question"] == ["answered", "answered"]


def test_a_stream_that_has_begun_may_take_longer(bot: Any, built: Any, serve: Any) -> None:
    slow = {"json": {"question": "慢 药师"}, "headers": {"Accept": "text/event-stream"}}
    with (
        serve(built(request_timeout_s=0.3)) as address,
        ThreadPoolExecutor() as pool,
        httpx.stream("POST", f"{address}/api/ask", **slow) as response,
    ):
        pool.submit(lambda: (time.sleep(0.8), bot.gate.set()))
        assert "event: answer" in list(response.iter_lines())


def test_a_body_that_comes_by_drops_is_408(built: Any, serve: Any) -> None:
    head = "POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    with serve(built(request_timeout_s=0.4)) as address:
        said = conversation(address, head.encode(), 5)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in said.lower()
    assert b"the body did not come within 0.4 seconds" in said


@pytest.mark.parametrize(
    "first", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET "]
)
def test_headers_that_come_by_drops_are_not_waited_for(built: Any, monkeypatch: pytest.MonkeyPatch, first: bytes) -> None:
    monkeypatch.setattr(connections, "PATIENCE_S", 0.5)
    with hurried(built()) as address:
        started = time.monotonic()
        said = conversation(address, first, 5, drops=b"X-Drop: 1\r\n")
        assert 0.4 < time.monotonic() - started < 4
        assert said.count(b"HTTP/1.1 200 OK") == (1 if first.endswith(b"GET ") else 0)
        # whoever says what they want is served, again and again over one connection, however long the answer takes
        with httpx.Client(base_url=address) as client:
            for _ in range(3):
                assert client.get("/healthz").status_code == 200
                time.sleep(0.4)


def test_an_answer_may_take_longer_than_headers_may(bot: Any, built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE_S", 0.3)
    app = built()
    app.state.desk.hold(Slow(bot))
    with hurried(app) as address, ThreadPoolExecutor() as pool:
        pool.submit(lambda: (time.sleep(1), bot.gate.set()))
        assert httpx.post(f"{address}/api/ask", json=ASK).status_code == 200


def conversation(address: str, first: bytes, patience_s: float, drops: bytes = b"") -> bytes:
    """What is said until the connection is closed by the other side; a drop every tenth of a second meanwhile."""
    host, port = address.removeprefix("http://").split(":")
    said = b""
    end = time.monotonic() + patience_s
    with socket.create_connection((host, int(port)), timeout=0.1) as connection:
        connection.sendall(first)
        while time.monotonic() < end:
            try:
                if not (more := connection.recv(65536)):
                    return said
                said += more
            except TimeoutError:
                if drops and first:
                    connection.sendall(drops)
            except ConnectionError:
                return said
    raise AssertionError(f"the connection is still open after {patience_s} seconds")


class hurried:  # noqa: N801
    """Serves with the connections that `yanda serve` uses."""

    def __init__(self, app: Any) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(app, http=Hurried, log_level="error", timeout_graceful_shutdown=1))
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> str:
        self._running = self._pool.submit(self._server.run, sockets=[self._listening])
        while not self._server.started:
            time.sleep(0.01)
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._running.result(10)
        self._pool.shutdown()
        self._listening.close()

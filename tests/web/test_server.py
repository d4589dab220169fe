"""A real server on a real port: while the library is read, while an answer is streamed, when a client leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.errors import IndexMissing
from rag.settings import Settings
from web.app import create_app


def until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen within five seconds")


def test_while_the_library_is_read_the_server_is_alive_and_says_when_to_ask_again(bot: Any, tmp_path: Path, serve: Any) -> None:
    gate = threading.Event()

    def load() -> Any:
        gate.wait(20)
        return bot

    with (
        serve(create_app(load=load, settings=Settings(data_dir=tmp_path))) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert client.get("/healthz").json() == {"alive": True}
        refused = [client.get(path) for path in ("/readyz", "/api/documents", "/")]
        refused.append(client.post("/api/ask", json={"question": "药师"}))
        for response in refused:
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert int(response.headers["retry-after"]) > 0
        page = client.get("/", headers={"Accept": "text/html", "Accept-Language": "zh"})
        assert (page.status_code, "正在读取资料库" in page.text) == (503, True)
        assert 'http-equiv="refresh"' in page.text
        gate.set()
        until(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/readyz").json() == {"ready": True, "documents": 2, "index": "f00dfeed"}
        assert client.post("/api/ask", json={"question": "药师"}).json()["answered"] is True


def test_a_library_that_cannot_be_opened_is_said_with_its_reason(tmp_path: Path, serve: Any) -> None:
    def load() -> Any:
        raise IndexMissing("there is no index in .yanda; run `yanda index`")

    with (
        serve(create_app(load=load, settings=Settings(data_dir=tmp_path))) as address,
        httpx.Client(base_url=address) as client,
    ):
        until(lambda: "yanda index" in client.get("/readyz").text)
        page = client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "yanda index" in page.text
        assert "refresh" not in page.text


def test_a_saved_answer_can_be_read_while_the_library_is_not(bot: Any, tmp_path: Path, serve: Any) -> None:
    gate = threading.Event()
    with serve(create_app(bot, settings=Settings(data_dir=tmp_path))) as address:
        answer = httpx.post(f"{address}/api/ask", json={"question": "药师"}).json()
    with serve(create_app(load=lambda: gate.wait(20) and bot, settings=Settings(data_dir=tmp_path))) as address:
        page = httpx.get(f"{address}/a/{answer['id']}")
        gate.set()
    assert page.status_code == 200
    assert answer["citations"][0]["quote"] in page.text


def test_passages_are_on_screen_before_the_answer_is_done(bot: Any, address: str) -> None:
    headers = {"Accept": "text/event-stream"}
    with httpx.stream("POST", f"{address}/api/ask", json={"question": "慢 药师"}, headers=headers) as response:
        lines = response.iter_lines()
        names = []
        for line in lines:
            if line.startswith("event: "):
                names.append(line)
            if line == "event: delta":
                break
        assert "event: passages" in names
        assert not bot.closed.is_set()
        bot.gate.set()
        assert any(line == "event: answer" for line in lines)


@pytest.mark.parametrize("path", ["/api/ask", "/"])
def test_a_client_that_leaves_stops_the_bot(bot: Any, address: str, path: str) -> None:
    headers = {"Accept": "text/event-stream"}
    body = {"json": {"question": "慢 药师"}} if path == "/api/ask" else {"data": {"question": "慢 药师"}}
    with httpx.stream("POST", address + path, headers=headers, **body) as response:  # type: ignore[arg-type]
        next(line for line in response.iter_lines() if line in ("event: delta", "event: body"))
    bot.gate.set()
    assert bot.closed.wait(5)


def test_questions_asked_at_once_each_get_their_own_answer(address: str) -> None:
    questions = ["药师", "火星", "分歧", "问卷"] * 5
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda q: httpx.post(f"{address}/api/ask", json={"question": q}).json(), questions))
    assert [answer["question"] for answer in answers] == questions
    assert len({answer["id"] for answer in answers}) == len(questions)

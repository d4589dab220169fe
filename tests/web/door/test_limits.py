"""Too often: over real ports, by key and by address, in this process and in Redis."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.settings import Rate, Settings
from web.app import create_app
from web.door.limits import COSTLY, Limiter

KEYS = ("first-key-0123456789", "second-key-0123456789")
ASK = {"question": "药师"}


def ask(address: str, key: str = "") -> httpx.Response:
    return httpx.post(f"{address}/api/ask", json=ASK, headers={"Authorization": f"Bearer {key}"} if key else {})


def test_a_burst_is_served_up_to_the_limit_and_then_told_when_to_come_again(built: Any, serve: Any) -> None:
    with serve(built(rate_limit=Rate(5, 5))) as address, ThreadPoolExecutor(8) as pool:
        started = time.monotonic()
        answers = list(pool.map(lambda _: ask(address), range(12)))
        assert time.monotonic() - started < 5, "the machine is too slow for this test"
        served = [answer for answer in answers if answer.status_code == 200]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert (len(served), len(refused)) == (5, 7)
        assert sorted(int(answer.headers["ratelimit-remaining"]) for answer in served) == [0, 1, 2, 3, 4]
        assert {answer.headers["content-type"] for answer in refused} == {"application/problem+json"}
        assert {answer.headers["ratelimit-limit"] for answer in answers} == {"5"}
        assert "more than 5 requests in 5 seconds" in refused[0].json()["detail"]
        time.sleep(int(refused[0].headers["retry-after"]))
        assert ask(address).status_code == 200


def test_each_key_has_a_limit_of_its_own_and_a_wrong_key_counts_for_the_address(built: Any, serve: Any) -> None:
    with serve(built(rate_limit=Rate(3, 60), api_keys=KEYS)) as address:
        assert [ask(address, KEYS[0]).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert ask(address, KEYS[1]).status_code == 200
        assert [ask(address, f"guess-{n}").status_code for n in range(4)] == [401, 401, 401, 429]
        # guessing anywhere behind the door is counted, a right key is not made to pay for it
        assert httpx.get(f"{address}/api/documents").status_code == 429
        assert ask(address, KEYS[1]).status_code == 200


@pytest.mark.anyio
async def test_each_address_has_a_limit_of_its_own(built: Any, coming: Any) -> None:
    app = built(rate_limit=Rate(1, 60))
    there = [("192.0.2.1", 200), ("192.0.2.1", 429), ("192.0.2.2", 200), ("2001:db8::1", 200), ("2001:db8::2:1", 429)]
    for address, status in [*there, ("2001:db8:0:1::1", 200)]:
        async with coming(app, address) as client:
            assert (await client.post("/api/ask", json=ASK)).status_code == status


@pytest.mark.anyio
async def test_what_costs_nothing_is_not_counted(built: Any, coming: Any) -> None:
    async with coming(built(rate_limit=Rate(1, 60))) as client:
        assert (await client.get("/api/search", params={"q": "药师"})).status_code == 200
        for path in ("/", "/documents", "/api/documents", "/healthz", "/metrics", "/static/base.css"):
            response = await client.get(path)
            assert response.status_code == 200
            assert "ratelimit-limit" not in response.headers
        assert (await client.post("/", data={"question": "药师"})).status_code == 429


@pytest.mark.parametrize(
    ("request_line", "counted"),
    [
        ("POST /", True), ("POST /api/ask", True), ("GET /api/search", True), ("POST /v1/chat/completions", True),
        ("POST /mcp", True), ("POST /mcp/", True), ("POST /a/01J/feedback", True), ("POST /api/answers/01J/feedback", True),
        ("GET /", False), ("GET /a/01J", False), ("GET /v1/models", False), ("POST /slack/events", False),
        ("POST /api/documents", False), ("GET /api/jobs/1", False), ("GET /documents/x", False),
    ],
)  # fmt: skip
def test_which_requests_count(request_line: str, counted: bool) -> None:
    assert bool(COSTLY.fullmatch(request_line)) is counted


@pytest.mark.anyio
@pytest.mark.parametrize(("processes", "share"), [(1, 10), (3, 3), (4, 2), (20, 1)])
async def test_each_of_several_processes_grants_its_share_and_at_least_one(processes: int, share: int) -> None:
    limiter = Limiter(Rate(10, 60), processes=processes)
    assert [(await limiter.take("somebody")).allowed for _ in range(share + 1)] == [True] * share + [False]


# in Redis


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real server on a free port, with nothing in it."""
    pytest.importorskip("redis", reason="the client is not installed; pip install 'yanda[redis]' brings it")
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("no redis-server on this machine; apt-get install redis-server brings it")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(tmp_path))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0", server
        server.kill()


def test_processes_that_count_in_redis_share_one_whole_limit(bot: Any, serve: Any, redis: Any, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit=Rate(4, 60), rate_limit_store=redis[0])
    with (
        serve(create_app(bot, settings=settings, processes=2)) as one,
        serve(create_app(bot, settings=settings, processes=2)) as other,
    ):
        answers = [ask(address) for address in (one, one, one, other, other, one)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
        assert answers[0].headers["ratelimit-limit"] == "4"


def test_without_its_redis_a_process_counts_its_share_and_says_so_once(
    bot: Any, serve: Any, redis: Any, tmp_path: Path, logged: Any
) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit=Rate(4, 60), rate_limit_store=redis[0])
    with serve(create_app(bot, settings=settings, processes=2)) as address:
        assert ask(address).headers["ratelimit-limit"] == "4"
        redis[1].kill()
        redis[1].wait()
        started = time.monotonic()
        answers = [ask(address) for _ in range(3)]
        assert time.monotonic() - started < 4, "whoever asks waits for a Redis that is not there"
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[0].headers["ratelimit-limit"] == "2"
    warned = [event for event in logged.events if event["level"] == "warning"]
    assert len(warned) == 1
    assert warned[0]["message"].startswith("rate_limit_store cannot be reached")

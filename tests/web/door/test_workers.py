"""`yanda serve` in real processes: several that share what has to be shared, and an end that breaks nothing off."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from rag import assemble
from rag.settings import Settings

ROOT = Path(__file__).parents[3]
PATIENCE_S = 90.0  # a machine may be busy

PHARMACY = """\
# 芷汀药房

## 门店

芷汀药房在城里有 17家门店，去年为 15家。每家门店有药师 3名。
"""

# the real command; every worker runs this as well
REAL = """\
import sys, time
from rag.bot import Bot

steps = Bot.steps

def slowly(bot, ask):
    for event in steps(bot, ask):
        yield event
        time.sleep(0.3 if "慢" in ask.question else 0)

Bot.steps = slowly
if __name__ == "__main__":
    from web.cli import main
    sys.exit(main())
"""

# the same around a bot that is there at once
STAND_IN = """\
import sys, time
from types import SimpleNamespace
from rag import assemble
from rag.types import Answer, Delta, Stage

class Bot:
    library = SimpleNamespace(documents={}, passages=(), fingerprint="f00dfeed")

    def steps(self, ask):
        yield Stage("understand")
        for _ in range(60 if "一直" in ask.question else 5):
            time.sleep(0.5)
            yield Delta("…")
        yield Answer(ask.question, ask.question, False, "…")

assemble.bot = lambda settings: Bot()
assemble.warmed = lambda bot: bot
if __name__ == "__main__":
    from web.cli import main
    sys.exit(main())
"""

STREAM = {"Accept": "text/event-stream"}
SLOW = {"json": {"question": "慢慢说，芷汀药房有多少家门店？"}, "headers": STREAM}
LONG = {"json": {"question": "一直说，芷汀药房有多少家门店？"}, "headers": STREAM}  # half a minute


class Server:
    """A process, its address, and all that it has logged."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}"
        self.lines: list[str] = []
        self.reading = threading.Thread(target=self._read)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stderr
        self.lines.extend(iter(self.process.stderr.readline, ""))

    def logged(self, message: str) -> list[dict[str, Any]]:
        events = [json.loads(line) for line in self.lines if line.startswith("{")]
        return [event for event in events if event["message"] == message]

    def ask(self, question: str = "芷汀药房有多少家门店？") -> dict[str, Any]:
        """Over a connection of its own, so that any worker may take it."""
        answer = httpx.post(f"{self.address}/api/ask", json={"question": question}, timeout=30)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def questions(self) -> float:
        families = text_string_to_metric_families(httpx.get(f"{self.address}/metrics", timeout=30).text)
        samples = [sample for family in families for sample in family.samples if sample.name == "yanda_questions_total"]
        return sum(sample.value for sample in samples)


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {PATIENCE_S:.0f} seconds"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "seeds").mkdir()
    (folder / "seeds/pharmacy.md").write_text(PHARMACY, "utf-8")
    (folder / "command.py").write_text(REAL, "utf-8")
    assemble.build_index(Settings(data_dir=folder / ".yanda"), (folder / "seeds",))
    return folder


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    (tmp_path / "command.py").write_text(STAND_IN, "utf-8")
    return tmp_path


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """`yanda serve`, with the library read."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, str(folder / "command.py"), "serve", "--port", str(port), *arguments)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "YANDA_RATE_LIMIT": "1000/second"}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        server = Server(process, port)
        try:
            until(lambda: any("研答 is at" in line for line in server.lines) or process.poll() is not None, "the start")
            yield server
        finally:
            process.kill()
            server.reading.join(10)


def test_workers_share_what_they_must_and_a_dead_one_is_replaced(library: Path) -> None:
    with serving(library, "--workers", "2") as server:
        until(lambda: server.logged("a worker has read the library"), "a second worker")

        def answered_by() -> set[int]:
            answers.append(server.ask())
            return {event["process"] for event in server.logged("question")}

        answers: list[dict[str, Any]] = []
        until(lambda: len(answered_by()) == 2, "an answer by each of the two")
        assert "17家" in answers[0]["answer"]
        # each of them knows what the other has saved and counted
        for answer in answers:
            for _ in range(3):
                assert httpx.get(f"{server.address}/a/{answer['id']}").status_code == 200
        assert {server.questions() for _ in range(6)} == {float(len(answers))}

        one, other = answered_by()
        os.kill(one, signal.SIGKILL)
        until(lambda: len(server.logged("a worker has read the library")) == 2, "a third worker")
        until(lambda: len(answered_by()) == 3, "an answer by the third")
        assert {event["process"] for event in server.logged("question")} >= {one, other}
        # what the dead one counted stays counted, what it had in flight is not
        assert {server.questions() for _ in range(6)} == {float(len(answers))}
        assert "yanda_http_in_flight 1.0" in httpx.get(f"{server.address}/metrics").text

        with httpx.stream("POST", f"{server.address}/api/ask", timeout=30, **SLOW) as response:
            events = (line for line in response.iter_lines() if line.startswith("event: "))
            assert next(events) == "event: stage"
            server.process.send_signal(signal.SIGTERM)
            assert list(events)[-1] == "event: answer"
        assert server.process.wait(PATIENCE_S) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.address}/healthz")
        server.reading.join(10)
        assert not [line for line in server.lines if "Traceback" in line or "Warning" in line]


@pytest.mark.parametrize("arguments", [(), ("--workers", "2")])
def test_told_once_a_server_finishes_what_it_began(quick: Path, arguments: tuple[str, ...]) -> None:
    with serving(quick, *arguments) as server:
        with httpx.stream("POST", f"{server.address}/api/ask", timeout=30, **SLOW) as response:
            events = (line for line in response.iter_lines() if line.startswith("event: "))
            assert next(events) == "event: stage"
            server.process.send_signal(signal.SIGTERM)
            assert list(events)[-1] == "event: answer"
        assert server.process.wait(PATIENCE_S) == (0 if arguments else -signal.SIGTERM)


@pytest.mark.parametrize("arguments", [(), ("--workers", "2")])
def test_told_again_a_server_leaves_at_once(quick: Path, arguments: tuple[str, ...]) -> None:
    with (
        serving(quick, *arguments) as server,
        httpx.stream("POST", f"{server.address}/api/ask", timeout=30, **LONG) as response,
    ):
        events = response.iter_lines()
        assert next(events) == "event: stage"
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE_S) in (0, -signal.SIGTERM)
        assert time.monotonic() - started < 7  # eight are given to those told once
        with pytest.raises(httpx.RemoteProtocolError):
            list(events)


def test_workers_whose_supervisor_was_killed_leave_the_port(quick: Path) -> None:
    with serving(quick, "--workers", "2") as server:
        server.process.kill()

        def closed() -> bool:
            try:
                return not httpx.get(f"{server.address}/healthz")
            except httpx.TransportError:
                return True

        until(closed, "the end of the workers")


def test_workers_without_an_index_end_with_what_to_run(quick: Path) -> None:
    (quick / "command.py").write_text(REAL, "utf-8")
    with serving(quick, "--workers", "2") as server:
        assert server.process.wait(PATIENCE_S) == 3
        server.reading.join(10)
        assert re.search(r"^yanda: .*run `yanda index`$", server.lines[-1])


def test_what_a_channel_keeps_running_is_ended_with_the_server(built: Any, serve: Any) -> None:
    told: list[str] = []

    @asynccontextmanager
    async def beside() -> Any:
        told.append("began")
        yield
        told.append("ended")

    app = built()
    app.state.running.append(beside)
    with serve(app) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert told == ["began"]
    assert told == ["began", "ended"]

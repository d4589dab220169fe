"""Does `yanda serve`, as a process of its own, open at once, say when it is ready and end quietly?"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.web.cli.conftest import PHARMACY, QUESTION, ROOT, Said, failed, free_port
from web.cli import BROKEN, DONE, WRONG_USAGE, main


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = (sys.executable, "-m", "web", "serve", *arguments)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], part: str) -> list[str]:
    """What the process says on stderr up to the first line with `part`, or all of it."""
    assert process.stderr
    told: list[str] = []
    for line in process.stderr:
        told.append(line)
        if part in line:
            break
    return told


def once_open(address: str, patience_s: float = 60) -> httpx.Response:
    end = time.monotonic() + patience_s
    while True:
        try:
            return httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            assert time.monotonic() < end, "the port never opened"
            time.sleep(0.05)


def test_serve_is_open_at_once_says_when_it_is_ready_and_ends_quietly(library: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with serving(library, "--port", str(port)) as process:
        assert once_open(address).status_code == 200
        assert httpx.get(f"{address}/readyz").status_code in (200, 503)
        told = lines_until(process, address)
        assert f"研答 is at {address}" in told[-1]
        assert httpx.get(f"{address}/readyz").status_code == 200
        answer = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60).json()
        assert "17家" in answer["answer"]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == DONE
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_serve_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0") as process:
        told = lines_until(process, "yanda:")
        assert told[-1].endswith("run `yanda index`\n")
        assert process.wait(timeout=30) == BROKEN


def test_serve_with_index_builds_it_first(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(PHARMACY, "utf-8")
    with serving(tmp_path, "--port", "0", "--index") as process:
        told = lines_until(process, "研答 is at")
        assert any(line.startswith("embed: ") for line in told)
        address = told[-1].split()[3]
        assert httpx.get(f"{address}/api/search", params={"q": "门店"}).json()["hits"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (DONE, -signal.SIGTERM)


def test_interrupting_while_the_index_is_built_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for number in range(40):
        (tmp_path / "seeds" / f"{number}.md").write_text(PHARMACY.replace("17", str(number + 1000)) * 3, "utf-8")
    with serving(tmp_path, "--port", "0", "--index") as process:
        lines_until(process, "embed: ")
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == DONE
        assert time.monotonic() - start < 10


@pytest.mark.usefixtures("within")
def test_a_port_that_is_taken_is_wrong_usage_and_another_is_named(capsys: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == WRONG_USAGE
    assert failed(capsys) == f"port {port} on 127.0.0.1 is taken by another program; choose another: --port {port + 1}"


@pytest.mark.usefixtures("within")
def test_a_host_that_is_not_ours_is_wrong_usage(capsys: Said) -> None:
    assert main(["serve", "--host", "203.0.113.1", "--port", "0"]) == WRONG_USAGE
    assert "203.0.113.1" in failed(capsys)

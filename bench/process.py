"""`yanda` as people meet it: processes of their own, timed from outside, asked over HTTP."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.plan import ROOT
from rag.types import Ask

__all__ = ["BenchError", "Served", "index_seconds", "served"]

_COMMAND = (sys.executable, "-c", "import sys; from web.cli import main; sys.exit(main())")
_PATIENCE_S = 600.0
_POLL_S = 0.05  # how exactly the moment of readiness is known


class BenchError(Exception):
    """A process that did not do what is measured; says which, and what it wrote."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers; `ready_s` are the seconds from the command to /readyz."""

    pid: int
    client: httpx.Client
    ready_s: float

    def ask(self, asked: Ask) -> float:
        """The seconds until the whole answer is here."""
        history = [{"role": turn.role, "content": turn.content} for turn in asked.history]
        body = {"question": asked.question, "history": history, "documents": list(asked.documents)}
        start = time.perf_counter()
        self.client.post("/api/ask", json=body).raise_for_status()
        return time.perf_counter() - start

    @property
    def peak_bytes(self) -> int | None:
        """The most memory that the process has held so far; None where the system does not tell (it does on Linux)."""
        try:
            found = re.search(r"^VmHWM:\s*(\d+) kB", Path(f"/proc/{self.pid}/status").read_text("ascii"), re.MULTILINE)
        except OSError:
            return None
        return int(found[1]) * 1024 if found else None


def index_seconds(corpus: Path, data_dir: Path) -> float:
    """The seconds that `yanda index` takes from the command to its end, the start of Python and the model included."""
    start = time.perf_counter()
    done = subprocess.run(
        [*_COMMAND, "index"], cwd=ROOT, env=_environment(corpus, data_dir), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(f"yanda index of {corpus} ended with {done.returncode}: {done.stderr.strip()}")
    return time.perf_counter() - start


@contextmanager
def served(corpus: Path, data_dir: Path, *options: str) -> Iterator[Served]:
    """`yanda serve` on a free port until the block is left, and at its beginning the wait until it is ready."""
    port = _free_port()
    command = [*_COMMAND, "serve", "--port", str(port), *options]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=_environment(corpus, data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60.0, trust_env=False) as client:
            _wait(process, client, command)
            yield Served(process.pid, client, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], client: httpx.Client, command: Sequence[str]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise BenchError(f"yanda {' '.join(command[len(_COMMAND) :])} ended with {process.returncode} before it was ready")
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # the port is not open yet
        time.sleep(_POLL_S)
    raise BenchError(f"yanda serve was not ready within {_PATIENCE_S:.0f} s")


def _environment(corpus: Path, data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANDA_")}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    settings = {"YANDA_CORPUS": str(corpus.resolve()), "YANDA_DATA_DIR": str(data_dir), "YANDA_RATE_LIMIT": "1000000/second"}
    return kept | settings | {"PYTHONPATH": path}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port

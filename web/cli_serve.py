"""How the server starts: the port first, the library behind it, in this process or in several."""

from __future__ import annotations

import errno
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from rag import assemble
from rag.bot import Bot
from rag.settings import Settings
from web.app import create_app
from web.cli_errors import WrongUsage
from web.cli_opening import Opening
from web.cli_workers import serve_with_workers
from web.door.connections import Hurried
from web.door.limits import Limiter
from web.door.logs import configuration
from web.memory import keep_little
from web.worker import Worker

__all__ = ["serve"]

_PATIENCE_S = 8  # for what was begun when the server is told to stop: two less than containers are given
_IDLE_S = 15  # that a connection may wait for its next request
_CONNECTIONS = 512  # at once and a process; one more is answered 503


def serve(settings: Settings, host: str, port: int, *, index_first: bool, workers: int = 1) -> None:
    """Serves until interrupted; the port is open at once and answers 503 until the library has been read."""
    Limiter(settings.rate_limit, settings.rate_limit_store)  # says here, not in a worker, that something is missing
    keep_little()
    with _listening(host, port) as listening:
        opening = Opening(settings, _address(host, listening.getsockname()[1]), index_first=index_first)
        if workers > 1:
            serve_with_workers(settings, listening, opening, workers, _config)
        else:
            _serve(settings, listening, opening)
    if opening.error is not None:
        raise opening.error


def _serve(settings: Settings, listening: socket.socket, opening: Opening) -> None:
    def load() -> Bot:
        with opening.told(stop):
            return assemble.warmed(assemble.bot(settings))

    def stop() -> None:
        server.should_exit = True

    server = _Server(_config(create_app(load=load, settings=settings), settings))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        opening.leave()


class _Server(uvicorn.Server):
    """Told to stop, it finishes what it began; told again, it leaves."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit |= self.should_exit
        super().handle_exit(sig, frame)


def _config(app: FastAPI | Worker, settings: Settings, workers: int = 1) -> uvicorn.Config:
    """What is the same for one process and for each of several; of several, `app` is what makes theirs."""
    return uvicorn.Config(
        app,
        factory=workers > 1,
        workers=workers,
        http=Hurried,
        log_config=configuration(settings.log_level),
        access_log=False,
        proxy_headers=False,  # the door knows whom to trust
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_PATIENCE_S,
        timeout_worker_healthcheck=30,  # loading a model may keep a worker from answering for seconds
    )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise WrongUsage(f"port {port} on {host} is taken by another program; choose another: --port {port + 1}") from error
        raise WrongUsage(
            f"cannot listen on port {port} of {host}: {error}; choose --host and --port of this machine"
        ) from error


def _address(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{reachable}]' if ':' in reachable else reachable}:{port}"

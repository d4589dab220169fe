"""How the server starts: the port first, the library behind it, and what a person is told meanwhile."""

from __future__ import annotations

import errno
import os
import socket

import uvicorn
from rich.console import Console

from rag import assemble
from rag.bot import Bot
from rag.settings import Settings, SettingsError
from web.app import create_app
from web.cli_errors import WrongUsage
from web.cli_progress import Bars
from web.cli_tables import skipped

__all__ = ["serve"]

_PATIENCE_S = 3  # for streams that are still being written when the server is told to stop


def serve(settings: Settings, host: str, port: int, *, index_first: bool) -> None:
    """Serves until interrupted; the port is open at once and answers 503 until the library has been read."""
    if settings.api_keys:
        raise SettingsError(
            "api_keys is set, but this version would serve everybody; keep it off the network and unset api_keys"
        )
    with _listening(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        opening = _Opening(settings, address, index_first=index_first)
        app = create_app(load=opening.load, settings=settings)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_PATIENCE_S)
        opening.server = uvicorn.Server(config)
        try:
            opening.server.run(sockets=[listening])
        except KeyboardInterrupt:
            opening.leave()
    if opening.error is not None:
        raise opening.error


class _Opening:
    """Reads the library while the server is already up; where that fails, the server stops and `error` says why."""

    def __init__(self, settings: Settings, address: str, *, index_first: bool) -> None:
        self._settings = settings
        self._address = address
        self._index_first = index_first
        self._console = Console(stderr=True, soft_wrap=True, highlight=False)
        self._done = False
        self.server: uvicorn.Server | None = None
        self.error: Exception | None = None

    def load(self) -> Bot:
        try:
            return self._loaded()
        except Exception as error:
            self.error = error
            if self.server is not None:
                self.server.should_exit = True
            raise
        finally:
            self._done = True

    def leave(self) -> None:
        """Ends the process where the library is still being read: an index half built harms nothing, waiting would."""
        if not self._done:
            self._console.show_cursor()
            os._exit(0)

    def _loaded(self) -> Bot:
        if self._index_first:
            with Bars() as bars:
                report = assemble.build_index(self._settings, progress=bars.show)
            for one in report.skipped:
                self._console.print(skipped(one))
        self._console.print("reading the library …")
        bot = assemble.warmed(assemble.bot(self._settings))
        self._console.print(f"研答 is at [bold]{self._address}[/]  (Ctrl-C ends it)")
        return bot


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

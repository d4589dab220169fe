"""How several processes serve one port: started, replaced where one dies, told when to open and when to leave."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from uvicorn.supervisors import Multiprocess

from rag.settings import Settings
from web.cli_opening import Opening
from web.worker import Signals, Worker, counting_together

__all__ = ["serve_with_workers"]

log = logging.getLogger(__name__)

Configured = Callable[[Worker, Settings, int], uvicorn.Config]


def serve_with_workers(
    settings: Settings, listening: socket.socket, opening: Opening, workers: int, config: Configured
) -> None:
    """Serves until told to stop; the index is brought up to date here, once, while the workers already answer 503."""
    with counting_together() as counts:
        signals = Signals.fresh()
        worker = Worker(settings, workers, counts, signals)
        supervisor = _Supervisor(config(worker, settings, workers), [listening], signals)
        threading.Thread(target=_open, args=(opening, signals, supervisor), daemon=True).start()
        supervisor.run()
    opening.leave()


def _open(opening: Opening, signals: Signals, supervisor: _Supervisor) -> None:
    """Ends with the process: after the first worker, each one that takes a dead one's place reports here as well."""
    # what goes wrong is kept as opening.error, and said once the workers have gone
    with suppress(Exception), opening.told(supervisor.should_exit.set):
        signals.open.set()
        signals.heard()
    while True:
        try:
            signals.heard()
            log.info("a worker has read the library")
        except Exception:
            log.exception("a worker cannot read the library and answers 503; `yanda check` says more")


class _Supervisor(Multiprocess):
    """uvicorn's, which lets waiting workers go, and leaves at once where it is told to stop again."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], signals: Signals) -> None:
        super().__init__(config, sockets)
        self._signals = signals
        self._told = 0  # to leave; while a worker is starting, two signals may be handled at once

    def handle_int(self) -> None:
        self._told += 1
        super().handle_int()

    def handle_term(self) -> None:
        self._told += 1
        super().handle_term()

    def terminate_all(self) -> None:
        self._signals.leaving.set()
        self._signals.open.set()
        super().terminate_all()

    def join_all(self) -> None:
        for one in self.processes:
            while one.process.is_alive():
                one.process.join(0.1)
                if self._told + len(self.signal_queue) > 1:
                    one.process.kill()

"""How one of several server processes starts, and what it and the one that started it tell each other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI

from index.errors import IndexMissing
from rag import assemble
from rag.bot import Bot
from rag.settings import Settings
from web.app import create_app
from web.memory import keep_little

__all__ = ["Signals", "Worker", "counting_together"]


@dataclass(frozen=True, slots=True)
class Signals:
    """`open`: the index is ready to be read; `leaving`: it never will be; `told`: how each worker fared, None for well."""

    open: Event
    leaving: Event
    told: SimpleQueue[Exception | None]

    @classmethod
    def fresh(cls) -> Signals:
        context = multiprocessing.get_context("spawn")
        return cls(context.Event(), context.Event(), context.SimpleQueue())

    def heard(self) -> None:
        """Waits until another worker has read the library; raises what kept it from that."""
        if error := self.told.get():
            raise error


@dataclass(frozen=True, slots=True)
class Worker:
    """Called in its own process, it gives the app; settings come from the one that started it, read once for all."""

    settings: Settings
    processes: int
    counts: Path
    signals: Signals

    def __call__(self) -> FastAPI:
        # before torch is loaded: the workers share the cores
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        keep_little()
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        return create_app(load=self._load, settings=self.settings, processes=self.processes, counts=self.counts)

    def _load(self) -> Bot:
        self.signals.open.wait()
        if self.signals.leaving.is_set():
            raise IndexMissing("the server is leaving")
        try:
            bot = assemble.warmed(assemble.bot(self.settings))
        except Exception as error:
            self.signals.told.put(error)
            raise
        self.signals.told.put(None)
        return bot


@contextmanager
def counting_together() -> Iterator[Path]:
    """The folder where all processes that are started within the block count."""
    with TemporaryDirectory(prefix="yanda-counts-") as folder:
        # prometheus-client looks at this while it is imported: too late for this process, in time for its children
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        # a worker ended by a signal leaves a lock of tqdm's to Python's tracker, which removes it and would say so
        os.environ.setdefault("PYTHONWARNINGS", "ignore::UserWarning:multiprocessing.resource_tracker")
        yield Path(folder)
        del os.environ["PROMETHEUS_MULTIPROC_DIR"]


def _leave_with_parent() -> None:
    """A worker whose supervisor was killed would go on and keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

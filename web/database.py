"""Where is what must outlive the process, and be known to each of several: one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Database"]


class Database:
    """One file that several threads and processes read and write; what is committed outlives the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        # kept open: the last connection to close empties the log into the file, which takes longer than all the rest
        self._connection = sqlite3.connect(path, timeout=10, check_same_thread=False)
        self._lock = threading.RLock()
        weakref.finalize(self, self._connection.close)
        self._connection.execute("PRAGMA journal_mode=WAL")
        # with that log, a power cut may take the last moment but breaks nothing, and no writer waits for the disk
        self._connection.execute("PRAGMA synchronous=NORMAL")

    def create(self, tables: str) -> None:
        """Runs `CREATE … IF NOT EXISTS` statements."""
        with self.open() as database:
            database.executescript(tables)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Changes that stand once the block ends well; threads take turns, and wait ten seconds for another process."""
        with self._lock, self._connection:
            yield self._connection

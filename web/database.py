"""Where is what must outlive the process, and be known to each of several: one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

__all__ = ["Database"]


class Database:
    """One file that several threads and processes read and write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.open() as database:
            database.execute("PRAGMA journal_mode=WAL")

    def create(self, tables: str) -> None:
        """Runs `CREATE … IF NOT EXISTS` statements."""
        with self.open() as database:
            database.executescript(tables)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes stand once the block ends well; it waits ten seconds for another writer."""
        # a connection of its own each time: nothing to share between threads, and microseconds for a local file
        with closing(sqlite3.connect(self.path, timeout=10)) as database, database:
            yield database

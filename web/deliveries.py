"""Has this been taken before, by whichever worker: each delivery of the last quarter of an hour has one taker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from web.database import Database

__all__ = ["KEPT_S", "LEASE_S", "Deliveries", "Delivery"]

KEPT_S = 15 * 60
LEASE_S = 60

TABLES = """
CREATE TABLE IF NOT EXISTS deliveries (
    key TEXT PRIMARY KEY, taken_at REAL NOT NULL, lease_until REAL NOT NULL, done INTEGER NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered, word for word, under the key that tells it from every other."""

    key: str
    body: str


class Deliveries:
    """Keys known to every thread and process that opens the same database; `now` is in seconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create(TABLES)

    def take(self, key: str, now: float, body: str = "") -> bool:
        """True for the one that is to do the work: nobody took `key`, or whoever did fell silent for LEASE_S."""
        with self._database.open() as database:
            database.execute("DELETE FROM deliveries WHERE taken_at < ?", (now - KEPT_S,))
            taken = database.execute(
                "INSERT INTO deliveries VALUES (?, ?, ?, 0, ?) ON CONFLICT (key) DO UPDATE"
                " SET lease_until = excluded.lease_until WHERE NOT done AND lease_until < ?",
                (key, now, now + LEASE_S, body, now),
            )
            return taken.rowcount == 1

    def renew(self, keys: Iterable[str], now: float) -> None:
        """Says that the work goes on; to be called well within LEASE_S."""
        with self._database.open() as database:
            database.executemany("UPDATE deliveries SET lease_until = ? WHERE key = ?", [(now + LEASE_S, key) for key in keys])

    def finish(self, keys: Iterable[str]) -> None:
        """Nobody takes these again, and what was in them is forgotten."""
        with self._database.open() as database:
            database.executemany("UPDATE deliveries SET done = 1, body = '' WHERE key = ?", [(key,) for key in keys])

    def abandoned(self, now: float) -> tuple[Delivery, ...]:
        """What was taken by somebody who then fell silent; whoever goes on with one takes it first."""
        query = "SELECT key, body FROM deliveries WHERE NOT done AND body <> '' AND lease_until < ? AND taken_at >= ?"
        with self._database.open() as database:
            return tuple(Delivery(*row) for row in database.execute(query, (now, now - KEPT_S)))

"""Where are answers kept, so that they can be shared as they were given, and what people said of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from web.database import Database
from web.schemas import AnswerOut

__all__ = ["Saved", "SavedAnswer", "ulid"]

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

TABLES = """
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, asked_at REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT NOT NULL REFERENCES answers (id), given_at REAL NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer as it was given, and when, in seconds since 1970."""

    answer: AnswerOut
    asked_at: float


class Saved:
    """Answers and feedback in one SQLite file; safe from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create(TABLES)

    @property
    def path(self) -> Path:
        return self._database.path

    def keep(self, answer: AnswerOut, asked_at: float) -> None:
        """From now on `find(answer.id)` gives exactly this answer, whatever happens to the index."""
        with self._database.open() as database:
            database.execute("INSERT INTO answers VALUES (?, ?, ?)", (answer.id, asked_at, answer.model_dump_json()))

    def find(self, answer_id: str) -> SavedAnswer | None:
        with self._database.open() as database:
            row = database.execute("SELECT body, asked_at FROM answers WHERE id = ?", (answer_id,)).fetchone()
        return SavedAnswer(AnswerOut.model_validate_json(row[0]), row[1]) if row else None

    def rate(self, answer_id: str, *, helpful: bool, reason: str, given_at: float) -> bool:
        """False where there is no such answer; every rating is kept, the latest last."""
        with self._database.open() as database:
            if database.execute("SELECT 1 FROM answers WHERE id = ?", (answer_id,)).fetchone() is None:
                return False
            database.execute("INSERT INTO feedback VALUES (?, ?, ?, ?)", (answer_id, given_at, helpful, reason))
        return True

    def ratings(self, answer_id: str) -> tuple[tuple[bool, str], ...]:
        query = "SELECT helpful, reason FROM feedback WHERE answer = ? ORDER BY given_at"
        with self._database.open() as database:
            return tuple((bool(helpful), reason) for helpful, reason in database.execute(query, (answer_id,)))


def ulid(seconds: float, randomness: bytes) -> str:
    """26 characters that sort by time: 48 bits of milliseconds, 80 bits of `randomness` (10 bytes)."""
    number = (int(seconds * 1000) & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10])
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))

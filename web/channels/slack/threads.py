"""In which threads does 研答 take part, and what did it answer there."""

from __future__ import annotations

from web.database import Database

__all__ = ["Threads"]

TABLES = """
CREATE TABLE IF NOT EXISTS slack_threads (channel TEXT, root TEXT, joined INTEGER NOT NULL, PRIMARY KEY (channel, root));
CREATE TABLE IF NOT EXISTS slack_answers (channel TEXT, root TEXT, answer TEXT NOT NULL, given_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS slack_answers_by_channel ON slack_answers (channel, given_at);
"""


class Threads:
    """Known to every thread and process that opens the same database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create(TABLES)

    def join(self, channel: str, root: str, *, joined: bool = True) -> None:
        """From now on `joined` gives this; taking part is never unlearned."""
        with self._database.open() as database:
            database.execute(
                "INSERT INTO slack_threads VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET joined = max(joined, excluded.joined)",
                (channel, root, joined),
            )

    def joined(self, channel: str, root: str) -> bool | None:
        """None where nobody has looked yet."""
        with self._database.open() as database:
            row = database.execute(
                "SELECT joined FROM slack_threads WHERE channel = ? AND root = ?", (channel, root)
            ).fetchone()
        return bool(row[0]) if row else None

    def answered(self, channel: str, root: str, answer: str, now: float) -> None:
        with self._database.open() as database:
            database.execute("INSERT INTO slack_answers VALUES (?, ?, ?, ?)", (channel, root, answer, now))

    def answers(self, channel: str, since: float, most: int) -> tuple[str, ...]:
        """Ids of the last answers given in a channel, oldest first."""
        query = "SELECT answer FROM slack_answers WHERE channel = ? AND given_at >= ? ORDER BY given_at DESC LIMIT ?"
        with self._database.open() as database:
            return tuple(row[0] for row in database.execute(query, (channel, since, most)))[::-1]

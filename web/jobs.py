"""What is being done to the library, and how far is it: jobs in the shared database, so that every process can tell."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from index.library import Report, Skipped
from web.database import Database

__all__ = ["Job", "JobKind", "JobState", "Jobs"]

TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, documents TEXT NOT NULL, state TEXT NOT NULL, stage TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, report TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '', process INTEGER NOT NULL, asked_at REAL NOT NULL, ended_at REAL
) WITHOUT ROWID;
"""
COLUMNS = "id, kind, documents, state, stage, done, total, report, error, asked_at, ended_at"
LEFT = "the server ended before this was done; the library is as it was before; send POST /api/reindex"


class JobKind(StrEnum):
    """What somebody asked for."""

    UPLOAD = "upload"
    REMOVE = "remove"
    REINDEX = "reindex"


class JobState(StrEnum):
    """Where a job stands; the last two do not change any more."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the library: `done` of `total` within its stage (0 of 0 where it cannot be counted), times since 1970."""

    id: str
    kind: JobKind
    documents: tuple[str, ...]  # ids that it brings or takes
    state: JobState
    stage: str
    done: int
    total: int
    report: Report | None
    error: str
    asked_at: float
    ended_at: float | None


class Jobs:
    """Every job ever asked for; several threads and processes write, each what it does itself."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        database.create(TABLES)

    def add(self, job_id: str, kind: JobKind, documents: Sequence[str]) -> Job:
        """Queued from now on, by this process."""
        row = (job_id, kind, json.dumps(documents), JobState.QUEUED, os.getpid(), self._clock())
        with self._database.open() as database:
            database.execute("INSERT INTO jobs (id, kind, documents, state, process, asked_at) VALUES (?, ?, ?, ?, ?, ?)", row)
        return self._known(job_id)

    def find(self, job_id: str) -> Job | None:
        with self._database.open() as database:
            row = database.execute(f"SELECT {COLUMNS} FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return _job(row) if row else None

    def latest(self, most: int) -> tuple[Job, ...]:
        """The newest first."""
        query = f"SELECT {COLUMNS} FROM jobs ORDER BY id DESC LIMIT ?"  # ids sort by time
        with self._database.open() as database:
            return tuple(_job(row) for row in database.execute(query, (most,)))

    def progress(self, job_id: str, stage: str, done: int, total: int) -> None:
        self._set(job_id, state=JobState.RUNNING, stage=stage, done=done, total=total)

    def reported(self, job_id: str, report: Report) -> None:
        """The index is built; the job is not done before questions are answered from it."""
        self._set(job_id, report=json.dumps(asdict(report), ensure_ascii=False))

    def wrong(self, job_id: str, error: str) -> None:
        """Why it cannot be done; the first reason stays."""
        with self._database.open() as database:
            database.execute("UPDATE jobs SET error = ? WHERE id = ? AND error = ''", (error, job_id))

    def failing(self, job_id: str) -> bool:
        return bool(self._known(job_id).error)

    def end(self, job_id: str) -> Job:
        """Done, or failed where something went wrong."""
        found = self._known(job_id)
        state = JobState.FAILED if found.error else JobState.DONE
        self._set(job_id, state=state, stage="", done=0, total=0, ended_at=self._clock())
        return self._known(job_id)

    def give_up_left(self) -> None:
        """Jobs of processes that are no more have failed; to be called when this process has not added any yet."""
        unfinished = f"state IN ('{JobState.QUEUED}', '{JobState.RUNNING}')"
        with self._database.open() as database:
            owners = [process for (process,) in database.execute(f"SELECT DISTINCT process FROM jobs WHERE {unfinished}")]
            # after a restart in a container the same number may come again: it is no job of ours
            left = [(LEFT, self._clock(), owner) for owner in owners if owner == os.getpid() or not _lives(owner)]
            database.executemany(
                f"UPDATE jobs SET state = '{JobState.FAILED}', error = ?, ended_at = ? WHERE process = ? AND {unfinished}", left
            )

    def _known(self, job_id: str) -> Job:
        found = self.find(job_id)
        if found is None:
            raise KeyError(job_id)
        return found

    def _set(self, job_id: str, **values: str | float) -> None:
        columns = ", ".join(f"{name} = ?" for name in values)
        with self._database.open() as database:
            database.execute(f"UPDATE jobs SET {columns} WHERE id = ?", (*values.values(), job_id))


def _job(row: tuple[Any, ...]) -> Job:
    name, kind, documents, state, stage, done, total, report, error, asked_at, ended_at = row
    return Job(
        name,
        JobKind(kind),
        tuple(json.loads(documents)),
        JobState(state),
        stage,
        done,
        total,
        _report(json.loads(report)) if report else None,
        error,
        asked_at,
        ended_at,
    )


def _report(told: dict[str, Any]) -> Report:
    return Report(skipped=tuple(Skipped(**one) for one in told.pop("skipped")), **told)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

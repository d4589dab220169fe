"""How the library changes while it is asked: jobs in turn, each in a process of its own, then the new index is held."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from multiprocessing.context import SpawnProcess
from pathlib import Path

from anyio import to_thread

from index.errors import IndexingError
from rag import assemble
from rag.settings import Settings, SettingsError
from web.database import Database
from web.fresh import Fresh
from web.jobs import Job, JobKind, Jobs

__all__ = ["Building"]

_OFTEN_S = 0.2  # between two notes of progress
_STOPPED = "the server was stopped; the library is as it was before; send POST /api/reindex"


class Building:
    """Jobs of this process, in the order in which they were asked for; other processes take turns by the index's lock."""

    def __init__(self, settings: Settings, jobs: Jobs, database: Path, fresh: Fresh) -> None:
        self._settings = settings
        self._jobs = jobs
        self._database = database
        self._fresh = fresh
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._process: SpawnProcess | None = None

    def begin(self, job_id: str, kind: JobKind, documents: Sequence[str], *, rebuild: bool = False) -> Job:
        """The job, queued; it goes on by itself."""
        job = self._jobs.add(job_id, kind, documents)
        task = asyncio.create_task(self._run(job_id, rebuild=rebuild))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Jobs that an earlier process left are given up; those of this one end with it."""
        await to_thread.run_sync(self._jobs.give_up_left)
        yield
        for task in self._tasks:
            task.cancel()
        if self._process is not None:
            self._process.terminate()  # an index half built harms nothing
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, job_id: str, *, rebuild: bool) -> None:
        try:
            async with self._turn:
                await self._built(job_id, rebuild=rebuild)
                if not self._jobs.failing(job_id):
                    self._jobs.progress(job_id, "open", 0, 0)
                    await self._fresh.look()
        except (IndexingError, SettingsError, OSError) as error:
            self._jobs.wrong(job_id, f"the new index is built but cannot be opened, the one before goes on: {error}")
        except asyncio.CancelledError:
            self._jobs.wrong(job_id, _STOPPED)
            raise
        finally:
            self._jobs.end(job_id)

    async def _built(self, job_id: str, *, rebuild: bool) -> None:
        """The outcome is in the job: its report, or what went wrong."""
        arguments = (self._settings, self._database, job_id, rebuild)
        self._process = multiprocessing.get_context("spawn").Process(target=_build, args=arguments, daemon=True)
        self._process.start()
        await to_thread.run_sync(self._process.join, abandon_on_cancel=True)
        if self._process.exitcode:
            self._jobs.wrong(job_id, f"the process that built the index ended with code {self._process.exitcode}")
        self._process = None


def _build(settings: Settings, database: Path, job_id: str, rebuild: bool) -> None:
    """Runs in the building process; answers go first, and Ctrl-C is for the server, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(2)  # more would starve it where the machine is busy anyway
    jobs = Jobs(Database(database), time.time)
    try:
        report = assemble.build_index(settings, rebuild=rebuild, progress=_now_and_then(jobs, job_id))
    except (IndexingError, SettingsError, OSError) as error:
        jobs.wrong(job_id, str(error))
    else:
        jobs.reported(job_id, report)


def _now_and_then(jobs: Jobs, job_id: str) -> Callable[[str, int, int], None]:
    """Each stage as it begins, and within it a note from time to time."""
    told, at = "", 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told, at
        stage = "wait" if " " in stage else stage  # a sentence says for whom
        now = time.monotonic()
        if stage != told or now - at >= _OFTEN_S:
            told, at = stage, now
            jobs.progress(job_id, stage, done, total)

    return tell

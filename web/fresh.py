"""Is what answers the index that is current: a new one, whoever built it, takes the place of the old one meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import to_thread

from index.errors import IndexingError
from index.library import current_fingerprint
from rag import assemble
from rag.bot import Bot
from rag.settings import Settings, SettingsError
from web.desk import Answering, Desk

__all__ = ["Fresh"]

log = logging.getLogger(__name__)

EVERY_S = 1.0  # one small file is looked at
REST_S = 0.1  # after each question that is tried


class Fresh:
    """Keeps a desk at the current index; questions are answered by the old one until the new one is ready."""

    def __init__(self, desk: Desk, settings: Settings, opened: Callable[[Settings], Answering] | None = None) -> None:
        self._desk = desk
        self._settings = settings
        self._open = opened or _opened
        self._turn = asyncio.Lock()
        self._closed = False
        self._suggesting: set[asyncio.Task[None]] = set()
        self._refused = ""  # the index that could not be opened: not tried again

    async def look(self) -> None:
        """The desk holds the current index; raises what kept a new one from being opened, and the old one stays."""
        async with self._turn:
            wanted = await to_thread.run_sync(current_fingerprint, self._settings.data_dir)
            if not wanted or self._desk.loading or wanted == self._held():
                return
            self._refused = wanted
            bot = await to_thread.run_sync(self._open, self._settings)
            self._desk.hold(bot)
            self._refused = ""
        self.prepare()

    def prepare(self) -> None:
        """Questions to suggest are tried beside everything else, where that has not been done for this index."""
        if self._desk.ready and isinstance(bot := self._desk.bot, Bot):
            task = asyncio.create_task(self._suggest(bot))
            self._suggesting.add(task)
            task.add_done_callback(self._suggesting.discard)

    async def _suggest(self, bot: Bot) -> None:
        def stop() -> bool:
            time.sleep(REST_S)  # questions that people ask go first
            return self._closed or self._desk.bot is not bot

        try:
            await to_thread.run_sync(assemble.suggest, self._settings, bot, stop)
        except OSError:
            log.exception("questions to suggest cannot be kept in %s", self._settings.data_dir)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Meanwhile a new index is noticed within seconds."""
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._closed = True
            watch.cancel()
            await asyncio.gather(watch, *self._suggesting, return_exceptions=True)

    def _held(self) -> str:
        return self._desk.bot.library.fingerprint if self._desk.ready else ""

    async def _watch(self) -> None:
        while self._desk.loading:
            await asyncio.sleep(EVERY_S / 10)
        self.prepare()
        while True:
            await asyncio.sleep(EVERY_S)
            if self._refused and self._refused == await to_thread.run_sync(current_fingerprint, self._settings.data_dir):
                continue
            try:
                await self.look()
            except (IndexingError, SettingsError, OSError):
                log.exception("a new index cannot be opened; the one before goes on answering")


def _opened(settings: Settings) -> Bot:
    return assemble.warmed(assemble.bot(settings))

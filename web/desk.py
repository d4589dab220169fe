"""Who answers: the bot once its library is read, one question a thread at a time, every answer kept under its id."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Protocol

from anyio import CapacityLimiter, to_thread

from index.library import Counts
from index.types import Document, Hit, Passage
from rag.types import Answer, Ask, Delta, Event, Found, Stage
from web.door.tally import Tally
from web.problems import FieldError, Problem
from web.saved import Saved, ulid
from web.schemas import AnswerOut, DocumentSummary, answer_out, document_summary

__all__ = ["Answering", "Desk", "Shelf"]

log = logging.getLogger(__name__)


class Shelf(Protocol):
    """What the web asks of a library."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def documents(self) -> Mapping[str, Document]: ...

    @property
    def passages(self) -> Sequence[Passage]: ...

    def counts_of(self, document_id: str) -> Counts: ...


class Answering(Protocol):
    """What the web asks of a bot."""

    @property
    def library(self) -> Shelf: ...

    def answer(self, ask: Ask) -> Answer: ...

    def steps(self, ask: Ask) -> Iterator[Event]: ...

    def search(self, words: str, k: int, documents: tuple[str, ...] = ()) -> Sequence[Hit]: ...

    def examples(self, documents: tuple[str, ...] = ()) -> tuple[str, ...]: ...


class Desk:
    """The bot as every channel meets it; until it is loaded, each call is refused with 503."""

    def __init__(
        self,
        saved: Saved,
        *,
        clock: Callable[[], float],
        randomness: Callable[[int], bytes],
        workers: int,
        tally: Tally,
    ) -> None:
        self.saved = saved
        self._tally = tally
        self.clock = clock
        self._randomness = randomness
        self._loading: Future[Answering] | None = None
        self._limiter = CapacityLimiter(workers)

    def hold(self, bot: Answering) -> None:
        """From now on questions go to `bot`."""
        self._loading = Future()
        self._loading.set_result(bot)

    def open(self, load: Callable[[], Answering]) -> None:
        """Loading begins, in a thread of its own."""
        executor = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._loading = executor.submit(load)
        self._loading.add_done_callback(_log_failure)
        executor.shutdown(wait=False)

    async def opened(self) -> None:
        """Returns once loading has ended, well or not."""
        if self._loading is not None:
            await to_thread.run_sync(wait, (self._loading,), abandon_on_cancel=True)

    @property
    def bot(self) -> Answering:
        if self._loading is None or self.loading:
            raise Problem(503, "the library is still being read; ask again in a moment", headers={"Retry-After": "2"})
        if error := self._loading.exception():
            raise Problem(503, f"the library could not be opened: {error}", headers={"Retry-After": "30"})
        return self._loading.result()

    @property
    def loading(self) -> bool:
        return self._loading is None or not self._loading.done()

    @property
    def ready(self) -> bool:
        return self._loading is not None and self._loading.done() and self._loading.exception() is None

    def document(self, document_id: str) -> Document:
        """The document, or a 404 that names the id."""
        found = self.bot.library.documents.get(document_id)
        if found is None:
            raise Problem(404, f"no document has the id {document_id!r}; GET /api/documents lists them")
        return found

    def summaries(self) -> list[DocumentSummary]:
        """Every document of the library, in its order."""
        library = self.bot.library
        return [document_summary(document, library.counts_of(name)) for name, document in library.documents.items()]

    def check(self, ask: Ask) -> None:
        """Refuses a question limited to documents that are not there, naming them."""
        known = self.bot.library.documents
        errors = [
            FieldError(f"documents.{place}", f"no document has the id {name!r}")
            for place, name in enumerate(ask.documents)
            if name not in known
        ]
        if errors:
            raise Problem(422, "; ".join(f"{error.field}: {error.message}" for error in errors), errors=errors)

    def new_id(self) -> str:
        return ulid(self.clock(), self._randomness(10))

    async def answer(self, ask: Ask, *, channel: str = "api") -> AnswerOut:
        with self._tally.of(ask, channel) as given:
            answer = await to_thread.run_sync(self.bot.answer, ask, limiter=self._limiter)
            given(answer)
        return await self._keep(answer, self.new_id())

    async def steps(
        self, ask: Ask, answer_id: str, *, channel: str = "api"
    ) -> AsyncGenerator[Stage | Found | Delta | AnswerOut]:
        """What happens on the way to the answer, the answer last; closing this stops the bot at its next step."""
        with self._tally.of(ask, channel) as given:
            walk = self.bot.steps(ask)
            try:
                while (event := await to_thread.run_sync(next, walk, None, limiter=self._limiter)) is not None:
                    if isinstance(event, Answer):
                        given(event)
                        yield await self._keep(event, answer_id)
                    else:
                        yield event
            finally:
                if isinstance(walk, Generator):
                    walk.close()

    async def search(self, words: str, k: int, documents: tuple[str, ...]) -> tuple[Hit, ...]:
        hits = await to_thread.run_sync(self.bot.search, words, k, documents, limiter=self._limiter)
        return tuple(hits)

    async def _keep(self, answer: Answer, answer_id: str) -> AnswerOut:
        given = answer_out(answer, answer_id)
        try:
            await to_thread.run_sync(self.saved.keep, given, self.clock())
        except sqlite3.Error:
            # a full or read-only disk costs the permalink, not the answer
            log.exception("answer %s could not be saved in %s", answer_id, self.saved.path)
        return given


def _log_failure(loading: Future[Answering]) -> None:
    if error := loading.exception():
        log.error("the library could not be opened", exc_info=error)

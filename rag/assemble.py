"""Which concrete parts the settings ask for: the only place that picks classes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from index import embedders, rerankers
from index.embedders import Embedder
from index.library import Report, open_library, update
from index.rerankers import Reranker
from index.stores import STORES
from rag.bot import Bot
from rag.composers import COMPOSERS, Composer
from rag.composers.llm import Llm
from rag.plan import Planner
from rag.settings import Settings, SettingsError
from rag.suggest.kept import keep, kept
from rag.suggest.tried import tried
from rag.types import Ask

__all__ = ["bot", "build_index", "composer", "embedder", "planner", "reader", "store", "suggest", "warmed"]


def embedder(settings: Settings) -> Embedder:
    """The embedder of the settings, the same one each time, its model not loaded yet; UnknownEmbedder where there is none."""
    return _embedder(settings.embedder)


def reader(settings: Settings) -> Reranker | None:
    """The reranker of the settings, like the embedder; UnknownEmbedder where there is none of this name."""
    return _reader(settings.reranker)


def build_index(
    settings: Settings,
    corpus: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Brings the index in line with `corpus`, or with the corpus of the settings where none is given."""
    folders = tuple(corpus) or settings.corpus
    return update(folders, settings.data_dir, embedder(settings), rebuild=rebuild, progress=progress, store=store(settings))


def bot(settings: Settings) -> Bot:
    """A bot over the index as it stands; IndexMissing, IndexMismatch or IndexCorrupt say which command mends it."""
    store(settings)
    library = open_library(settings.data_dir, embedder(settings))
    made = Bot(library, reader(settings), composer(settings), planner(settings))
    made.suggested = kept(settings.data_dir, library.fingerprint) or ()
    return made


def composer(settings: Settings) -> Composer:
    """The composer of the settings, no server asked yet."""
    return COMPOSERS[_composing(settings)](settings)


def planner(settings: Settings) -> Planner | None:
    """Who reads questions again that got no answer; nobody where no LLM composes."""
    return Planner(Llm.of(settings)) if _composing(settings) == "llm" else None


def _composing(settings: Settings) -> str:
    """The composer's name; `auto` is `llm` where there is a server to ask."""
    automatic = "llm" if settings.llm_base_url else "quote"
    return automatic if settings.composer == "auto" else settings.composer


def warmed(cold: Bot) -> Bot:
    """The same bot with its models loaded, seconds that the first question would have to wait for."""
    cold.quoting().answer(Ask("研答是什么？"))
    return cold


def store(settings: Settings) -> str:
    """The name of the store of the settings; SettingsError where there is none of this name."""
    if settings.store not in STORES:
        near = difflib.get_close_matches(settings.store, STORES, n=1, cutoff=0.0)
        raise SettingsError(f"store is {settings.store!r}; expected one of: {', '.join(STORES)} (nearest: {near[0]})")
    return settings.store


def suggest(settings: Settings, asked: Bot, stop: Callable[[], bool]) -> None:
    """Tries questions to suggest, unless they are kept from before, and keeps them; the bot has each as soon as it holds."""
    lock = FileLock(settings.data_dir / "suggestions.lock")
    while not stop():
        # of several processes one tries, the others wait for what it finds
        with suppress(Timeout), lock.acquire(timeout=1):
            _suggest(settings, asked, stop)
            return


def _suggest(settings: Settings, asked: Bot, stop: Callable[[], bool]) -> None:
    before = kept(settings.data_dir, asked.library.fingerprint)
    if before is not None:
        asked.suggested = before
        return
    asked.suggested = ()
    quoting = asked.quoting()
    for one in tried(asked.library, lambda question: quoting.answer(Ask(question))):
        asked.suggested = (*asked.suggested, one)
        if stop():
            return
    keep(settings.data_dir, asked.library.fingerprint, asked.suggested)


# a server that opens a new index beside the old one shares their models
_embedder = lru_cache(maxsize=1)(embedders.load)
_reader = lru_cache(maxsize=1)(rerankers.load)

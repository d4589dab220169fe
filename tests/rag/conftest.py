"""A tiny library of our own and the one of seeds/, each built for real, once a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import Library, open_library, update
from index.rerankers.bundled import Bundled as Reader
from rag.bot import Bot
from rag.types import Answer, Ask, Turn

ROOT = Path(__file__).parents[2]
READER = Reader()  # loaded once for all
Asking = Callable[..., Answer]


@pytest.fixture(scope="session")
def embedder() -> Bundled:
    return Bundled()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return READER


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Library:
    """Two documents: the yearly report of 青岚云诊 and a survey among the 药师 of 江畔."""
    data_dir = tmp_path_factory.mktemp("tiny")
    update((Path(__file__).parent / "fixtures",), data_dir, embedder)
    return open_library(data_dir, embedder)


@pytest.fixture(scope="session")
def bot(library: Library) -> Bot:
    return Bot(library, READER)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Bot:
    """A bot over seeds/."""
    data_dir = tmp_path_factory.mktemp("seeded")
    update((ROOT / "seeds",), data_dir, embedder)
    return Bot(open_library(data_dir, embedder), READER)


@pytest.fixture(scope="session")
def ask(bot: Bot) -> Asking:
    """The answer of the tiny library's bot to a question, after the questions that a person asked before it."""

    def answer(question: str, *before: str) -> Answer:
        return bot.answer(Ask(question, tuple(Turn("user", text) for text in before)))

    return answer

"""A stand-in LLM on a free port, and bots that compose with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.library import Library
from rag.bot import Bot
from rag.composers.calls import Patience
from rag.composers.guarded import Guarded
from rag.composers.llm import Llm
from tests.rag.composers.stand_in_llm import StandIn, stand_in
from tests.rag.conftest import READER

KEY = "sk-heron-secret"


@pytest.fixture
def server() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


@pytest.fixture
def llm(server: StandIn) -> Llm:
    """The stand-in as it is asked; a second and a half is all its time."""
    return Llm(server.url, "heron-7b", KEY, Patience(1.5), sleep=lambda _: None)


@pytest.fixture
def written(library: Library, llm: Llm) -> Bot:
    """The tiny library's bot, answering with the stand-in LLM."""
    return Bot(library, READER, Guarded(llm))

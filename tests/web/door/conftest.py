"""An app behind its door, as strict as a test sets it, and clients that come from an address of their own."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from rag.settings import Settings
from web.app import create_app
from web.door.logs import JsonLines

Built = Callable[..., FastAPI]


@pytest.fixture
def built(bot: Any, tmp_path: Path) -> Built:
    def build(**settings: Any) -> FastAPI:
        return create_app(bot, settings=Settings(data_dir=tmp_path, **settings))

    return build


@pytest.fixture
def coming() -> Callable[..., httpx.AsyncClient]:
    """A client of the app that comes from `address`."""

    def client(app: FastAPI, address: str = "192.0.2.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 4711))
        return httpx.AsyncClient(transport=transport, base_url="http://yanda.test")

    return client


class Lines(logging.Handler):
    """Keeps what is logged as the lines that a server would write."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def logged() -> Iterator[Lines]:
    handler, logger = Lines(), logging.getLogger("web")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)

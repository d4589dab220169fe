"""The stand-in bot and the ways to reach it: in memory, by port, by browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from rag.settings import Settings
from tests.web.stand_in_bot import StandInBot, StandInLibrary
from tests.web.stand_in_documents import HOSTILE_DOCUMENT, REPORT_DOCUMENT
from web.app import create_app

CHROMIUM = "/usr/bin/chromium"

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def bot() -> StandInBot:
    shelf = {each.id: each for each in (REPORT_DOCUMENT, HOSTILE_DOCUMENT)}
    return StandInBot(StandInLibrary(MappingProxyType(shelf)))


@pytest.fixture
def app(bot: StandInBot, tmp_path: Path) -> FastAPI:
    return create_app(bot, settings=Settings(data_dir=tmp_path))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://yanda.test") as client:
        yield client


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app on a free port of this machine, really listening."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def serve() -> Callable[[FastAPI], object]:
    return serving


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while it lives, no event loop of another test can run in this thread."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; apt-get install chromium brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A Chinese browser window; a page error, a word on the console or a request to anybody else fails the test."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 1280, "height": 860})
    page = context.new_page()
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("console", lambda said: wrongs.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: wrongs.append(asked.url) if not asked.url.startswith((address, "about:")) else None)
    yield page
    context.close()
    assert wrongs == []

"""What is put together to serve 研答: one desk, the channels, and what guards them."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from rag.settings import Settings
from web import problems
from web.channels import CHANNELS
from web.database import Database
from web.description import DescribedAPI
from web.desk import Answering, Desk
from web.fresh import Fresh
from web.pages import Pages
from web.saved import Saved
from web.security import BodyLimit, SecurityHeaders

__all__ = ["create_app"]


def create_app(
    bot: Answering | None = None,
    *,
    settings: Settings,
    load: Callable[[], Answering] | None = None,
    workers: int = 2,
    clock: Callable[[], float] = time.time,
    randomness: Callable[[int], bytes] = os.urandom,
) -> FastAPI:
    """Serves `bot` at once, or what `load` returns, run in a thread from the start on: until then 503, but alive."""
    if (bot is None) == (load is None):
        raise TypeError("create_app takes a bot or load, one of the two")
    database = Database(settings.data_dir / "answers.sqlite3")
    desk = Desk(Saved(database), clock=clock, randomness=randomness, workers=workers)
    if bot is not None:
        desk.hold(bot)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if load is not None:
            desk.open(load)
        async with AsyncExitStack() as running:
            for start in app.state.running:
                await running.enter_async_context(start())
            yield

    app = DescribedAPI(title="研答 yanda", version="0.1.0", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.desk = desk
    app.state.database = database
    app.state.fresh = Fresh(desk, settings)
    app.state.pages = Pages()
    # what a channel needs to run beside the requests: functions that give async contexts
    app.state.running = [app.state.fresh.watching]
    app.state.body_limits = {}  # bytes that a channel takes on a path, where that is more than elsewhere
    for install in CHANNELS:
        install(app, settings)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_middleware(BodyLimit, larger=app.state.body_limits)
    app.add_middleware(SecurityHeaders)
    problems.install(app)
    return app

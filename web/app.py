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
from web import door, problems
from web.channels import CHANNELS
from web.database import Database
from web.description import DescribedAPI
from web.desk import Answering, Desk
from web.door.metrics import Metrics
from web.door.tally import Tally
from web.fresh import Fresh
from web.pages import Pages
from web.saved import Saved

__all__ = ["create_app"]


def create_app(
    bot: Answering | None = None,
    *,
    settings: Settings,
    load: Callable[[], Answering] | None = None,
    workers: int = 2,
    clock: Callable[[], float] = time.time,
    randomness: Callable[[int], bytes] = os.urandom,
    processes: int = 1,
    counts: Path | None = None,
) -> FastAPI:
    """Serves `bot` at once, or what `load` returns, run in a thread from the start on: until then 503, but alive.

    It is one of `processes` that do the same and count together in the folder `counts`.
    """
    if (bot is None) == (load is None):
        raise TypeError("create_app takes a bot or load, one of the two")
    database = Database(settings.data_dir / "answers.sqlite3")
    metrics = Metrics(counts)
    tally = Tally(metrics, settings)
    desk = Desk(Saved(database), clock=clock, randomness=randomness, workers=workers, tally=tally)
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

    body_limits: dict[str, int] = {}
    guards = door.guards(settings, metrics, body_limits, processes=processes, randomness=randomness)
    app = DescribedAPI(title="研答 yanda", version="0.1.0", docs_url=None, redoc_url=None, lifespan=lifespan, middleware=guards)
    app.state.settings = settings
    app.state.desk = desk
    app.state.database = database
    app.state.metrics = metrics
    app.state.fresh = Fresh(desk, settings)
    app.state.pages = Pages()
    # what a channel needs to run beside the requests: functions that give async contexts
    app.state.running = [app.state.fresh.watching]
    app.state.body_limits = body_limits  # bytes that a channel takes on a path, where that is more than elsewhere
    for install in CHANNELS:
        install(app, settings)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    problems.install(app)
    return app

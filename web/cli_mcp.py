"""How one program is served over a pair of pipes: an index that cannot be used is said at once, models load meanwhile."""

from __future__ import annotations

import os
import time

import anyio

from rag import assemble
from rag.settings import Settings
from web.channels.mcp import over_stdio
from web.database import Database
from web.desk import Desk
from web.door.metrics import Metrics
from web.door.tally import Tally
from web.saved import Saved

__all__ = ["serve"]


def serve(settings: Settings) -> None:
    """Serves until stdin ends; nothing but the protocol is written to stdout."""
    bot = assemble.bot(settings)
    saved = Saved(Database(settings.data_dir / "answers.sqlite3"))
    desk = Desk(saved, clock=time.time, randomness=os.urandom, workers=2, tally=Tally(Metrics(), settings))
    desk.open(lambda: assemble.warmed(bot))
    anyio.run(over_stdio, desk, settings.public_url)
    if desk.loading:
        # whoever closed the pipe is not to wait until the models have been read
        os._exit(0)

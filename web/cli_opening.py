"""What a person is told while the library is opened behind a server that is already up."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from rag import assemble
from rag.settings import Settings
from web.cli_progress import Bars
from web.cli_tables import skipped

__all__ = ["Opening"]


class Opening:
    """Where it fails, `stop` is called, and `error` says why."""

    def __init__(self, settings: Settings, address: str, *, index_first: bool) -> None:
        self._settings = settings
        self._address = address
        self._index_first = index_first
        self._console = Console(stderr=True, soft_wrap=True, highlight=False)
        self._done = False
        self.error: Exception | None = None

    @contextmanager
    def told(self, stop: Callable[[], None]) -> Iterator[None]:
        """The index is brought up to date where that was asked for; the block then opens the library."""
        try:
            self._index()
            self._console.print("reading the library …")
            yield
            self._console.print(f"研答 is at [bold]{self._address}[/]  (Ctrl-C ends it)")
        except Exception as error:
            self.error = error
            stop()
            raise
        finally:
            self._done = True

    def leave(self) -> None:
        """Ends the process where the library is still being read: an index half built harms nothing, waiting would."""
        if not self._done:
            self._console.show_cursor()
            os._exit(0)

    def _index(self) -> None:
        if not self._index_first:
            return
        with Bars() as bars:
            report = assemble.build_index(self._settings, progress=bars.show)
        for one in report.skipped:
            self._console.print(skipped(one))

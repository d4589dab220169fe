"""How long may a connection take to say what it wants: a client that sends its headers by drops is let go."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["PATIENCE_S", "Hurried"]

PATIENCE_S = 10.0


class Hurried(H11Protocol):
    """uvicorn's connections, closed where a request's headers are not whole within PATIENCE_S of their first byte."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._hurry()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        self._relax()
        super().connection_lost(exc)

    def _hurry(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._relax()
        elif self._late is None:
            self._late = self.loop.call_later(PATIENCE_S, self._give_up)

    def _relax(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()

"""How long may a request take until its answer begins."""

from __future__ import annotations

import asyncio
import logging

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import Problem, respond

__all__ = ["TimeLimit"]

log = logging.getLogger(__name__)


class TimeLimit:
    """After `seconds` without the beginning of an answer: 408 where the body has not come, else 503. Streams go on."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        exchange = _Exchange(receive, send)

        async def run() -> None:
            await self.app(scope, exchange.receive, exchange.send)

        task = asyncio.create_task(run())
        try:
            await asyncio.wait({task}, timeout=self.seconds)
            if task.done() or exchange.begun:
                return await task
        except asyncio.CancelledError:
            task.cancel()
            raise
        exchange.over = True
        if exchange.awaits_body:
            task.cancel()
        # a thread that is still at work cannot be stopped: it keeps its place among those that answer until it is done
        self._late.add(task)
        task.add_done_callback(self._done)
        wrong, headers = _too_late(self.seconds, exchange)
        return await respond(Request(scope), wrong, headers)(scope, receive, send)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a request failed after its time was up", exc_info=error)


class _Exchange:
    """What has passed between client and app so far; nothing more reaches the client once it is `over`."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._waiting = False
        self._whole = False
        self.begun = False
        self.over = False

    @property
    def awaits_body(self) -> bool:
        return self._waiting and not self._whole

    async def receive(self) -> Message:
        self._waiting = True
        message = await self._receive()
        self._waiting = False
        self._whole |= not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if self.over:
            return
        self.begun = True
        await self._send(message)


def _too_late(seconds: float, exchange: _Exchange) -> tuple[Problem, dict[str, str]]:
    if exchange.awaits_body:
        detail = f"the body did not come within {seconds:g} seconds; send it again, faster or smaller"
        return Problem(408, detail), {"Connection": "close"}
    return Problem(503, f"no answer within {seconds:g} seconds; ask again in a moment"), {"Retry-After": "10"}

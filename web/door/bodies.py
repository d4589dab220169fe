"""How large may the body of a request be."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["MAX_BODY", "BodyLimit"]

MAX_BODY = 256 * 1024  # bytes


class BodyLimit:
    """A request body over `limit` bytes, or over what `larger` allows its path, is refused with 413, announced or not."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.larger = {} if larger is None else larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "0")
        limit = self.larger.get(scope["path"], self.limit)
        taken = 0

        async def receive_within_limit() -> Message:
            nonlocal taken
            too_much = announced.isdecimal() and int(announced) > limit
            # who waits to be told to go on need not send anything
            if too_much and "expect" in headers:
                raise _too_large(limit)
            message = await receive()
            taken += len(message.get("body", b""))
            if too_much or taken > limit:
                await _let_pass(message, receive, limit)
                raise _too_large(limit)
            return message

        return await self.app(scope, receive_within_limit, send)


async def _let_pass(message: Message, receive: Receive, most: int) -> None:
    """Reads some of what is left and forgets it: a client that is still sending when the connection goes misses the answer."""
    passed = 0
    while message.get("more_body") and passed <= most:
        message = await receive()
        passed += len(message.get("body", b""))


def _too_large(limit: int) -> HTTPException:
    # what is left of the body is not read to its end, so the connection cannot be used again
    return HTTPException(413, f"the body is larger than {limit} bytes; send less", {"Connection": "close"})

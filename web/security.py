"""What protects the people behind a browser and the process behind the port."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "MAX_BODY", "BodyLimit", "SecurityHeaders"]

MAX_BODY = 256 * 1024

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Every response carries HEADERS, and is revalidated before a cache shows it again unless it says otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        return await self.app(scope, receive, send_with_headers)


class BodyLimit:
    """A request body over `limit` bytes is refused with 413, announced or not."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = Headers(scope=scope).get("content-length", "0")
        taken = 0

        async def receive_within_limit() -> Message:
            nonlocal taken
            if announced.isdecimal() and int(announced) > self.limit:
                raise self._too_large()
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limit:
                raise self._too_large()
            return message

        return await self.app(scope, receive_within_limit, send)

    def _too_large(self) -> HTTPException:
        # the rest of the body is not read, so the connection cannot be used again
        return HTTPException(413, f"the body is larger than {self.limit} bytes; send less", {"Connection": "close"})

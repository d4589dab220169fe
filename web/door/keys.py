"""May this request do what it asks: bearer keys, compared in a time that tells nothing."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from fastapi import Request
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from web.door.metrics import Metrics
from web.problems import Problem, respond

__all__ = ["Keys", "bearer", "is_one_of", "require", "wants_key"]

GUARDED = ("/api", "/v1", "/mcp")  # for programs; the page for people is not among them


class Keys:
    """Where there are keys, a guarded path wants one of them: 401 without."""

    def __init__(self, app: ASGIApp, keys: tuple[str, ...], metrics: Metrics) -> None:
        self.app = app
        self.keys = keys
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.keys or scope["type"] != "http" or not wants_key(scope["path"]):
            return await self.app(scope, receive, send)
        request = Request(scope)
        try:
            require(request, self.keys)
        except Problem as refused:
            self.metrics.auth_failures.labels("wrong" if bearer(request) else "missing").inc()
            return await respond(request, refused, dict(refused.headers or {}))(scope, receive, send)
        return await self.app(scope, receive, send)


def wants_key(path: str) -> bool:
    return any(path == guarded or path.startswith(f"{guarded}/") for guarded in GUARDED)


def bearer(request: HTTPConnection) -> str:
    """The key of `Authorization: Bearer KEY`, empty where there is none."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    # headers are handed on as Latin-1, whatever was sent
    return key.strip().encode("latin-1").decode("utf-8", "replace") if scheme.lower() == "bearer" else ""


def is_one_of(given: str, keys: Iterable[str]) -> bool:
    """Whether `given` is one of the keys; every key is compared, whatever the result."""
    matches = [hmac.compare_digest(given.encode(), key.encode()) for key in keys]
    return any(matches)


def require(request: HTTPConnection, keys: Iterable[str]) -> None:
    """401 unless the request carries one of the keys."""
    if not is_one_of(bearer(request), keys):
        raise Problem(
            401, "the key is missing or wrong; send Authorization: Bearer KEY", headers={"WWW-Authenticate": "Bearer"}
        )

"""What is known of each request afterwards: its id, its line in the log, its place in the metrics, what went wrong."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.door.clients import client_of
from web.door.logs import request_id
from web.door.metrics import Metrics
from web.problems import UNFORESEEN, respond

__all__ = ["HEADER", "Recorded"]

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"

_GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = ("/static", "/healthz", "/readyz", "/metrics")  # asked for all the time: logged at debug
_REFUSALS = frozenset({401, 408, 429, 503})  # what the guards behind this one answer before a route is looked for


class Recorded:
    """Every response carries its request's id; an unforeseen error is logged with its traceback and answered with 500."""

    def __init__(self, app: ASGIApp, metrics: Metrics, keys: tuple[str, ...], randomness: Callable[[int], bytes]) -> None:
        self.app = app
        self.metrics = metrics
        self.keys = keys
        self.randomness = randomness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope)
        number = self._id(request)
        request_id.set(number)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        started = time.perf_counter()
        with self.metrics.in_flight.track_inprogress():
            try:
                await self.app(scope, receive, send_with_id)
            except Exception:
                log.exception("unforeseen")
                if status:
                    raise  # the client has seen a beginning: only a connection that breaks off tells that there is no end
                await respond(request, UNFORESEEN, {})(scope, receive, send_with_id)
            finally:
                self._record(request, status, time.perf_counter() - started)

    def _id(self, request: Request) -> str:
        """What a proxy before us calls the request, where that can stand in a log, else a name of our own."""
        given = request.headers.get(HEADER, "")
        return given if _GOOD_ID.fullmatch(given) else self.randomness(8).hex()

    def _record(self, request: Request, status: int, seconds: float) -> None:
        route = _route(request.scope, status)
        method = request.method if request.method in _METHODS else "other"
        self.metrics.requests.labels(method, route, status).inc()
        self.metrics.request_seconds.labels(route).observe(seconds)
        seen = {
            "method": method,
            "path": request.url.path,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": client_of(request, self.keys).name,
        }
        log.log(logging.DEBUG if route.startswith(_QUIET) else logging.INFO, "request", extra={"seen": seen})


def _route(scope: Scope, status: int) -> str:
    """The template that matched (`/documents/{document_id:path}`), a mount's prefix, or a word of ours: never a client's."""
    template = getattr(scope.get("route"), "path", None)
    if isinstance(template, str):
        return template
    if "endpoint" not in scope:
        return "refused" if status in _REFUSALS else "unmatched"
    return str(scope["root_path"] or ("other" if scope["path_params"] else scope["path"]))

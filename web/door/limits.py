"""How often may one client ask: what costs something is counted, in this process or in Redis."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass
from math import ceil

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerSecond, WindowStats
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter as SharedLimiter
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import MissingExtra
from rag.settings import Rate
from web.door.clients import client_of
from web.door.keys import wants_key
from web.door.metrics import Metrics
from web.problems import Problem, respond

__all__ = ["COSTLY", "Limiter", "RateLimit", "Taken"]

log = logging.getLogger(__name__)

# Slack is not among them: its own signature guards it, and all its questions come from the same addresses
COSTLY = re.compile(
    r"POST (/|/a/.*|/api/ask|/api/answers/.*|/v1/.*|/mcp/?)"  # whatever works out an answer or writes one down
    r"|GET /api/search",
    re.DOTALL,
)

_REDIS_PATIENCE_S = 1.0
_REDIS_AGAIN_S = 10.0  # after it could not be reached: until then nobody waits for it


@dataclass(frozen=True, slots=True)
class Taken:
    """One request of a client, counted unless it is beyond `limit` in `seconds`; in `reset_s` the oldest is forgotten."""

    allowed: bool
    limit: int
    seconds: int
    remaining: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        told = {"RateLimit-Limit": self.limit, "RateLimit-Remaining": self.remaining, "RateLimit-Reset": self.reset_s}
        return {name: str(value) for name, value in told.items()}


class Limiter:
    """At most `rate` a client in any stretch of time; without a store each of `processes` grants its share of it."""

    def __init__(self, rate: Rate, store: str = "", processes: int = 1) -> None:
        self._whole = RateLimitItemPerSecond(rate.requests, rate.seconds, namespace="yanda")
        self._share = RateLimitItemPerSecond(max(1, rate.requests // processes), rate.seconds)
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._store = _redis(store) if store else None
        self._shared = SharedLimiter(self._store) if self._store else None
        self._shared_from = 0.0

    async def take(self, client: str) -> Taken:
        """Counts one request; where Redis is out of reach, this process counts its share itself."""
        if self._shared is not None and time.monotonic() >= self._shared_from:
            try:
                allowed = await self._shared.hit(self._whole, client)
                return _taken(self._whole, allowed, await self._shared.get_window_stats(self._whole, client))
            except StorageError as error:
                self._shared_from = time.monotonic() + _REDIS_AGAIN_S
                log.warning("rate_limit_store cannot be reached (%s); this process counts for itself", error.storage_error)
        # in memory without `await`: the library's own asynchronous store sends each client's entry through a thread
        allowed = self._here.hit(self._share, client)
        return _taken(self._share, allowed, self._here.get_window_stats(self._share, client))

    async def reachable(self) -> bool:
        """Whether the store answers; true where there is none."""
        return self._store is None or await self._store.check()

    async def close(self) -> None:
        """Nothing can be taken afterwards."""
        if self._store is not None:
            assert isinstance(self._store.bridge, RedispyBridge)
            await self._store.bridge.storage.aclose()


class RateLimit:
    """429 with `Retry-After` for a client that asks too often, or tries too many keys."""

    def __init__(self, app: ASGIApp, limiter: Limiter, keys: tuple[str, ...], metrics: Metrics) -> None:
        self.app = app
        self.limiter = limiter
        self.keys = keys
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._for_life(scope, receive, send)
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request = Request(scope)
        client = client_of(request, self.keys)
        guessing = bool(self.keys) and client.by != "key" and wants_key(scope["path"])
        if not guessing and not COSTLY.fullmatch(f"{scope['method']} {scope['path']}"):
            return await self.app(scope, receive, send)
        taken = await self.limiter.take(client.name)
        if not taken.allowed:
            self.metrics.rate_limited.labels(client.by).inc()
            return await respond(request, _too_often(taken), {"Retry-After": str(taken.reset_s)} | taken.headers)(
                scope, receive, send
            )

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(taken.headers)
            await send(message)

        return await self.app(scope, receive, send_with_headers)

    async def _for_life(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            await self.limiter.close()


def _taken(item: RateLimitItem, allowed: bool, stats: WindowStats) -> Taken:
    reset_s = max(1, ceil(stats.reset_time - time.time()))
    return Taken(allowed, item.amount, item.get_expiry(), max(0, stats.remaining), reset_s)


def _too_often(taken: Taken) -> Problem:
    return Problem(429, f"more than {taken.limit} requests in {taken.seconds} seconds; ask again in {taken.reset_s} seconds")


def _redis(address: str) -> RedisStorage:
    try:
        storage = storage_from_string(
            f"async+{address}",
            implementation="redispy",
            wrap_exceptions=True,
            socket_timeout=_REDIS_PATIENCE_S,
            socket_connect_timeout=_REDIS_PATIENCE_S,
        )
    except ConfigurationError as error:
        raise MissingExtra("rate_limit_store wants the extra `redis`; install it: pip install 'yanda[redis]'") from error
    assert isinstance(storage, RedisStorage)
    return storage

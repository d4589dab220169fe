"""What stands between the network and the channels: one guard a module, put together here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from rag.settings import Settings
from web.door.bodies import BodyLimit
from web.door.headers import SecurityHeaders
from web.door.keys import Keys
from web.door.limits import Limiter, RateLimit
from web.door.metrics import Metrics
from web.door.recorded import HEADER, Recorded
from web.door.times import TimeLimit

__all__ = ["guards"]

# what a page of another origin may read of a response
EXPOSED = (HEADER, "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def guards(
    settings: Settings,
    metrics: Metrics,
    larger: Mapping[str, int],
    *,
    processes: int,
    randomness: Callable[[int], bytes],
) -> list[Middleware]:
    """What every request passes, from first to last; `larger` bodies by path; `processes` share one rate limit."""
    # without API keys everybody may ask; with them, the admin key opens what an API key opens
    keys = (*settings.api_keys, *filter(None, [settings.admin_key])) if settings.api_keys else ()
    limiter = Limiter(settings.rate_limit, settings.rate_limit_store, processes)
    return [
        Middleware(SecurityHeaders),
        *_cors(settings.cors_origins),
        *_proxies(settings.trusted_proxies),
        Middleware(Recorded, metrics, keys, randomness),
        Middleware(TimeLimit, settings.request_timeout_s),
        Middleware(RateLimit, limiter, keys, metrics),
        Middleware(Keys, keys, metrics),
        Middleware(BodyLimit, larger=larger),
    ]


def _cors(origins: tuple[str, ...]) -> list[Middleware]:
    """Other origins may call from a browser, with a key but without cookies."""
    allowed = Middleware(
        CORSMiddleware, allow_origins=origins, allow_methods=["*"], allow_headers=["*"], expose_headers=EXPOSED
    )
    return [allowed] if origins else []


def _proxies(trusted: tuple[str, ...]) -> list[Middleware]:
    """Whoever comes through one of these is who it says they are; nobody else is believed."""
    return [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(trusted))] if trusted else []

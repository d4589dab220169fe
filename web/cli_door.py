"""Is the door set up well: keys that cannot be guessed, a limit that can be counted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from index.errors import MissingExtra
from rag.settings import Settings
from web.cli_tables import Finding
from web.door.clients import mark_of
from web.door.limits import Limiter

__all__ = ["findings"]

_LONG_ENOUGH = 16  # characters; fewer can be tried one after another
_MEND = """make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"""


def findings(settings: Settings) -> Iterator[Finding]:
    """One for the keys, one for the limit; Redis is asked whether it is there."""
    yield _keys(settings)
    yield _limit(settings)


def _keys(settings: Settings) -> Finding:
    named = {"admin_key": settings.admin_key} if settings.admin_key else {}
    named |= {f"api_keys {mark_of(key)}": key for key in settings.api_keys}
    short = [name for name, key in named.items() if len(key) < _LONG_ENOUGH]
    if short:
        return Finding("keys", False, f"shorter than {_LONG_ENOUGH} characters and to be guessed: {', '.join(short)}; {_MEND}")
    marks = ", ".join(f"key:{mark_of(key)}" for key in settings.api_keys)
    asked = f"/api, /v1 and /mcp want one of {marks}" if marks else "none: whoever reaches the port may use /api, /v1 and /mcp"
    return Finding(
        "keys", True, f"{asked}; the library is changed over HTTP {'with admin_key' if settings.admin_key else 'by nobody'}"
    )


def _limit(settings: Settings) -> Finding:
    rate = f"{settings.rate_limit} a client"
    if not settings.rate_limit_store:
        return Finding("limit", True, f"{rate}, counted in this process; each of several workers grants its share")
    try:
        there = asyncio.run(_reachable(Limiter(settings.rate_limit, settings.rate_limit_store)))
    except MissingExtra as error:
        return Finding("limit", False, str(error))
    if not there:
        mend = "start it, or unset rate_limit_store; until then each process counts its share"
        return Finding("limit", False, f"Redis does not answer at {settings.shown()['rate_limit_store']}; {mend}")
    return Finding("limit", True, f"{rate}, counted in Redis at {settings.shown()['rate_limit_store']}")


async def _reachable(limiter: Limiter) -> bool:
    try:
        return await limiter.reachable()
    finally:
        await limiter.close()

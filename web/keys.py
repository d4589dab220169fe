"""May this request do what it asks: bearer keys, compared in a time that tells nothing."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from fastapi import Request

from web.problems import Problem

__all__ = ["bearer", "is_one_of", "require"]


def bearer(request: Request) -> str:
    """The key of `Authorization: Bearer KEY`, empty where there is none."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def is_one_of(given: str, keys: Iterable[str]) -> bool:
    """Whether `given` is one of the keys; every key is compared, whatever the result."""
    matches = [hmac.compare_digest(given.encode(), key.encode()) for key in keys]
    return any(matches)


def require(request: Request, keys: Iterable[str]) -> None:
    """401 unless the request carries one of the keys."""
    if not is_one_of(bearer(request), keys):
        raise Problem(
            401, "the key is missing or wrong; send Authorization: Bearer KEY", headers={"WWW-Authenticate": "Bearer"}
        )

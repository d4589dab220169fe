"""Who is asking: the mark of a key, or else an address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.requests import HTTPConnection

from web.door.keys import bearer, is_one_of

__all__ = ["Client", "client_of", "mark_of"]

_NETWORK_BITS = 64  # an IPv6 subscriber is given a network of this size and may use every address in it


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody by `key` or by `address`; `name` is `key:1a2b3c4d`, or the address, an IPv6 address as its /64 network."""

    by: str
    name: str


def client_of(request: HTTPConnection, keys: Iterable[str]) -> Client:
    """Known by its key where that is one of `keys`, else by where it comes from."""
    given = bearer(request)
    if given and is_one_of(given, keys):
        return Client("key", f"key:{mark_of(given)}")
    return Client("address", _network(request.client.host if request.client else ""))


def mark_of(key: str) -> str:
    """Eight characters that tell one key from another in a log and give none away."""
    return hashlib.sha256(b"yanda key " + key.encode()).hexdigest()[:8]


def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host or "unknown"
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> _NETWORK_BITS << _NETWORK_BITS)}/{_NETWORK_BITS}"

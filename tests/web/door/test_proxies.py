"""Who is believed about where a request comes from."""

from __future__ import annotations

from typing import Any

import pytest

from rag.settings import Rate
from web.door.clients import client_of, mark_of

ASK = {"question": "药师"}
pytestmark = pytest.mark.anyio


async def sent(client: Any, **headers: str) -> int:
    response = await client.post(
        "/api/ask", json=ASK, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return int(response.status_code)


async def test_nobody_is_believed_by_default(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built(rate_limit=Rate(1, 60)), "127.0.0.1") as client:
        assert await sent(client, x_forwarded_for="203.0.113.1") == 200
        assert await sent(client, x_forwarded_for="203.0.113.2") == 429
    assert {event["client"] for event in logged.events if event["message"] == "request"} == {"127.0.0.1"}


@pytest.mark.parametrize("trusted", [("10.1.2.3",), ("10.0.0.0/8",), ("2001:db8::/32", "10.1.2.3")])
async def test_a_trusted_proxy_is_believed_about_its_clients(
    built: Any, coming: Any, logged: Any, trusted: tuple[str, ...]
) -> None:
    app = built(rate_limit=Rate(1, 60), trusted_proxies=trusted)
    async with coming(app, "10.1.2.3") as client:
        assert await sent(client, x_forwarded_for="203.0.113.1") == 200
        assert await sent(client, x_forwarded_for="203.0.113.2") == 200
        # what the client itself wrote before the proxy's word is not believed
        assert await sent(client, x_forwarded_for="198.51.100.9, 203.0.113.2") == 429
        assert await sent(client) == 200
    async with coming(app, "192.0.2.1") as client:
        assert await sent(client, x_forwarded_for="203.0.113.3") == 200
        assert await sent(client, x_forwarded_for="203.0.113.4") == 429
    clients = [event["client"] for event in logged.events if event["message"] == "request"]
    assert clients == ["203.0.113.1", "203.0.113.2", "203.0.113.2", "10.1.2.3", "192.0.2.1", "192.0.2.1"]


async def test_links_are_as_secure_as_the_proxy_says(built: Any, coming: Any) -> None:
    for trusted, scheme in (((), "http"), (("192.0.2.7",), "https")):
        async with coming(built(trusted_proxies=trusted)) as client:
            page = await client.post("/", data={"question": "药师"}, headers={"X-Forwarded-Proto": "https"})
        assert f"{scheme}://yanda.test/" in page.text


class Came:
    """A connection from an address, with headers."""

    def __init__(self, host: str | None, **headers: str) -> None:
        self.client = None if host is None else type("Address", (), {"host": host})
        self.headers = headers


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
async def test_a_client_without_a_key_is_its_address_or_its_network(host: str | None, name: str) -> None:
    assert client_of(Came(host), ("key",)).name == name  # type: ignore[arg-type]


async def test_a_client_with_a_key_is_a_mark_that_gives_nothing_away() -> None:
    came = Came("203.0.113.9", authorization="Bearer first-key")
    assert client_of(came, ("first-key",)).name == f"key:{mark_of('first-key')}"  # type: ignore[arg-type]
    assert client_of(came, ("other-key",)).name == "203.0.113.9"  # type: ignore[arg-type]
    assert mark_of("first-key") != mark_of("second-key")
    assert "first" not in mark_of("first-key")

"""Does `yanda check` say what is wrong with the door, and how to mend it, without giving a key away?"""

from __future__ import annotations

import socket
from typing import Any

import pytest

from rag.settings import Settings
from web.cli_door import findings
from web.door.clients import mark_of

KEY = "first-key-0123456789"


def found(**settings: Any) -> dict[str, tuple[bool, str]]:
    return {finding.subject: (finding.well, finding.text) for finding in findings(Settings(**settings))}


@pytest.mark.parametrize(
    ("settings", "well", "parts"),
    [
        ({}, True, ["none: whoever reaches the port", "by nobody"]),
        ({"api_keys": (KEY,), "admin_key": KEY[::-1]}, True, [f"want one of key:{mark_of(KEY)}", "with admin_key"]),
        ({"api_keys": (KEY, "short")}, False, [f"api_keys {mark_of('short')};", "token_urlsafe(32)"]),
        ({"admin_key": "short"}, False, ["to be guessed: admin_key;"]),
    ],
)
def test_keys_that_can_be_guessed_are_wrong_and_none_is_shown(settings: Any, well: bool, parts: list[str]) -> None:
    finding = found(**settings)["keys"]
    assert finding[0] is well
    assert [part for part in parts if part not in finding[1]] == []
    assert KEY not in finding[1]
    assert "short" not in finding[1].replace("shorter", "")


def test_a_limit_that_is_counted_here_needs_nothing() -> None:
    assert found()["limit"] == (True, "60/minute a client, counted in this process; each of several workers grants its share")


def test_a_redis_that_is_not_there_is_wrong_and_its_password_hidden() -> None:
    pytest.importorskip("redis", reason="the client is not installed; pip install 'yanda[redis]' brings it")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    well, said = found(rate_limit_store=f"redis://lin:紫藤@127.0.0.1:{port}/0")["limit"]
    assert not well
    assert f"Redis does not answer at redis://hidden@127.0.0.1:{port}/0; start it, or unset rate_limit_store" in said

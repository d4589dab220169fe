"""Who gets in: every route with, without and with a wrong key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

KEYS = ("first-key-0123456789", "紫藤-key-0123456789")
ADMIN = "admin-key-0123456789"

ASK = {"question": "药师"}

# method, path, body, and what a request with a key gets; None: whatever it says, it is let through
GUARDED: tuple[tuple[str, str, Any, int | None], ...] = (
    ("POST", "/api/ask", ASK, 200),
    ("GET", "/api/search?q=药师", None, 200),
    ("GET", "/api/documents", None, 200),
    ("GET", "/api/documents/qinghe-2031", None, 200),
    ("POST", "/api/answers/none/feedback", {"helpful": True}, 404),
    ("GET", "/api", None, 404),
    ("GET", "/api/nothing/there", None, 404),
    ("GET", "/%61pi/documents", None, 200),
    ("GET", "/v1/models", None, 200),
    ("POST", "/v1/chat/completions", {"model": "yanda", "messages": [{"role": "user", "content": "药师"}]}, 200),
    ("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "ping"}, None),
)


def _problem(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == 401
    return str(response.json()["detail"])


def _openai_error(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/json"
    assert response.json()["error"]["code"] == "invalid_api_key"
    return str(response.json()["error"]["message"])


# how programs on a path expect to be told what is wrong, by its beginning
SHAPES: dict[str, Callable[[httpx.Response], str]] = {"/v1/": _openai_error, "/": _problem}
OPEN = (
    ("GET", "/"),
    ("GET", "/documents"),
    ("GET", "/documents/qinghe-2031"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/static/base.css"),
)

pytestmark = pytest.mark.anyio


def bearing(key: str, scheme: str = "Bearer") -> dict[str, bytes]:
    return {"Authorization": f"{scheme} {key}".encode()}


@pytest.mark.parametrize(("method", "path", "body", "status"), GUARDED, ids=[f"{m} {p}" for m, p, *_ in GUARDED])
async def test_a_guarded_route_opens_for_each_key_and_for_nothing_else(
    built: Any, coming: Any, method: str, path: str, body: Any, status: int | None
) -> None:
    async with coming(built(api_keys=KEYS, admin_key=ADMIN)) as client:
        alike = (bearing(KEYS[0][:-1]), bearing(KEYS[0] + "x"), bearing(KEYS[0], "Basic"), {"Authorization": KEYS[0]})
        for wrong in ({}, bearing("wrong"), bearing(""), bearing("钥匙"), {"Authorization": b"Bearer \xff"}, *alike):
            refused = await client.request(method, path, json=body, headers=wrong)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"
            told = next(told for beginning, told in SHAPES.items() if path.startswith(beginning))
            assert "Authorization: Bearer KEY" in told(refused)
            assert KEYS[0] not in refused.text
        for key in (*KEYS, ADMIN):
            given = await client.request(method, path, json=body, headers=bearing(key))
            assert given.status_code == status if status else given.status_code != 401


@pytest.mark.parametrize("key", ["", "wrong"])
@pytest.mark.parametrize(("method", "path"), OPEN)
async def test_what_people_and_machines_look_at_is_open(built: Any, coming: Any, method: str, path: str, key: str) -> None:
    async with coming(built(api_keys=KEYS)) as client:
        assert (await client.request(method, path, headers=bearing(key))).status_code == 200


async def test_without_keys_nobody_is_asked_and_a_needless_one_does_no_harm(built: Any, coming: Any) -> None:
    async with coming(built(admin_key=ADMIN)) as client:
        for headers in ({}, bearing("whatever")):
            assert (await client.post("/api/ask", json=ASK, headers=headers)).status_code == 200


async def test_the_page_works_to_the_end_where_keys_are_set(built: Any, coming: Any) -> None:
    app = built(api_keys=KEYS)
    async with coming(app) as client:
        page = await client.post("/", data={"question": "药师"})
        assert page.status_code == 200
        answer_id = page.text.split('data-answer="')[1].split('"')[0]
        assert (await client.get(f"/a/{answer_id}")).status_code == 200
        rated = await client.post(f"/a/{answer_id}/feedback", json={"helpful": False, "reason": "旧"})
        assert rated.status_code == 204
        assert app.state.desk.saved.ratings(answer_id) == ((False, "旧"),)
        # a form of another site cannot send this: it is no JSON, and JSON from elsewhere needs a leave it does not get
        assert (await client.post(f"/a/{answer_id}/feedback", data={"helpful": "true"})).status_code == 415


async def test_a_path_that_only_begins_alike_is_not_guarded(built: Any, coming: Any) -> None:
    async with coming(built(api_keys=KEYS)) as client:
        assert (await client.get("/apis")).status_code == 404
        assert (await client.get("/v10/models")).status_code == 404


async def test_preflights_from_elsewhere_get_no_leave_by_default(built: Any, coming: Any) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    async with coming(built()) as client:
        answers: list[httpx.Response] = [await client.options("/api/ask", headers=asked)]
        answers.append(await client.post("/api/ask", json=ASK, headers={"Origin": asked["Origin"]}))
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control")]


async def test_a_named_origin_may_call_with_a_key_and_see_its_errors(built: Any, coming: Any) -> None:
    home = "https://intranet.example"
    asked = {"Origin": home, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    async with coming(built(api_keys=KEYS, cors_origins=(home,))) as client:
        leave = await client.options("/api/ask", headers=asked)
        assert (leave.status_code, leave.headers["access-control-allow-origin"]) == (200, home)
        assert "authorization" in leave.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in leave.headers
        for headers, status in (({}, 401), (bearing(KEYS[0]), 200)):
            called = await client.post("/api/ask", json=ASK, headers={**headers, "Origin": home})
            assert (called.status_code, called.headers["access-control-allow-origin"]) == (status, home)
            assert "Retry-After" in called.headers["access-control-expose-headers"]
        other = await client.options("/api/ask", headers=asked | {"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in other.headers

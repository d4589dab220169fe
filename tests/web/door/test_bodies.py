"""Too large: 413, announced or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from web.door.bodies import MAX_BODY

pytestmark = pytest.mark.anyio


async def pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b" " * 1024


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_the_limit_is_refused_announced_or_not(built: Any, coming: Any, announced: bool) -> None:
    content = b" " * (MAX_BODY + 1024) if announced else pieces(MAX_BODY + 1024)
    async with coming(built()) as client:
        response = await client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
        assert response.status_code == 413
        assert response.headers["content-type"] == "application/problem+json"
        assert str(MAX_BODY) in response.json()["detail"]


async def test_a_channel_may_take_more_on_a_path_of_its_own(built: Any, coming: Any) -> None:
    app = built()
    app.state.body_limits["/api/ask"] = 2 * MAX_BODY
    headers = {"Content-Type": "application/json"}
    async with coming(app) as client:
        for path, size, status in (
            ("/api/ask", 2 * MAX_BODY, 400),
            ("/api/ask", 2 * MAX_BODY + 1, 413),
            ("/api/answers/x/feedback", MAX_BODY + 1, 413),
        ):
            assert (await client.post(path, content=b"x" * size, headers=headers)).status_code == status

"""Does /metrics tell, in Prometheus' own reading, what happened, and does no client make it grow?"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from rag.settings import Rate
from rag.types import Answer, Ask
from web.door.metrics import Held, Metrics

DOCS = Path(__file__).parents[3] / "docs"
KEY = "first-key-0123456789"


def read(text: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and its labels' values in the order of their names."""
    found: dict[tuple[str, ...], float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            name = (sample.name, *(value for _, value in sorted(sample.labels.items())))
            assert name not in found, "told twice"
            found[name] = sample.value
    return found


async def told(client: Any) -> dict[tuple[str, ...], float]:
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    return read(response.text)


@pytest.mark.anyio
async def test_questions_are_counted_by_channel_and_outcome(built: Any, coming: Any) -> None:
    async with coming(built()) as client:
        streamed = {"Accept": "text/event-stream"}
        for question, headers in (("药师", {}), ("问卷", streamed), ("火星", {}), ("崩", {}), ("崩", streamed)):
            await client.post("/api/ask", json={"question": question}, headers=headers)
        await client.post("/", data={"question": "药师"})
        await client.post("/", data={"question": "火星"}, headers=streamed)
        await client.post("/api/ask", json={"question": ""})
        counted = await told(client)
    questions = {name[1:]: value for name, value in counted.items() if name[0] == "yanda_questions_total"}
    assert questions == {
        ("api", "answered"): 2,
        ("api", "refused"): 1,
        ("api", "error"): 2,
        ("page", "answered"): 1,
        ("page", "refused"): 1,
    }
    assert counted["yanda_answers_total", "quote"] == 3
    assert counted["yanda_llm_fallbacks_total",] == 0
    assert counted["yanda_answer_seconds_count", "total"] == 5
    assert counted["yanda_answer_seconds_sum", "total"] == pytest.approx(5 * 0.0312)
    assert counted["yanda_answer_seconds_bucket", "0.05", "total"] == 5
    assert counted["yanda_answer_seconds_bucket", "0.025", "total"] == 0


def test_a_question_whose_asker_left_is_abandoned(bot: Any, built: Any, serve: Any) -> None:
    with serve(built()) as address, httpx.Client(base_url=address) as client:
        slow = {"json": {"question": "慢 药师"}, "headers": {"Accept": "text/event-stream"}}
        with client.stream("POST", "/api/ask", **slow) as response:
            next(line for line in response.iter_lines() if line == "event: delta")
        bot.gate.set()
        assert bot.closed.wait(5)
        for _ in range(100):
            counted = read(client.get("/metrics").text)
            if ("yanda_questions_total", "api", "abandoned") in counted:
                break
        assert counted["yanda_questions_total", "api", "abandoned"] == 1
        # whoever asks for the figures is in flight
        assert counted["yanda_http_in_flight",] == 1


@pytest.mark.anyio
async def test_requests_are_counted_by_template_and_no_client_makes_a_label(built: Any, coming: Any) -> None:
    async with coming(built()) as client:
        for number in range(30):
            await client.get(f"/documents/made-up-{number}")
            await client.get(f"/nowhere/{number}")
            await client.get(f"/static/{number}.css")
            await client.get(f"/a/{number}", headers={"X-Request-ID": f"made-up-{number}"})
            await client.request(f"MADE{number}", "/")
        await client.get("/openapi.json")
        counted = await told(client)
    requests = {name[1:]: value for name, value in counted.items() if name[0] == "yanda_http_requests_total"}
    assert requests == {
        ("GET", "/documents/{document_id:path}", "404"): 30,
        ("GET", "unmatched", "404"): 30,
        ("GET", "/static", "404"): 30,
        ("GET", "/a/{answer_id}", "404"): 30,
        ("other", "/", "405"): 30,
        ("GET", "/openapi.json", "200"): 1,
    }
    assert not [name for name in counted if any("made" in part.lower() for part in name)]
    assert counted["yanda_http_request_seconds_count", "/a/{answer_id}"] == 30


@pytest.mark.anyio
async def test_what_the_door_refuses_is_counted_with_the_reason(built: Any, coming: Any) -> None:
    async with coming(built(api_keys=(KEY,), rate_limit=Rate(3, 60))) as client:
        for key in ("", "wrong", "wrong", "wrong"):
            await client.get("/api/documents", headers={"Authorization": f"Bearer {key}"} if key else {})
        for _ in range(5):
            await client.get("/api/search?q=药师", headers={"Authorization": f"Bearer {KEY}"})
        counted = await told(client)
    assert counted["yanda_auth_failures_total", "missing"] == 1
    assert counted["yanda_auth_failures_total", "wrong"] == 2
    assert counted["yanda_rate_limited_total", "address"] == 1
    assert counted["yanda_rate_limited_total", "key"] == 2


@pytest.mark.anyio
async def test_the_library_that_answers_is_told(built: Any, bot: Any, coming: Any) -> None:
    app = built()
    async with coming(app) as client:
        counted = await told(client)
        assert counted["yanda_ready",] == 1
        assert (counted["yanda_index_documents",], counted["yanda_index_passages",]) == (2, 0)
        assert counted["yanda_index_info", "f00dfeed"] == 1
        bot.library.fingerprint = "another"
        counted = await told(client)
        assert [name for name in counted if name[0] == "yanda_index_info"] == [("yanda_index_info", "another")]
        app.state.desk._loading = None
        counted = await told(client)
        assert counted["yanda_ready",] == 0
        assert ("yanda_index_documents",) not in counted


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("settings", "composer", "fallbacks"),
    [
        ({}, "quote", 0),
        ({"llm_base_url": "http://127.0.0.1:9/v1"}, "quote", 1),
        ({"llm_base_url": "http://127.0.0.1:9/v1"}, "llm", 0),
        ({"llm_base_url": "http://127.0.0.1:9/v1", "composer": "quote"}, "quote", 0),
    ],
)
async def test_an_answer_quoted_although_an_llm_is_set_up_is_a_fallback(
    built: Any, coming: Any, settings: dict[str, str], composer: str, fallbacks: int
) -> None:
    app = built(**settings)
    with app.state.desk._tally.of(Ask("药师"), "api") as given:
        given(Answer("药师", "药师", True, "26万", composer=composer))
    async with coming(app) as client:
        counted = await told(client)
    assert counted["yanda_llm_fallbacks_total",] == fallbacks
    assert counted["yanda_answers_total", composer] == 1


@pytest.mark.parametrize("page", ["operations.md", "operations.zh-CN.md"])
def test_the_page_on_operations_lists_every_metric(page: str) -> None:
    families = text_string_to_metric_families(Metrics().text(Held(1, 1, "f00dfeed")).decode())
    given = {family.name + ("_total" if family.type == "counter" else "") for family in families}
    rows = [line.split("|")[1] for line in (DOCS / page).read_text("utf-8").splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`(yanda_\w+)`", row)}
    assert listed == {name for name in given if name.startswith("yanda_")}


@pytest.mark.anyio
async def test_a_question_that_fails_in_any_channel_is_an_error(built: Any, coming: Any) -> None:
    app = built()
    with contextlib.suppress(ValueError), app.state.desk._tally.of(Ask("药师"), "slack"):
        raise ValueError
    async with coming(app) as client:
        assert (await told(client))["yanda_questions_total", "slack", "error"] == 1

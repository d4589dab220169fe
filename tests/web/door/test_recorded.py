"""What is known of a request afterwards: its id, its line, and of a failure the traceback, in the log and nowhere else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

KEYS = ("first-key-0123456789", "second-key-0123456789")
SECRET = "紫藤二十六万"  # a question that must not be written down

pytestmark = pytest.mark.anyio


def requests(logged: Any) -> list[dict[str, Any]]:
    return [event for event in logged.events if event["message"] == "request"]


async def test_every_response_carries_an_id_of_its_own(built: Any, coming: Any) -> None:
    async with coming(built(api_keys=KEYS)) as client:
        answers = [await client.get(path) for path in ("/", "/api/documents", "/nowhere", "/healthz", "/static/base.css")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize("given", ["0af7651916cd43dd", "a.b_c-D", "x" * 64])
async def test_an_id_that_was_given_is_kept(built: Any, coming: Any, logged: Any, given: str) -> None:
    async with coming(built()) as client:
        assert (await client.get("/", headers={"X-Request-ID": given})).headers["x-request-id"] == given
    assert requests(logged)[0]["request_id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, 'a","level":"error', "a b", "编号".encode(), b"a\x0bb"])
async def test_an_id_that_could_upset_a_log_is_not_kept(built: Any, coming: Any, logged: Any, given: str | bytes) -> None:
    async with coming(built()) as client:
        answered = await client.get("/", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answered.headers["x-request-id"])
    assert requests(logged)[0]["request_id"] == answered.headers["x-request-id"]


async def test_a_line_tells_the_route_the_outcome_and_who_asked(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built(api_keys=KEYS)) as client:
        await client.get("/documents/qinghe-2031?c=1-2")
        await client.get("/api/documents/qinghe-2031", headers={"Authorization": f"Bearer {KEYS[0]}"})
        await client.get("/api/documents")
        await client.get(f"/{SECRET}")
    seen = [(one["method"], one["path"], one["route"], one["status"]) for one in requests(logged)]
    assert seen == [
        ("GET", "/documents/qinghe-2031", "/documents/{document_id:path}", 200),
        ("GET", "/api/documents/qinghe-2031", "/api/documents/{document_id:path}", 200),
        ("GET", "/api/documents", "refused", 401),
        ("GET", f"/{SECRET}", "unmatched", 404),
    ]
    clients = [one["client"] for one in requests(logged)]
    assert re.fullmatch(r"key:[0-9a-f]{8}", clients.pop(1))
    assert set(clients) == {"192.0.2.7"}
    assert all(one["ms"] > 0 for one in requests(logged))
    assert not [line for line in logged.lines for key in KEYS if key in line]


async def test_what_is_asked_for_all_the_time_is_only_for_debugging(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built()) as client:
        for path in ("/healthz", "/readyz", "/metrics", "/static/base.css"):
            await client.get(path)
    assert {event["level"] for event in logged.events} == {"debug"}


async def ask_everywhere(client: Any) -> None:
    body = {"question": SECRET, "history": [{"role": "user", "content": SECRET}]}
    await client.post("/api/ask", json=body)
    await client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
    await client.post("/", data={"question": SECRET})
    await client.get("/", params={"q": SECRET})
    await client.get("/api/search", params={"q": SECRET})
    await client.post("/api/ask", json={"question": SECRET, "k": SECRET, "documents": [SECRET]})
    await client.post("/api/ask", content=SECRET, headers={"Content-Type": "application/json"})


async def test_the_words_of_a_question_are_in_no_line(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built()) as client:
        await ask_everywhere(client)
    assert len([event for event in logged.events if event["message"] == "question"]) == 3
    assert not [line for line in logged.lines if SECRET in line or json.dumps(SECRET)[1:-1] in line]


async def test_the_words_are_there_where_they_are_asked_for(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built(log_questions=True)) as client:
        await ask_everywhere(client)
    asked = [event for event in logged.events if event["message"] == "question"]
    assert {event["question"] for event in asked} == {SECRET}
    assert [(event["channel"], event["outcome"]) for event in asked] == [
        ("api", "refused"),
        ("api", "refused"),
        ("page", "refused"),
    ]


async def test_a_question_and_its_request_can_be_told_to_belong_together(built: Any, coming: Any, logged: Any) -> None:
    async with coming(built()) as client:
        answered = await client.post("/api/ask", json={"question": "药师"})
    assert {event["request_id"] for event in logged.events} == {answered.headers["x-request-id"]}
    assert [event["message"] for event in logged.events] == ["question", "request"]


async def test_an_unforeseen_error_is_a_500_without_and_a_log_line_with_its_reason(
    built: Any, coming: Any, logged: Any
) -> None:
    async with coming(built()) as client:
        failed = await client.post("/api/ask", json={"question": "崩"})
    assert (failed.status_code, failed.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in failed.text
    assert failed.headers["x-content-type-options"] == "nosniff"
    [told] = [event for event in logged.events if "traceback" in event]
    assert told["level"] == "error"
    assert told["request_id"] == failed.headers["x-request-id"]
    assert told["traceback"].endswith("RuntimeError: a secret that is for the log")
    assert [event["outcome"] for event in logged.events if event["message"] == "question"] == ["error"]
    assert requests(logged)[-1]["status"] == 500


async def test_a_page_that_breaks_says_so_as_a_page(built: Any, coming: Any) -> None:
    async with coming(built()) as client:
        failed = await client.post("/", data={"question": "崩"}, headers={"Accept": "text/html"})
    assert (failed.status_code, failed.headers["content-type"].split(";")[0]) == (500, "text/html")
    assert "secret" not in failed.text

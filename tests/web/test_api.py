"""Questions, searches and documents as JSON, as the contract promises them."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

KEYS = {
    "id", "question", "standalone_question", "answered", "answer", "citations", "figures", "conflicts", "chart", "nearest",
    "suggestions", "composer", "notes", "struck", "index", "timings_ms",
}  # fmt: skip
CITATION_KEYS = {
    "n", "document", "title", "publisher", "date", "source", "section", "passage", "quote", "start", "end", "url",
}  # fmt: skip


async def ask(client: httpx.AsyncClient, question: str, **more: Any) -> httpx.Response:
    return await client.post("/api/ask", json={"question": question, **more})


async def events(client: httpx.AsyncClient, question: str) -> list[tuple[str, Any]]:
    headers = {"Accept": "text/event-stream"}
    response = await client.post("/api/ask", json={"question": question}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = [event.split("\n") for event in response.text.split("\n\n") if event]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in lines]


async def test_an_answer_has_exactly_the_promised_members(client: httpx.AsyncClient) -> None:
    answer = (await ask(client, "有多少药师？")).json()
    assert set(answer) == KEYS
    assert set(answer["citations"][0]) == CITATION_KEYS
    assert answer["figures"][0] == {"text": "26万名", "value": 260000, "unit": "名", "n": 1}
    assert isinstance(answer["figures"][0]["value"], int)
    assert answer["struck"] == []
    assert answer["chart"] is None


@pytest.mark.parametrize("question", ["药师", "变化", "分歧", "来稿", "问卷"])
async def test_every_quote_is_the_text_of_its_document_at_its_offsets(client: httpx.AsyncClient, question: str) -> None:
    answer = (await ask(client, question)).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        text = (await client.get(f"/api/documents/{citation['document']}")).json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["quote"] in citation["passage"] or citation["passage"] in text
        assert citation["url"] == f"/documents/{citation['document']}#c{citation['start']}-{citation['end']}"


async def test_a_refusal_cites_nothing_and_shows_what_is_nearest(client: httpx.AsyncClient) -> None:
    answer = (await ask(client, "火星上有天气吗？")).json()
    assert answer["answered"] is False
    assert answer["citations"] == []
    assert 0 < len(answer["nearest"]) <= 3


async def test_history_and_documents_reach_the_bot(client: httpx.AsyncClient, bot: Any) -> None:
    history = [{"role": "user", "content": "有多少药师？"}, {"role": "assistant", "content": "26万名。[1]"}]
    answer = (await ask(client, " 那前一年呢？ ", history=history, documents=["qinghe-2031"])).json()
    assert answer["question"] == "那前一年呢？"
    assert answer["standalone_question"] == "2030年底青禾平台的注册药师有多少？"
    assert [turn.role for turn in bot.asked[0].history] == ["user", "assistant"]
    assert bot.asked[0].documents == ("qinghe-2031",)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": " 　\n"}, "question"),
        ({"question": "\u0000\u0007\u200b\u202e"}, "question"),
        ({"question": "问" * 2001}, "question"),
        ({"question": 7}, "question"),
        ({"question": "问", "history": [{"role": "system", "content": "x"}]}, "history.0.role"),
        ({"question": "问", "history": [{"role": "user"}]}, "history.0.content"),
        ({"question": "问", "history": "x"}, "history"),
        ({"question": "问", "documents": ["qinghe-2031", "nowhere"]}, "documents.1"),
        ({"question": "问", "questoin": "问"}, "questoin"),
        ([], "body"),
    ],
)
async def test_bad_input_is_a_422_that_names_the_field(client: httpx.AsyncClient, body: Any, field: str) -> None:
    response = await client.post("/api/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 422
    assert problem["errors"][0]["field"] == field
    assert field in problem["detail"]


async def test_an_unknown_document_is_named(client: httpx.AsyncClient) -> None:
    assert "'nowhere'" in (await ask(client, "问", documents=["nowhere"])).json()["detail"]


async def test_2000_characters_after_trimming_are_taken(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "  " + "问" * 2000 + "\n")).status_code == 200


async def test_a_lone_surrogate_is_bad_input(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.post("/api/ask", content=b'{"question": "\\ud800"}', headers=headers)
    assert response.status_code == 422


async def test_a_body_that_is_no_json_is_a_400(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/ask", content=b'{"question": ', headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_content_type_is_a_415(client: httpx.AsyncClient, kind: str) -> None:
    response = await client.post("/api/ask", content=b'{"question": "a"}', headers={"Content-Type": kind} if kind else {})
    assert (response.status_code, response.headers["content-type"]) == (415, "application/problem+json")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_too_large_is_a_413(client: httpx.AsyncClient, announced: bool) -> None:
    async def pieces() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    content = b" " * 400_000 if announced else pieces()
    response = await client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


async def test_an_unforeseen_error_tells_nothing_of_itself(client: httpx.AsyncClient) -> None:
    response = await ask(client, "崩")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_stream_tells_stages_passages_words_and_ends_with_the_answer(client: httpx.AsyncClient) -> None:
    sent = await events(client, "有多少药师？")
    names = [name for name, _ in sent]
    assert names[0] == "stage"
    assert names.index("passages") < names.index("delta")
    assert names[-1] == "answer"
    answer = sent[-1][1]
    assert "".join(said["text"] for name, said in sent if name == "delta") == answer["answer"]
    assert dict(sent)["passages"]["citations"] == answer["citations"]
    assert set(answer) == KEYS


async def test_an_error_in_a_stream_is_its_last_event(client: httpx.AsyncClient) -> None:
    sent = await events(client, "崩")
    assert sent[-1][0] == "error"
    assert sent[-1][1]["status"] == 500
    assert "secret" not in json.dumps(sent)


async def test_bad_input_to_a_stream_is_a_plain_422(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/ask", json={"question": ""}, headers={"Accept": "text/event-stream"})
    assert response.status_code == 422


async def test_search_gives_passages_without_an_answer(client: httpx.AsyncClient) -> None:
    found = (await client.get("/api/search", params={"q": "药师", "k": 2})).json()
    assert found["query"] == "药师"
    assert len(found["hits"]) == 2
    assert set(found["hits"][0]) == (CITATION_KEYS - {"n", "quote"}) | {"score"}


@pytest.mark.parametrize(
    ("query", "field"), [({"k": "3"}, "q"), ({"q": " "}, "q"), ({"q": "药", "k": "0"}, "k"), ({"q": "药", "k": "x"}, "k")]
)
async def test_a_bad_search_names_the_field(client: httpx.AsyncClient, query: dict[str, str], field: str) -> None:
    response = await client.get("/api/search", params=query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


async def test_the_library_lists_its_documents(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/api/documents")).json()
    assert [document["id"] for document in listed] == ["qinghe-2031", "hostile"]
    assert "text" not in listed[0]


async def test_a_document_comes_with_its_sections(client: httpx.AsyncClient) -> None:
    document = (await client.get("/api/documents/qinghe-2031")).json()
    paths = [section["path"] for section in document["sections"]]
    assert ["青禾药师数字生活调查", "主要发现", "用户规模"] in paths
    assert document["characters"] == len(document["text"])


@pytest.mark.parametrize("path", ["/api/documents/none", "/documents/none", "/a/none", "/nowhere", "/api/nowhere"])
async def test_what_is_not_there_is_a_404(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


async def test_feedback_is_kept_with_its_answer(client: httpx.AsyncClient, app: Any) -> None:
    answer_id = (await ask(client, "药师")).json()["id"]
    body = {"helpful": False, "reason": "年份不对"}
    assert (await client.post(f"/api/answers/{answer_id}/feedback", json=body)).status_code == 204
    assert app.state.desk.saved.ratings(answer_id) == ((False, "年份不对"),)
    assert (await client.post("/api/answers/none/feedback", json=body)).status_code == 404
    assert (await client.post(f"/api/answers/{answer_id}/feedback", json={})).status_code == 422


async def test_the_description_names_every_route_of_the_api(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert {"/api/ask", "/api/search", "/api/documents", "/healthz", "/readyz"} <= set(paths)
    shown = (await client.get("/docs")).text
    assert all(path in shown for path in paths)
    assert "http://" not in shown.replace("http://yanda.test", "")
    assert "https://" not in shown

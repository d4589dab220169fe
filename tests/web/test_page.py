"""The chat without JavaScript: whole pages, in the language of the reader, nothing that can run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from rag.reasons import Reason, Verdict
from rag.refusal import refused
from rag.types import Chart, Series
from web import strings

pytestmark = pytest.mark.anyio

STATIC = Path(__file__).parents[2] / "web" / "static"
TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
CHANNELS = Path(__file__).parents[2] / "web" / "channels"


async def page(client: httpx.AsyncClient, path: str = "/", **more: Any) -> LexborHTMLParser:
    response = await client.request("POST" if "data" in more else "GET", path, **more)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return LexborHTMLParser(response.text)


async def test_the_first_page_has_the_box_and_three_examples(client: httpx.AsyncClient) -> None:
    tree = await page(client)
    assert tree.css_first("form#ask textarea[name=question]") is not None
    assert len(tree.css(".examples button[name=pick]")) == 3
    assert not tree.css("article[data-answered]")


async def test_a_plain_post_gives_the_page_with_the_answer_in_it(client: httpx.AsyncClient) -> None:
    tree = await page(client, data={"question": "有多少药师？"})
    article = tree.css_first("article[data-answer]")
    assert article.attributes["data-answered"] == "true"
    assert len(article.attributes["data-answer"] or "") == 26
    assert article.css_first('a[data-citation="1"]').attributes["href"] == "/documents/qinghe-2031#c33-82"
    assert tree.css_first("form#ask textarea[name=question]") is not None


async def test_the_chip_that_was_pressed_is_asked_rather_than_what_was_typed(client: httpx.AsyncClient) -> None:
    tree = await page(client, data={"question": "火星", "pick": "有多少药师？"})
    assert tree.css_first("h2.question").text() == "有多少药师？"


async def test_a_follow_up_knows_the_conversation_and_shows_how_it_was_understood(client: httpx.AsyncClient) -> None:
    first = await page(client, data={"question": "有多少药师？"})
    thread = first.css_first("input[name=thread]").attributes["value"]
    tree = await page(client, data={"question": "那前一年呢？", "thread": thread})
    assert len(tree.css("article[data-answered]")) == 2
    assert tree.css_first(".standalone input").attributes["value"] == "2030年底青禾平台的注册药师有多少？"


async def test_a_thread_of_unknown_answers_is_an_empty_one(client: httpx.AsyncClient) -> None:
    assert len((await page(client, data={"question": "药师", "thread": "x y <z>"})).css("article[data-answered]")) == 1


async def test_a_greeting_is_told_what_can_be_asked_and_not_that_something_is_missing(
    client: httpx.AsyncClient, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "answer", lambda ask: refused(ask, ask.question, Verdict(Reason.GREETING), ()))
    tree = await page(client, data={"question": "你好"})
    assert tree.css_first(".refusal-head") is None
    assert "可以问" in tree.css_first(".answer-text").text()


async def test_a_refusal_looks_like_one(client: httpx.AsyncClient) -> None:
    tree = await page(client, data={"question": "火星上有天气吗？"})
    assert tree.css_first("article").attributes["data-answered"] == "false"
    assert tree.css_first(".refusal .refusal-head") is not None
    assert len(tree.css(".nearest a[href*='#c']")) == 3
    assert not tree.css("article a[data-citation]")


async def test_sources_that_disagree_stand_side_by_side(client: httpx.AsyncClient) -> None:
    tree = await page(client, data={"question": "分歧"})
    assert [row.css_first("td").text() for row in tree.css(".conflict tbody tr")] == ["26万名", "30万名"]


async def test_a_disagreement_is_told_before_the_picture(client: httpx.AsyncClient, bot: Any) -> None:
    given, chart = bot.answer, Chart("bar", "药师", "名", ("甲", "乙"), (Series("药师", (26.0, 30.0)),), (1, 2))
    bot.answer = lambda ask: replace(given(ask), chart=chart)
    said = (await client.post("/", data={"question": "分歧"})).text
    assert 0 < said.index('class="conflict"') < said.index("data-chart")


async def test_hostile_documents_and_questions_show_as_text(client: httpx.AsyncClient) -> None:
    tree = await page(client, data={"question": '来稿 <script>window.hacked=1</script>"><img src=x>'})
    assert not tree.css("main script, main img, main i, article b:not(.figure)")
    assert [script.attributes.get("src") for script in tree.css("script")] == ["/static/theme.js", "/static/chat.js"]
    assert all((link.attributes["href"] or "").startswith(("/", "?", "#")) for link in tree.css("a"))


@pytest.mark.parametrize("question", ["", "   ", "问" * 2001])
async def test_a_question_that_cannot_be_asked_gives_the_page_back_with_the_reason(
    client: httpx.AsyncClient, question: str
) -> None:
    response = await client.post("/", data={"question": question})
    assert response.status_code == 422
    tree = LexborHTMLParser(response.text)
    assert "hidden" not in tree.css_first("#wrong").attributes
    assert tree.css_first("textarea").text().strip() == question.strip()


async def test_another_content_type_is_a_415(client: httpx.AsyncClient) -> None:
    assert (await client.post("/", json={"question": "药师"})).status_code == 415


async def test_a_saved_answer_is_shown_as_it_was_given(client: httpx.AsyncClient, bot: Any) -> None:
    answer = (await client.post("/api/ask", json={"question": "有多少药师？"})).json()
    bot.library.fingerprint = "another"
    tree = await page(client, f"/a/{answer['id']}")
    assert tree.css_first("article").attributes["data-answer"] == answer["id"]
    assert strings.say("zh", "library_moved") in tree.css_first(".kept").text()


async def test_the_source_viewer_marks_what_the_address_asks_for(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/documents/qinghe-2031?c=33-82")
    assert tree.css_first("mark[data-citation]").text().endswith("占全国执业药师的 41%。")
    assert tree.css_first(".path").text().endswith("青禾药师数字生活调查 › 主要发现 › 用户规模")
    assert [node.text() for node in tree.css(".document-head dd")][:2] == ["青禾研究院", "2031-12-20"]


async def test_a_mark_beyond_the_text_is_said_to_be_missing(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/documents/qinghe-2031?c=33-99999")
    assert not tree.css("mark")
    assert tree.css_first(".missing") is not None


async def test_the_library_lists_every_document(client: httpx.AsyncClient) -> None:
    assert len((await page(client, "/documents")).css(".library li a[href^='/documents/']")) == 2


@pytest.mark.parametrize(
    ("headers", "path", "language"),
    [
        ({}, "/", "zh-CN"),
        ({"Accept-Language": "en-GB,en;q=0.9,zh;q=0.1"}, "/", "en"),
        ({"Accept-Language": "fr, zh;q=0.8, en;q=0.3"}, "/", "zh-CN"),
        ({"Accept-Language": "en;q=1.1.1, zh;q=0.5, en;q=x, *;;"}, "/", "zh-CN"),
        ({"Accept-Language": "zh", "Cookie": "lang=en"}, "/", "en"),
        ({"Cookie": "lang=en"}, "/?lang=zh", "zh-CN"),
        ({"Cookie": "lang=<x>"}, "/?lang=xx", "zh-CN"),
    ],
)
async def test_the_page_speaks_the_language_of_its_reader(
    client: httpx.AsyncClient, headers: dict[str, str], path: str, language: str
) -> None:
    assert (await page(client, path, headers=headers)).css_first("html").attributes["lang"] == language


async def test_a_language_that_was_chosen_is_remembered(client: httpx.AsyncClient) -> None:
    await client.get("/?lang=en")
    assert (await page(client)).css_first("html").attributes["lang"] == "en"


async def test_an_error_in_a_browser_is_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/documents/none", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert (await client.get("/api/documents/none", headers={"Accept": "text/html"})).headers[
        "content-type"
    ] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/documents/hostile?c=3-9", "/docs", "/nowhere", "/api/documents", "/static/chat.js"]
)
async def test_every_response_is_guarded_and_nothing_on_it_runs_inline(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, headers={"Accept": "text/html"})
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    if response.headers["content-type"].startswith("text/html"):
        tree = LexborHTMLParser(response.text)
        assert not tree.css("style, [style], script:not([src])")
        assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")]


async def test_the_first_page_weighs_less_than_200_kilobytes_and_asks_nobody_else(client: httpx.AsyncClient) -> None:
    seen: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        seen[path] = (await client.get(path)).text
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', seen[path]) + re.findall(r'from "\.(/[^"]+)"', seen[path])
        waiting += {each if each.startswith("/static") else f"/static{each}" for each in found} - seen.keys() - set(waiting)
    assert {"/static/chat.js", "/static/panel.js", "/static/base.css", "/static/icon.svg"} <= seen.keys()
    assert sum(len(text.encode()) for text in seen.values()) < 200_000
    assert not [path for path, text in seen.items() if re.search(r"https?://(?!www\.w3\.org)", text)]


def test_every_word_has_its_translation_and_every_key_is_used() -> None:
    places = (*STATIC.iterdir(), *TEMPLATES.iterdir(), *CHANNELS.rglob("*.py"))
    used = "".join(path.read_text("utf-8") for path in places)
    for key, (chinese, english) in strings.STRINGS.items():
        assert chinese, key
        assert english, key
        assert re.findall(r"\{\w+\}", chinese) == re.findall(r"\{\w+\}", english), key
        family = key.split("_")[0]
        ways = (f'"{key}"', f"'{key}", f'"{family}_"', f"{family}_$", f'("{key}')
        assert any(way in used for way in ways), key
    assert set(strings.SCRIPT_KEYS) <= strings.STRINGS.keys()

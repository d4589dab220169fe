"""Whatever stands in the table of channels gives the same citations for the same question, and fails alike."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote

import anyio
import httpx
import openai
import pytest
from mcp.client.client import Client
from selectolax.lexbor import LexborHTMLParser

from rag.settings import Settings
from tests.web.slack.sender import Sender
from tests.web.slack.shown import rich_text
from tests.web.slack.stand_in import ME, StandIn
from web.app import create_app
from web.channels.slack import conversation

Cited = tuple[int, str, int, int]  # its number, the document, from which character to which


@dataclass(frozen=True)
class Reply:
    """What a channel shows of an answer: its words, and where the words stand that carry it."""

    text: str
    cited: tuple[Cited, ...]


class TurnedAway(Exception):
    """The channel did not answer; `status` is None where it has no statuses, `str` is what it said."""

    def __init__(self, status: int | None, said: str) -> None:
        super().__init__(said)
        self.status = status


# a channel holds a conversation at an address: it asks one question after another and gives the last reply
Channel = Callable[[str, tuple[str, ...]], Reply]


def api(address: str, questions: tuple[str, ...]) -> Reply:
    return _api(address, questions, lambda response: response.json(), {})


def api_streaming(address: str, questions: tuple[str, ...]) -> Reply:
    return _api(address, questions, _last_event, {"Accept": "text/event-stream"})


def _api(address: str, questions: tuple[str, ...], read: Callable[[httpx.Response], Any], headers: dict[str, str]) -> Reply:
    history: list[dict[str, str]] = []
    for question in questions:
        body = {"question": question, "history": history}
        answer = read(_answered(httpx.post(f"{address}/api/ask", json=body, headers=headers)))
        history += [{"role": "user", "content": question}, {"role": "assistant", "content": answer["answer"]}]
    return Reply(answer["answer"], tuple((c["n"], c["document"], c["start"], c["end"]) for c in answer["citations"]))


def page(address: str, questions: tuple[str, ...]) -> Reply:
    thread = ""
    for question in questions:
        response = httpx.post(f"{address}/", data={"question": question, "thread": thread}, headers={"Accept": "text/html"})
        tree = LexborHTMLParser(_answered(response).text)
        thread = tree.css_first("input[name=thread]").attributes["value"] or ""
    return _article(tree.css("article[data-answer]")[-1])


def page_streaming(address: str, questions: tuple[str, ...]) -> Reply:
    thread: list[str] = []
    for question in questions:
        form = {"question": question, "thread": " ".join(thread)}
        last = _last_event(_answered(httpx.post(f"{address}/", data=form, headers={"Accept": "text/event-stream"})))
        thread.append(last["id"])
    return _article(LexborHTMLParser(last["html"]).css_first("article[data-answer]"))


def _article(article: Any) -> Reply:
    markers = {(int(a.attributes["data-citation"]), *_place(a.attributes["href"])) for a in article.css("a[data-citation]")}
    listed = {int(item.attributes["data-source"]) for item in article.css("li[data-source]")}
    assert listed == {n for n, *_ in markers}
    said = " ".join(part.text() for part in article.css(".answer-text, .conflict"))
    return Reply(said, tuple(sorted(markers)))


def openai_whole(address: str, questions: tuple[str, ...]) -> Reply:
    def complete(client: openai.OpenAI, messages: Any) -> tuple[str, list[Any]]:
        message = client.chat.completions.create(model="yanda", messages=messages).choices[0].message
        return message.content or "", [annotation.url_citation for annotation in message.annotations or []]

    return _openai(address, questions, complete)


def openai_streaming(address: str, questions: tuple[str, ...]) -> Reply:
    def complete(client: openai.OpenAI, messages: Any) -> tuple[str, list[Any]]:
        text, annotations = "", []
        for chunk in client.chat.completions.create(model="yanda", messages=messages, stream=True):
            text += chunk.choices[0].delta.content or ""
            found = getattr(chunk.choices[0].delta, "annotations", None) or []
            annotations += [openai.types.chat.chat_completion_message.AnnotationURLCitation(**a["url_citation"]) for a in found]
        return text, annotations

    return _openai(address, questions, complete)


def _openai(address: str, questions: tuple[str, ...], complete: Callable[[openai.OpenAI, Any], tuple[str, list[Any]]]) -> Reply:
    messages: list[dict[str, str]] = []
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        for question in questions:
            messages.append({"role": "user", "content": question})
            try:
                text, annotations = complete(client, messages)
            except openai.APIError as error:
                raise TurnedAway(getattr(error, "status_code", None), error.message) from error
            messages.append({"role": "assistant", "content": text})
    markers = {(_number(text[a.start_index : a.end_index]), *_place(a.url.removeprefix(address))) for a in annotations}
    return Reply(text.split("\n\n---\n\n")[0], tuple(sorted(markers)))


def mcp(address: str, questions: tuple[str, ...]) -> Reply:
    async def ask() -> Any:
        history: list[dict[str, str]] = []
        async with Client(f"{address}/mcp") as client:
            for question in questions:
                result = await client.call_tool("ask", {"question": question, "history": history})
                if not result.is_error:
                    said = result.structured_content["answer"]
                    history += [{"role": "user", "content": question}, {"role": "assistant", "content": said}]
        return result

    result = anyio.run(ask)
    if result.is_error:
        raise TurnedAway(None, result.content[0].text)
    answer = result.structured_content
    cited = tuple((c["n"], *_place(c["url"].removeprefix(address))) for c in answer["citations"])
    assert cited == tuple((c["n"], c["document"], c["start"], c["end"]) for c in answer["citations"])
    return Reply(answer["answer"], cited)


def slack_thread(workspace: StandIn, address: str, questions: tuple[str, ...]) -> Reply:
    """A mention, and what is said after it in its thread; the citations are those of the message's metadata."""
    thread = ""
    for place, question in enumerate(questions):
        said = workspace.say("C1", question if thread else f"<@{ME}> {question}", thread)
        assert Sender(address).event(said if thread else said | {"type": "app_mention"}).status_code == 200
        thread = thread or said["ts"]
        post = _posted(workspace, place)
    if "metadata" not in post:
        raise TurnedAway(None, post["text"])
    cited = tuple((c["n"], c["document"], c["start"], c["end"]) for c in post["metadata"]["event_payload"]["citations"])
    lines = [block["elements"][0]["text"] for block in post["blocks"] if block["type"] == "context"]
    assert [int(found[1]) for line in lines if (found := re.match(r"\[(\d+)\] ", line))] == [n for n, *_ in cited]
    return Reply("".join("".join(rich_text(block)) for block in post["blocks"] if block["type"] == "rich_text"), cited)


CHANNELS: dict[str, Channel] = {
    "API": api,
    "API, streaming": api_streaming,
    "page": page,
    "page, streaming": page_streaming,
    "OpenAI": openai_whole,
    "OpenAI, streaming": openai_streaming,
    "MCP": mcp,
}

ANSWERED = ("有多少药师？", "两个年底的指标有什么变化？", "有什么分歧？", "来稿说了什么？", "收回多少问卷？")


def _answered(response: httpx.Response) -> httpx.Response:
    if response.status_code != 200:
        raise TurnedAway(response.status_code, response.text)
    return response


def _last_event(response: httpx.Response) -> Any:
    name, data = response.text.rstrip("\n").split("\n\n")[-1].split("\n")
    if name == "event: error":
        raise TurnedAway(None, data)
    return json.loads(data.removeprefix("data: "))


def _posted(workspace: StandIn, place: int) -> dict[str, Any]:
    """The message of that place among those of 研答, as soon as it stands."""
    end = time.monotonic() + 20
    while len(workspace.posts) <= place and time.monotonic() < end:
        time.sleep(0.02)
    return workspace.posts[place]


def _place(url: str) -> tuple[str, int, int]:
    found = re.fullmatch(r"/documents/(.+)#c(\d+)-(\d+)", unquote(url))
    assert found, url
    return found[1], int(found[2]), int(found[3])


def _number(marker: str) -> int:
    found = re.fullmatch(r"\[(\d+)\]", marker)
    assert found, marker
    return int(found[1])


@pytest.fixture(params=[*CHANNELS, "Slack"])
def channel(request: pytest.FixtureRequest, slack: StandIn) -> Channel:
    return CHANNELS.get(request.param) or partial(slack_thread, slack)


@pytest.fixture
def loading(bot: Any, serve: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server whose library is being read for as long as the test lasts."""
    monkeypatch.setattr(conversation, "OPENING_S", 0)  # Slack has time: it would wait for the library
    gate = threading.Event()
    with serve(create_app(load=lambda: gate.wait(20) and bot, settings=settings)) as address:
        yield address
        gate.set()


@pytest.mark.parametrize("question", ANSWERED)
def test_the_same_question_gets_the_same_citations(channel: Channel, address: str, bot: Any, question: str) -> None:
    reply = channel(address, (question,))
    expected = bot.answer(bot.asked[-1])
    assert reply.cited == tuple((c.n, c.passage.document.id, c.span.start, c.span.end) for c in expected.citations)
    assert reply.cited
    # what sources that disagree say stands in a table where there can be one
    told = [side.text for conflict in expected.conflicts for side in conflict.sides]
    words = told or re.findall(r"[\u4e00-\u9fff]+", expected.text)
    assert all(word in reply.text for word in words)


def test_what_is_cited_stands_in_the_document_at_its_offsets(channel: Channel, address: str) -> None:
    ((_, document, start, end),) = channel(address, ("收回多少问卷？",)).cited
    text = httpx.get(f"{address}/api/documents/{document}").json()["text"]
    assert text[start:end] == "其中有效问卷 1,130 份。"


def test_a_follow_up_is_understood_with_what_was_said_before(channel: Channel, address: str, bot: Any) -> None:
    reply = channel(address, ("有多少药师？", "那前一年呢？"))
    assert "18.5万名" in reply.text
    assert [turn.role for turn in bot.asked[-1].history] == ["user", "assistant"]
    assert bot.asked[-1].history[1].content == bot.answer(bot.asked[0]).text


def test_a_refusal_cites_nothing(channel: Channel, address: str) -> None:
    reply = channel(address, ("火星上有天气吗？",))
    assert "没有关于这个问题的内容" in reply.text
    assert reply.cited == ()


def test_while_the_library_is_read_everybody_is_told_to_come_again(channel: Channel, loading: str) -> None:
    with pytest.raises(TurnedAway, match=r"still being read|正在读取|还在读取") as turned_away:
        channel(loading, ("有多少药师？",))
    assert turned_away.value.status in (503, None)


@pytest.mark.parametrize("question", ["药" * 2001, " \u200b "])
def test_a_question_too_long_or_empty_is_refused_with_the_limit(channel: Channel, address: str, question: str) -> None:
    with pytest.raises(TurnedAway, match=r"2000|visible|`/yanda 问题`") as turned_away:
        channel(address, (question,))
    assert turned_away.value.status in (400, 422, None)


def test_an_unforeseen_error_tells_nothing_of_itself(channel: Channel, address: str) -> None:
    with pytest.raises(TurnedAway) as turned_away:
        channel(address, ("崩",))
    assert "secret" not in str(turned_away.value)
    assert turned_away.value.status in (500, None)

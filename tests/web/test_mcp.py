"""Can a language model use the library: the SDK's own client, over HTTP and over a pair of pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

from rag import assemble
from rag.settings import Settings

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTED = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(params=["auto", "legacy"])
async def session(request: pytest.FixtureRequest, address: str) -> Client:
    """A client of the newest protocol, and one of those that begin with a handshake; to be entered by the test."""
    return Client(f"{address}/mcp", mode=request.param)


async def test_the_tools_say_what_they_take_and_give(session: Client) -> None:
    async with session as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "search", "read_document"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.output_schema is not None
    assert tools["ask"].input_schema["required"] == ["question"]
    assert tools["ask"].input_schema["properties"]["question"]["maxLength"] == 2000


async def test_an_answer_comes_whole_and_as_text_with_its_places(session: Client, address: str) -> None:
    async with session as client:
        result = await client.call_tool("ask", {"question": "有多少药师？"})
    answer = result.structured_content
    assert answer["answered"] is True
    assert answer["citations"][0]["url"] == f"{address}/documents/qinghe-2031#c33-82"
    text = result.content[0].text
    assert text.startswith(answer["answer"])
    assert f"41%。」 {address}/documents/qinghe-2031#c33-82 (document qinghe-2031, characters 33-82)" in text


async def test_a_refusal_says_that_what_is_near_is_no_answer(session: Client) -> None:
    async with session as client:
        result = await client.call_tool("ask", {"question": "火星上有天气吗？"})
    assert result.structured_content["citations"] == []
    assert len(result.structured_content["nearest"]) == 3
    assert "which are no answer" in result.content[0].text
    assert not result.is_error


async def test_history_documents_and_the_notes_of_an_answer(session: Client, bot: Any) -> None:
    history = [{"role": "user", "content": "有多少药师？"}, {"role": "assistant", "content": "26万名。[1]"}]
    async with session as client:
        result = await client.call_tool("ask", {"question": "那前一年呢？", "history": history, "documents": ["qinghe-2031"]})
    assert result.structured_content["standalone_question"] == "2030年底青禾平台的注册药师有多少？"
    assert "Note: 按上一个问题补全了年份与对象。" in result.content[0].text
    assert bot.asked[-1].documents == ("qinghe-2031",)


async def test_search_gives_passages_with_their_places(session: Client) -> None:
    async with session as client:
        result = await client.call_tool("search", {"query": "药师", "k": 2})
        nothing = await client.call_tool("search", {"query": "火星"})
    hits = result.structured_content["hits"]
    assert len(hits) == 2
    assert hits[0]["passage"] in result.content[0].text
    assert f"characters {hits[0]['start']}-{hits[0]['end']}" in result.content[0].text
    assert nothing.content[0].text == "No passage has any of this."


async def test_a_document_is_read_piece_by_piece(session: Client, bot: Any) -> None:
    whole = bot.library.documents["qinghe-2031"].text
    read, start = "", 0
    async with session as client:
        while start is not None:
            result = await client.call_tool("read_document", {"document": "qinghe-2031", "start": start, "length": 100})
            piece = result.structured_content
            assert piece["text"] == whole[piece["start"] : piece["end"]]
            assert piece["text"] in result.content[0].text
            read, start = read + piece["text"], piece["next"]
        beyond = (await client.call_tool("read_document", {"document": "qinghe-2031", "start": 10**6})).structured_content
    assert read == whole
    assert (beyond["text"], beyond["next"]) == ("", None)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, "question: Field required"),
        ("ask", {"question": "药" * 2001}, "at most 2000"),
        ("ask", {"question": "药师", "documents": ["nowhere"]}, "'nowhere'"),
        ("ask", {"question": "药师", "document": "x"}, "document: "),
        ("search", {"query": " "}, "query: "),
        ("search", {"query": "药", "k": 99}, "k: "),
        ("read_document", {"document": "nowhere"}, "'nowhere'"),
        ("read_document", {"document": "hostile", "start": -1}, "start: "),
        ("answer", {}, "no tool is called 'answer'; there are ask, search, read_document"),
        ("ask", {"question": "崩"}, "something went wrong on the server"),
    ],
)
async def test_what_went_wrong_is_told_to_the_model(session: Client, tool: str, arguments: dict[str, Any], said: str) -> None:
    async with session as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "secret" not in result.content[0].text


async def test_documents_are_resources(session: Client, bot: Any) -> None:
    async with session as client:
        resources = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        contents = (await client.read_resource("yanda://documents/qinghe-2031")).contents
        with pytest.raises(MCPError, match="'nowhere'"):
            await client.read_resource("yanda://documents/nowhere")
    assert [resource.uri for resource in resources] == ["yanda://documents/qinghe-2031", "yanda://documents/hostile"]
    assert resources[0].title == "青禾药师数字生活调查（2031）"
    assert templates[0].uri_template == "yanda://documents/{id}"
    assert contents[0].text == bot.library.documents["qinghe-2031"].text


async def test_any_worker_can_take_any_request_as_there_are_no_sessions(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, headers=ACCEPTED) as client:
        listed = await client.post("/mcp", json=LIST)
        assert len(listed.json()["result"]["tools"]) == 3
        assert "mcp-session-id" not in listed.headers
        for method in ("GET", "DELETE"):
            assert (await client.request(method, "/mcp")).status_code == 405


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        (None, "yanda.test", 200),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", 200),
        ("http://localhost:8000", "localhost:8000", 200),
        ("http://[::1]:8000", "[::1]:8000", 200),
        ("http://evil.test", "127.0.0.1:8000", 403),
        ("http://evil.test:8000", "evil.test:8000", 403),
        ("null", "127.0.0.1:8000", 403),
        ("http://[", "127.0.0.1:8000", 403),
    ],
)
async def test_a_page_of_another_site_may_not_call_tools(address: str, origin: str | None, host: str, status: int) -> None:
    headers = ACCEPTED | {"Host": host} | ({"Origin": origin} if origin else {})
    async with httpx.AsyncClient(base_url=address, headers=headers) as client:
        assert (await client.post("/mcp", json=LIST)).status_code == status


async def test_what_is_too_large_or_no_protocol_at_all_is_refused(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, headers=ACCEPTED | {"Content-Type": "application/json"}) as client:
        assert (await client.post("/mcp", content=b" " * 300_000)).status_code == 413
        assert (await client.post("/mcp", content=b'{"jsonrpc"')).status_code == 400
        assert (await client.post("/mcp", content=b"[1]")).status_code == 400


async def test_without_a_running_server_behind_it_the_route_says_so(client: httpx.AsyncClient) -> None:
    assert (await client.post("/mcp", json=LIST)).status_code == 503


# over a pair of pipes


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with one indexed document."""
    folder = tmp_path_factory.mktemp("pipes")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "wisteria.md").write_text("# 紫藤药房\n\n紫藤药房2031年新开门店17家，年底共有236家。\n", "utf-8")
    assemble.build_index(Settings(data_dir=folder / ".yanda"), (folder / "seeds",))
    return folder


def command(*arguments: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from web.cli import main; sys.exit(main())",
        *arguments,
    ]


async def test_a_program_that_starts_us_gets_answers_over_pipes(library: Path) -> None:
    program, *arguments = command("mcp")
    started = StdioServerParameters(command=program, args=arguments, cwd=library)
    async with Client(stdio_client(started), read_timeout_seconds=60) as client:
        resources = (await client.list_resources()).resources
        result = await client.call_tool("ask", {"question": "紫藤药房2031年新开了多少家门店？"})
    assert [resource.name for resource in resources] == ["wisteria"]
    assert "17家" in result.content[0].text
    cited = result.structured_content["citations"][0]
    assert cited["url"] == f"/documents/wisteria#c{cited['start']}-{cited['end']}"


def test_nothing_but_the_protocol_is_written_to_stdout(library: Path) -> None:
    said = subprocess.run(
        command("mcp"), cwd=library, input='{"jsonrpc": "2.0"\n', capture_output=True, text=True, timeout=60, check=False
    )
    assert said.returncode == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in said.stdout.splitlines())
    assert "Traceback" not in said.stderr


def test_an_index_that_cannot_be_used_is_said_at_once(tmp_path: Path) -> None:
    said = subprocess.run(command("mcp"), cwd=tmp_path, input="", capture_output=True, text=True, timeout=60, check=False)
    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr.startswith("yanda: ")
    assert "yanda index" in said.stderr

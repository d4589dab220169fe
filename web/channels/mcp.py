"""The library for language models that use tools, over the Model Context Protocol: at /mcp, or between two pipes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import quote, unquote

import mcp_types as protocol
from fastapi import FastAPI, Request
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from index.types import Document
from rag.settings import Settings
from web.addresses import base_of, is_own_page
from web.desk import Desk
from web.door.bodies import MAX_BODY
from web.mcp_tools import TOOLS, Said, Tool
from web.problems import UNFORESEEN, Problem, of_validation

__all__ = ["install", "over_stdio"]

log = logging.getLogger(__name__)

SCHEME = "yanda://documents/"
PLAIN = "text/plain"
TEMPLATE = protocol.ResourceTemplate(
    uri_template=f"{SCHEME}{{id}}", name="document", title="A document of the library", mime_type=PLAIN
)
INSTRUCTIONS = (
    "研答 answers from a small library of Chinese reports and cites the exact words. Use `ask` for questions, `search` to look "
    "around, `read_document` for what stands around a quote. What it does not say is not in the library."
)

Context = ServerRequestContext[Any, Any]


def install(app: FastAPI, _settings: Settings) -> None:
    """POST /mcp, without sessions, so that any worker can take any request; nothing of it can be set."""
    endpoint = _Endpoint(app.state.desk)
    app.state.running.append(endpoint.run)
    # GET and DELETE are for sessions and streams from the server, which there are none of: 405
    app.router.routes.append(Route("/mcp", endpoint, methods=["POST"], include_in_schema=False))


async def over_stdio(desk: Desk, public_url: str) -> None:
    """Serves whoever started this process, until its end of the pipe closes; what else is printed goes to stderr."""
    server = _server(desk, public_url, patient=True)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class _Endpoint:
    """The ASGI side of /mcp; it works while `run` is open, once for each life of the app."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        manager = StreamableHTTPSessionManager(
            _server(self._desk), stateless=True, json_response=True, max_request_body_size=MAX_BODY
        )
        async with manager.run():
            self._manager = manager
            yield
            self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_own_page(Request(scope)):
            raise Problem(403, "another site's page sent this; programs send no Origin header")
        if self._manager is None:
            raise Problem(503, "the server is starting or stopping; try again in a moment", headers={"Retry-After": "2"})
        await self._manager.handle_request(scope, receive, send)


def _server(desk: Desk, base: str = "", *, patient: bool = False) -> Server[Any]:
    """A patient one waits for the library to be read; links begin with `base` where no request tells the address."""

    async def at_desk() -> Desk:
        if patient:
            await desk.opened()
        return desk

    async def list_tools(_context: Context, _page: object) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def call_tool(context: Context, call: protocol.CallToolRequestParams) -> protocol.CallToolResult:
        return await _called(await at_desk(), call, base_of(context.request) if context.request else base)

    async def list_resources(_context: Context, _page: object) -> protocol.ListResourcesResult:
        with _as_error():
            shelf = (await at_desk()).bot.library.documents.values()
        return protocol.ListResourcesResult(resources=[_resource(document) for document in shelf])

    async def list_templates(_context: Context, _page: object) -> protocol.ListResourceTemplatesResult:
        return protocol.ListResourceTemplatesResult(resource_templates=[TEMPLATE])

    async def read_resource(_context: Context, wanted: protocol.ReadResourceRequestParams) -> protocol.ReadResourceResult:
        with _as_error():
            document = (await at_desk()).document(unquote(wanted.uri.removeprefix(SCHEME)))
        text = protocol.TextResourceContents(uri=wanted.uri, mime_type=PLAIN, text=document.text)
        return protocol.ReadResourceResult(contents=[text])

    # not MCPServer, which sets up the logging of the whole process and cannot list what changes while it runs
    return Server(
        "yanda",
        title="研答",
        version="0.1.0",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


async def _called(desk: Desk, call: protocol.CallToolRequestParams, base: str) -> protocol.CallToolResult:
    """What the tool says; what went wrong is said to the model, too, so that it can mend its call."""
    try:
        tool = TOOLS.get(call.name)
        if tool is None:
            raise Problem(404, f"no tool is called {call.name!r}; there are {', '.join(TOOLS)}")
        said = await _run(tool, desk, call.arguments or {}, base)
    except Problem as wrong:
        return _text(wrong.detail, is_error=True)
    except Exception:
        log.exception("the tool %s broke off", call.name)
        return _text(UNFORESEEN.detail, is_error=True)
    return protocol.CallToolResult(
        content=[protocol.TextContent(text=said.text)], structured_content=said.whole.model_dump(mode="json")
    )


def _text(said: str, *, is_error: bool = False) -> protocol.CallToolResult:
    return protocol.CallToolResult(content=[protocol.TextContent(text=said)], is_error=is_error)


async def _run(tool: Tool, desk: Desk, arguments: dict[str, Any], base: str) -> Said:
    try:
        given = tool.takes.model_validate(arguments)
    except ValidationError as error:
        raise of_validation(error.errors()) from error
    return await tool.run(desk, given, base)


def _described(tool: Tool) -> protocol.Tool:
    return protocol.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=protocol.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _resource(document: Document) -> protocol.Resource:
    meta = document.meta
    return protocol.Resource(
        uri=f"{SCHEME}{quote(document.id, safe='')}",
        name=document.id,
        title=meta.title,
        description=" · ".join(filter(None, (meta.publisher, meta.date, meta.kind, meta.note))) or None,
        mime_type=PLAIN,
        size=len(document.text.encode()),
    )


@contextmanager
def _as_error() -> Iterator[None]:
    """What a channel says with a status is said with a code of this protocol."""
    try:
        yield
    except Problem as wrong:
        code = protocol.INVALID_PARAMS if wrong.status_code == 404 else protocol.INTERNAL_ERROR
        raise MCPError(code, wrong.detail) from wrong

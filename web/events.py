"""How are steps sent while they happen: server-sent events, a JSON object each."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from fastapi import Request
from fastapi.responses import StreamingResponse

from web.problems import UNFORESEEN, openai_error, problem

__all__ = ["Sent", "chunk_stream", "event_stream", "wants_events"]

log = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
# a proxy that gathers the stream before passing it on would defeat it
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Sent = tuple[str, object]


def wants_events(request: Request) -> bool:
    return EVENT_STREAM in request.headers.get("accept", "")


def event_stream(events: AsyncGenerator[Sent]) -> StreamingResponse:
    """A response that ends with the last event, or with an `error` event that holds a problem."""
    return StreamingResponse(_written(events), media_type=EVENT_STREAM, headers=HEADERS)


def chunk_stream(chunks: AsyncGenerator[object]) -> StreamingResponse:
    """The same as OpenAI streams: nothing but data, then `[DONE]`, or an error in its shape and no `[DONE]`."""
    return StreamingResponse(_as_chunks(chunks), media_type=EVENT_STREAM, headers=HEADERS)


async def _written(events: AsyncGenerator[Sent]) -> AsyncIterator[str]:
    async with aclosing(events):
        try:
            async for name, value in events:
                yield _event(name, value)
        except Exception:
            log.exception("an answer broke off while it was streamed")
            yield _event("error", problem(UNFORESEEN.status_code, UNFORESEEN.detail))


async def _as_chunks(chunks: AsyncGenerator[object]) -> AsyncIterator[str]:
    async with aclosing(chunks):
        try:
            async for chunk in chunks:
                yield f"data: {_json(chunk)}\n\n"
            yield "data: [DONE]\n\n"
        except Exception:
            log.exception("an answer broke off while it was streamed")
            yield f"data: {_json(openai_error(UNFORESEEN))}\n\n"


def _event(name: str, value: object) -> str:
    return f"event: {name}\ndata: {_json(value)}\n\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

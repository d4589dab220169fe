"""The same answers for programs that speak to OpenAI: its chat completions, whole or streamed, and its errors."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import ValidationError

from rag.settings import Settings
from rag.types import Ask
from web import plain
from web.addresses import base_of
from web.channels.api import ask_of, json_only
from web.channels.health import TheDesk
from web.completions import Completion
from web.events import chunk_stream
from web.openai_schemas import MODEL, ChatIn, ChatOut, MessageIn, ModelList, ModelName, ModelOut
from web.problems import FieldError, Problem
from web.schemas import MAX_HISTORY, MAX_TURN, AskIn, TurnIn

__all__ = ["install"]

TURNS = ("user", "assistant")  # what others say is no part of the conversation

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


@router.post(
    "/chat/completions",
    summary="Ask a question, as of OpenAI",
    response_model=ChatOut,
    dependencies=[Depends(json_only)],
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def complete(body: ChatIn, request: Request, desk: TheDesk) -> Response:
    """The last user message is the question, what was said before it the history; citations are the message's annotations."""
    _known(body.model)
    asked = _asked(body)
    desk.check(asked)
    completion = Completion(body, base_of(request), int(desk.clock()))
    if body.stream:
        return chunk_stream(completion.chunks(desk, asked))
    whole = completion.whole(await desk.answer(asked, channel="openai"))
    unasked = None if body.yanda.answer else {"yanda"}
    return Response(whole.model_dump_json(exclude=unasked), media_type="application/json")


@router.get("/models", summary="The one model there is")
async def models() -> ModelList:
    return ModelList()


@router.get("/models/{model}", summary="The model by its name")
async def model(model: ModelName) -> ModelOut:
    _known(model)
    return ModelOut()


def _known(model: str) -> None:
    if model != MODEL:
        blamed = (FieldError("model", f"{model!r} is not there"),)
        raise Problem(404, f"the model {model!r} does not exist; use {MODEL!r}", errors=blamed, code="model_not_found")


def _asked(body: ChatIn) -> Ask:
    """The question with the conversation before it; of a long one the end, of a long message the beginning."""
    last = max((place for place, message in enumerate(body.messages) if message.role == "user"), default=None)
    if last is None:
        raise _wrong("has no message of the user, so nothing is asked")
    turns = [_turn(message) for message in body.messages[:last] if message.role in TURNS and message.content]
    question, documents = body.messages[last].content, list(body.yanda.documents)
    try:
        return ask_of(AskIn(question=question, history=turns[-MAX_HISTORY:], documents=documents))
    except ValidationError as error:
        raise _wrong(f"the last of the user {error.errors()[0]['msg'].removeprefix('Value error, ')}") from error


def _turn(message: MessageIn) -> TurnIn:
    role: Literal["user", "assistant"] = "user" if message.role == "user" else "assistant"
    return TurnIn(role=role, content=plain.without_below(message.content)[:MAX_TURN])


def _wrong(what: str) -> Problem:
    return Problem(400, f"messages: {what}", errors=(FieldError("messages", what),), code="invalid_value")

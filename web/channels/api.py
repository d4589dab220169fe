"""Questions, searches and documents as JSON."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from starlette.status import HTTP_204_NO_CONTENT

from rag.settings import Settings
from rag.types import Ask, Delta, Found, Stage, Turn
from web.channels.health import TheDesk
from web.desk import Desk
from web.events import Sent, event_stream, wants_events
from web.problems import Problem
from web.schemas import (
    AnswerOut,
    AskIn,
    DocumentOut,
    DocumentSummary,
    FeedbackIn,
    SearchOut,
    citation_out,
    document_out,
    search_out,
)

__all__ = ["ask_of", "feedback", "install", "json_only"]


def json_only(request: Request) -> None:
    """415 for a body that does not say it is JSON."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise Problem(415, f"the content type is {kind or 'missing'!r}; send application/json")


router = APIRouter(prefix="/api")


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


@router.post(
    "/ask",
    tags=["answers"],
    summary="Ask a question",
    response_model=AnswerOut,
    dependencies=[Depends(json_only)],
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def ask(body: AskIn, request: Request, desk: TheDesk) -> Response:
    """The answer with its citations; with `Accept: text/event-stream` the events stage, passages, delta, answer, error."""
    asked = ask_of(body)
    desk.check(asked)
    if wants_events(request):
        return event_stream(_steps(desk, asked))
    answer = await desk.answer(asked)
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post(
    "/answers/{answer_id}/feedback",
    tags=["answers"],
    summary="Say whether an answer helped",
    status_code=HTTP_204_NO_CONTENT,
    dependencies=[Depends(json_only)],
)
def feedback(answer_id: str, body: FeedbackIn, desk: TheDesk) -> None:
    """Kept with the answer for people to read; it changes no ranking."""
    if not desk.saved.rate(answer_id, helpful=body.helpful, reason=body.reason, given_at=desk.clock()):
        raise Problem(404, f"no answer has the id {answer_id!r}")


@router.get("/search", tags=["library"], summary="Passages without an answer")
async def search(
    desk: TheDesk,
    q: Annotated[str, Query(min_length=1, max_length=2000, pattern=r"\S", description="words to search for")],
    k: Annotated[int, Query(ge=1, le=50, description="how many passages")] = 10,
    document: Annotated[tuple[str, ...], Query(description="ids to stay within")] = (),
) -> SearchOut:
    """The best passages first; a score compares passages of one search and means nothing by itself."""
    desk.check(Ask(q, documents=document))
    return search_out(q, await desk.search(q, k, document))


@router.get("/documents", tags=["library"], summary="The library")
async def documents(desk: TheDesk) -> list[DocumentSummary]:
    return desk.summaries()


@router.get("/documents/{document_id:path}", tags=["library"], summary="One document")
async def document(document_id: str, desk: TheDesk) -> DocumentOut:
    """Its text, sections and metadata; every offset anywhere counts characters of this text."""
    return document_out(desk.document(document_id), desk.bot.library.counts_of(document_id))


def ask_of(body: AskIn) -> Ask:
    turns = tuple(Turn(turn.role, turn.content) for turn in body.history)
    return Ask(body.question, turns, tuple(body.documents))


async def _steps(desk: Desk, asked: Ask) -> AsyncGenerator[Sent]:
    async with aclosing(desk.steps(asked, desk.new_id())) as steps:
        async for step in steps:
            yield _event(step)


def _event(step: Stage | Found | Delta | AnswerOut) -> Sent:
    match step:
        case Stage():
            return "stage", {"name": step.name}
        case Found():
            return "passages", {"citations": [citation_out(citation).model_dump() for citation in step.citations]}
        case Delta():
            return "delta", {"text": step.text}
        case AnswerOut():
            return "answer", step.model_dump(mode="json")

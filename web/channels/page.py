"""The chat in a browser: whole without JavaScript, streamed with it, from the same templates."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from urllib.parse import parse_qs

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from starlette.status import HTTP_204_NO_CONTENT

from rag.settings import Settings
from rag.types import Ask, Delta, Found, Stage, Turn
from web import markdown
from web.channels.api import ask_of, feedback, json_only
from web.channels.health import TheDesk
from web.desk import Desk
from web.events import Sent, event_stream, wants_events
from web.pages import Pages
from web.problems import Problem, of_validation
from web.saved import SavedAnswer
from web.schemas import AnswerOut, AskIn, CitationOut, citation_out

__all__ = ["install"]

router = APIRouter(include_in_schema=False)


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


FORM = "application/x-www-form-urlencoded"
EXAMPLES = 4
REMEMBERED = 12  # earlier answers of a conversation that a follow-up may lean on


@router.get("/")
async def start(request: Request, desk: TheDesk, q: str = "", part: bool = False) -> HTMLResponse:
    """The first page; `part=1` is what it offers to begin with, which grows while a new index tries its questions."""
    chosen = tuple(request.query_params.getlist("document"))
    if part:
        pages: Pages = request.app.state.pages
        return pages.show(request, "_examples.html", examples=desk.bot.examples(chosen)[:EXAMPLES])
    return _chat(request, desk, (), question=q, chosen=chosen)


@router.post("/")
async def ask(request: Request, desk: TheDesk) -> Response:
    """The question of the form, answered in the whole page, or step by step for the page's script."""
    form = await _form(request)
    earlier = await to_thread.run_sync(_earlier, desk, form)
    streamed = wants_events(request)
    try:
        asked = _asked(form, earlier)
        desk.check(asked)
    except Problem as wrong:
        if streamed or wrong.status_code != 422:
            raise
        turns = tuple(kept.answer for kept in earlier)
        return _chat(request, desk, turns, question=_last(form, "question"), wrong=True)
    if streamed:
        return event_stream(_steps(request, desk, asked))
    answer = await desk.answer(asked, channel="page")
    return _chat(request, desk, (*(kept.answer for kept in earlier), answer), chosen=asked.documents)


@router.get("/a/{answer_id}")
def saved(answer_id: str, request: Request, desk: TheDesk, part: bool = False) -> HTMLResponse:
    """An answer as it was given, whether or not the library is loaded; `part=1` leaves out the page around it."""
    kept = desk.saved.find(answer_id)
    if kept is None:
        raise Problem(404, f"no answer has the id {answer_id!r}")
    if part:
        pages: Pages = request.app.state.pages
        return pages.show(request, "_turn.html", answer=kept.answer)
    return _chat(request, desk, (kept.answer,), kept=kept)


# the page's own way to say so: /api wants a key where keys are set, and a page has none
router.post("/a/{answer_id}/feedback", status_code=HTTP_204_NO_CONTENT, dependencies=[Depends(json_only)])(feedback)


@router.get("/favicon.ico")
async def favicon() -> RedirectResponse:
    """Where browsers look for the icon of what is no page, such as a chart opened alone."""
    return RedirectResponse("/static/icon.svg", status_code=301)


@router.get("/docs")
async def description(request: Request) -> HTMLResponse:
    """The description that the code itself generates, readable without anybody else's script."""
    pages: Pages = request.app.state.pages
    return pages.show(request, "api.html", api=request.app.openapi())


def _chat(
    request: Request,
    desk: Desk,
    turns: tuple[AnswerOut, ...],
    *,
    question: str = "",
    chosen: tuple[str, ...] = (),
    kept: SavedAnswer | None = None,
    wrong: bool = False,
) -> HTMLResponse:
    pages: Pages = request.app.state.pages
    # a saved answer can be shown while the library is still being read, a question cannot be asked
    bot = desk.bot if desk.ready or kept is None else None
    library = bot.library if bot else None
    return pages.show(
        request,
        "chat.html",
        status=422 if wrong else 200,
        turns=turns,
        question=question,
        chosen=chosen,
        wrong=wrong,
        kept=kept,
        moved=kept is not None and library is not None and kept.answer.index != library.fingerprint,
        documents=desk.summaries() if library else [],
        examples=bot.examples(chosen)[:EXAMPLES] if bot and not turns else (),
    )


async def _form(request: Request) -> dict[str, list[str]]:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != FORM:
        raise Problem(415, f"the content type is {kind or 'missing'!r}; send {FORM}")
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qs(body, keep_blank_values=True, errors="replace", max_num_fields=2000)
    except ValueError as error:
        raise Problem(400, f"the form cannot be read: {error}") from error


def _earlier(desk: Desk, form: dict[str, list[str]]) -> tuple[SavedAnswer, ...]:
    ids = _last(form, "thread").split()[-REMEMBERED:]
    return tuple(kept for kept in map(desk.saved.find, ids) if kept is not None)


def _asked(form: dict[str, list[str]], earlier: tuple[SavedAnswer, ...]) -> Ask:
    """The chip that was pressed, else what was typed; the conversation is read from what was saved, not sent."""
    question = _last(form, "pick") or _last(form, "question")
    try:
        asked = ask_of(AskIn(question=question, documents=form.get("documents", [])))
    except ValidationError as error:
        raise of_validation(error.errors()) from error
    history = tuple(turn for kept in earlier for turn in _turns(kept.answer))
    return Ask(asked.question, history, asked.documents)


def _turns(answer: AnswerOut) -> tuple[Turn, Turn]:
    return Turn("user", answer.standalone_question), Turn("assistant", answer.answer)


def _last(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[-1]


async def _steps(request: Request, desk: Desk, asked: Ask) -> AsyncGenerator[Sent]:
    pages: Pages = request.app.state.pages
    answer_id = desk.new_id()
    yield "begin", {"id": answer_id}
    citations: list[CitationOut] = []
    text = ""
    async with aclosing(desk.steps(asked, answer_id, channel="page")) as steps:
        async for step in steps:
            match step:
                case Stage():
                    yield "stage", {"name": step.name, "html": pages.text(request, "_stage.html", stage=step.name)}
                case Found():
                    citations = [citation_out(citation) for citation in step.citations]
                    yield "sources", {"html": pages.text(request, "_sources.html", citations=citations)}
                case Delta():
                    text += step.text
                    yield "body", {"html": markdown.render_draft(text, citations)}
                case AnswerOut():
                    yield "answer", {"id": step.id, "html": pages.text(request, "_turn.html", answer=step)}

"""The chart of an answer as a picture or as a table: SVG, PNG, CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, Query, Request, Response

from rag.settings import Settings
from web import charts, strings
from web.channels.health import TheDesk
from web.charts import Look
from web.figures import Figure, figure_of, table_as_csv
from web.pages import language_of
from web.problems import Problem

__all__ = ["install"]

router = APIRouter(include_in_schema=False)
_DAY = 24 * 3600
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set. One drawing at a time: more would not be faster."""
    app.state.drawing = CapacityLimiter(1)
    app.include_router(router)


def _svg(figure: Figure, look: Look, _language: str) -> bytes:
    return charts.svg(figure.chart, look).encode()


def _png(figure: Figure, look: Look, _language: str) -> bytes:
    return charts.png(figure.chart, look)


def _csv(figure: Figure, _look: Look, language: str) -> bytes:
    return table_as_csv(figure, language).encode()


_MADE: dict[str, tuple[str, Callable[[Figure, Look, str], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}


@router.get("/a/{answer_id}/chart.{kind}")
async def chart(
    answer_id: str,
    kind: str,
    request: Request,
    desk: TheDesk,
    part: Annotated[bool, Query()] = False,
    dark: Annotated[bool, Query()] = False,
    narrow: Annotated[bool, Query()] = False,
    download: Annotated[bool, Query()] = False,
) -> Response:
    """The picture under its title with its source; `part=1` leaves both out, for a page that says them itself."""
    kept = desk.saved.find(answer_id)
    figure = figure_of(kept.answer) if kept else None
    if figure is None or kind not in _MADE:
        raise Problem(
            404, f"the answer {answer_id!r} has no chart.{kind}; there are {', '.join(_MADE)} where an answer has one"
        )
    language = language_of(request)
    source = "" if part else strings.say(language, "chart_source", sources=figure.sources)
    media, make = _MADE[kind]
    made = await to_thread.run_sync(
        make, figure, Look(dark=dark, narrow=narrow, source=source), language, limiter=request.app.state.drawing
    )
    # an answer never changes, how it is drawn may
    headers = {"Cache-Control": f"private, max-age={_DAY}", "Vary": "Accept-Language, Cookie"}
    if download:
        headers["Content-Disposition"] = _attached(figure.chart.title, answer_id, kind)
    return Response(made, media_type=media, headers=headers)


def _attached(title: str, answer_id: str, kind: str) -> str:
    """A file named for the title, by its id where a client cannot read that."""
    named = _UNSAFE.sub(" ", title).strip(" .")[:80] or answer_id
    return f"attachment; filename=\"chart-{quote(answer_id)}.{kind}\"; filename*=UTF-8''{quote(f'{named}.{kind}', safe='')}"

"""The library and its documents, to be read in a browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from rag.settings import Settings
from web import viewer
from web.channels.health import TheDesk
from web.pages import Pages
from web.schemas import document_summary

__all__ = ["install"]

router = APIRouter(include_in_schema=False)


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


@router.get("/documents")
async def library(request: Request, desk: TheDesk) -> HTMLResponse:
    pages: Pages = request.app.state.pages
    shelf = [document_summary(document) for document in desk.bot.library.documents.values()]
    return pages.show(request, "library.html", documents=shelf)


@router.get("/documents/{document_id:path}")
async def document(
    document_id: str, request: Request, desk: TheDesk, c: str = "", part: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """The source viewer; `c=512-547` marks those characters, `part=1` leaves out the page around the document."""
    pages: Pages = request.app.state.pages
    found = desk.document(document_id)
    mark = viewer.parse_mark(c, found) if c else None
    return pages.show(
        request,
        "_document.html" if part else "document.html",
        document=document_summary(found),
        outline=viewer.outline(found),
        text=viewer.render(found, mark),
        path_of_mark=viewer.path_at(found, mark.start) if mark else (),
        mark_missing=bool(c) and mark is None,
        mark=f"{mark.start}-{mark.end}" if mark else "",
    )

"""The library and its documents, to be read in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from index.chinese.fold import fold
from index.formats import PARSERS
from rag.settings import Settings
from web import viewer
from web.channels.admin import MAX_UPLOAD
from web.channels.health import TheDesk
from web.find import LONGEST, find
from web.pages import Pages
from web.schemas import DocumentSummary, document_summary

__all__ = ["install"]

router = APIRouter(include_in_schema=False)

EXAMPLES = 6

# what the list can be sorted by, and the way round in which it is wanted as a rule
ORDERS: dict[str, tuple[Callable[[DocumentSummary], str | int], bool]] = {
    "date": (lambda document: document.date, True),
    "title": (lambda document: fold(document.title), False),
    "publisher": (lambda document: fold(document.publisher), False),
    "characters": (lambda document: document.characters, True),
}


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


@router.get("/documents")
async def library(
    request: Request, desk: TheDesk, q: str = "", sort: str = "", part: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """All documents, or those whose particulars have the words; `part=1` leaves out the page around the list."""
    q = q[:LONGEST]
    pages: Pages = request.app.state.pages
    settings: Settings = request.app.state.settings
    everything = desk.summaries()
    shown = [document for document in everything if _has(document, q)]
    if sort in ORDERS:
        key, downwards = ORDERS[sort]
        shown.sort(key=key, reverse=downwards)
    return pages.show(
        request,
        "_shelf.html" if part else "library.html",
        documents=shown,
        count=len(everything),
        query=q,
        sort=sort if sort in ORDERS else "",
        formats=tuple(PARSERS),
        most_mb=MAX_UPLOAD // 1024**2,
        most_bytes=MAX_UPLOAD,
        managed=bool(settings.admin_key),
        writable=not settings.on_packaged_seeds,
    )


@router.get("/documents/{document_id:path}")
async def document(
    document_id: str, request: Request, desk: TheDesk, c: str = "", q: str = "", part: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """The source viewer; `c=512-547` marks those characters, `q` words, `part=1` leaves out the page around the document."""
    pages: Pages = request.app.state.pages
    found, bot, q = desk.document(document_id), desk.bot, q[:LONGEST]
    mark = viewer.parse_mark(c, found) if c else None
    hits = find(found, q)
    return pages.show(
        request,
        "_document.html" if part else "document.html",
        document=document_summary(found, bot.library.counts_of(document_id)),
        outline=viewer.outline(found),
        text=viewer.render(found, mark, hits),
        path_of_mark=viewer.path_at(found, mark.start) if mark else (),
        mark_missing=bool(c) and mark is None,
        mark=f"{mark.start}-{mark.end}" if mark else "",
        query=q,
        hits=len(hits),
        examples=() if part else bot.examples((document_id,))[:EXAMPLES],
    )


def _has(document: DocumentSummary, words: str) -> bool:
    told = fold(" ".join((document.title, document.publisher, document.date, document.kind, document.note, document.source)))
    return all(word in told for word in fold(words).split())

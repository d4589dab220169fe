"""Is it alive, and is its library loaded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request

from rag.settings import Settings
from web.desk import Desk

__all__ = ["TheDesk", "install"]

router = APIRouter(tags=["health"])


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


def desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk)]


@router.get("/healthz", summary="Alive")
async def healthz() -> dict[str, bool]:
    """200 as soon as the process takes requests."""
    return {"alive": True}


@router.get("/readyz", summary="Library loaded")
async def readyz(desk: TheDesk) -> dict[str, bool | int | str]:
    """200 once questions can be answered; 503 with `Retry-After` before."""
    library = desk.bot.library
    return {"ready": True, "documents": len(library.documents), "index": library.fingerprint}

"""The metrics of this server, for Prometheus to read."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request, Response

from rag.settings import Settings
from web.channels.health import TheDesk
from web.door.metrics import CONTENT_TYPE, Held, Metrics

__all__ = ["install"]

router = APIRouter(tags=["health"])


def install(app: FastAPI, _settings: Settings) -> None:
    """Its routes; nothing of them can be set."""
    app.include_router(router)


@router.get("/metrics", summary="Metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request, desk: TheDesk) -> Response:
    """Prometheus' text format; with several workers, what all of them have counted together."""
    counted: Metrics = request.app.state.metrics
    library = desk.bot.library if desk.ready else None
    held = Held(len(library.documents), len(library.passages), library.fingerprint) if library else None
    return Response(counted.text(held), media_type=CONTENT_TYPE)

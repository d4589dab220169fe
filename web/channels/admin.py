"""The library changed over HTTP: documents brought, taken away, read anew, for whoever holds the admin key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from starlette.datastructures import UploadFile
from starlette.status import HTTP_202_ACCEPTED

from index.errors import IndexingError, NameTaken, NoPlace, UnknownFormat, UnreadableFile
from index.formats import PARSERS
from index.intake import file_of, tray
from rag.settings import Settings
from web.building import Building
from web.channels.health import TheDesk
from web.description import ADMINISTRATION
from web.door.keys import require
from web.job_schemas import JobOut, job_out
from web.jobs import Job, JobKind, Jobs
from web.problems import Problem

__all__ = ["MAX_UPLOAD", "install"]

MAX_UPLOAD = 20 * 1024 * 1024  # bytes of one request
MOST_FILES = 100

# the most telling first: an error counts as the first kind that it is
STATUS: tuple[tuple[type[IndexingError], int], ...] = (
    (UnknownFormat, 415),
    (UnreadableFile, 422),
    (NameTaken, 409),
    (NoPlace, 409),
)
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


def opened_by_key(request: Request) -> None:
    """403 where no admin key is set, 401 without it."""
    settings: Settings = request.app.state.settings
    if not settings.admin_key:
        raise Problem(403, "changing the library over HTTP is closed: admin_key is not set; set YANDA_ADMIN_KEY to open it")
    require(request, (settings.admin_key,))


router = APIRouter(prefix="/api", tags=[ADMINISTRATION], dependencies=[Depends(opened_by_key)])


def install(app: FastAPI, settings: Settings) -> None:
    """Its routes, closed without an admin key; jobs run as long as the app does."""
    jobs = Jobs(app.state.database, app.state.desk.clock)
    app.state.jobs = jobs
    app.state.building = Building(settings, jobs, app.state.database.path, app.state.fresh)
    app.state.running.append(app.state.building.running)
    app.state.body_limits["/api/documents"] = MAX_UPLOAD
    app.include_router(router)


@router.post(
    "/documents", summary="Bring documents", status_code=HTTP_202_ACCEPTED, response_model=JobOut, openapi_extra=UPLOAD
)
async def upload(
    request: Request,
    response: Response,
    desk: TheDesk,
    replace: Annotated[bool, Query(description="whether files of the same name are replaced")] = False,
) -> JobOut:
    """All files or none: each is read before any is kept, and one that cannot be is refused with the reason."""
    # the body is read here and not by the framework, so that nobody without the key makes the server take it
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise Problem(415, f"the content type is {kind or 'missing'!r}; send multipart/form-data with one file or several")
    async with request.form(max_files=MOST_FILES) as form:
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        if not files:
            raise Problem(422, f"no file was sent; send one or several of: {' '.join(PARSERS)}")
        ids = await to_thread.run_sync(_let_in, request.app.state.settings, files, replace)
    building: Building = request.app.state.building
    return _begun(building.begin(desk.new_id(), JobKind.UPLOAD, ids), response)


@router.delete(
    "/documents/{document_id:path}", summary="Take a document away", status_code=HTTP_202_ACCEPTED, response_model=JobOut
)
async def remove(document_id: str, request: Request, response: Response, desk: TheDesk) -> JobOut:
    """Its file is deleted, and the index brought in line; what was answered from it stays as it was answered."""
    desk.document(document_id)
    await to_thread.run_sync(_take_away, request.app.state.settings, document_id)
    building: Building = request.app.state.building
    return _begun(building.begin(desk.new_id(), JobKind.REMOVE, (document_id,)), response)


@router.post("/reindex", summary="Bring the index in line", status_code=HTTP_202_ACCEPTED, response_model=JobOut)
async def reindex(
    request: Request,
    response: Response,
    desk: TheDesk,
    rebuild: Annotated[bool, Query(description="start over instead of reading only what changed")] = False,
) -> JobOut:
    """For files that were put into the corpus folders by hand."""
    building: Building = request.app.state.building
    return _begun(building.begin(desk.new_id(), JobKind.REINDEX, (), rebuild=rebuild), response)


@router.get("/jobs", summary="The latest jobs")
def latest(request: Request) -> list[JobOut]:
    """The newest first, 20 at most."""
    jobs: Jobs = request.app.state.jobs
    return [job_out(one) for one in jobs.latest(20)]


@router.get("/jobs/{job_id}", summary="How far a job is")
def job(job_id: str, request: Request) -> JobOut:
    """State queued, running, done or failed; once it is done, questions are answered from the new index."""
    jobs: Jobs = request.app.state.jobs
    found = jobs.find(job_id)
    if found is None:
        raise Problem(404, f"no job has the id {job_id!r}")
    return job_out(found)


def _begun(job: Job, response: Response) -> JobOut:
    response.headers["Location"] = f"/api/jobs/{job.id}"
    return job_out(job)


def _let_in(settings: Settings, files: list[UploadFile], replace: bool) -> tuple[str, ...]:
    with _changing(settings), tray(settings.corpus, settings.data_dir) as waiting:
        for file in files:
            with waiting.place(file.filename or "").open("wb") as kept:
                shutil.copyfileobj(file.file, kept)
        return waiting.let_in(replace=replace)


def _take_away(settings: Settings, document_id: str) -> None:
    with _changing(settings):
        if path := file_of(settings.corpus, settings.data_dir, document_id):
            path.unlink(missing_ok=True)


@contextmanager
def _changing(settings: Settings) -> Iterator[None]:
    """What goes wrong with a file as a problem; the documents that were installed with 研答 are left alone."""
    if settings.on_packaged_seeds:
        raise Problem(409, "the documents are those installed with 研答; set corpus to a folder of your own to change them")
    try:
        yield
    except IndexingError as error:
        status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
        raise Problem(status, str(error)) from error
    except OSError as error:
        raise Problem(409, f"{error.filename or 'the corpus folder'} cannot be changed: {error.strerror}") from error

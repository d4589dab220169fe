"""What does a client see when something is wrong: an RFC 9457 problem, or the same said in a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from web.pages import Pages

__all__ = ["UNFORESEEN", "FieldError", "Problem", "install", "of_validation", "openai_error", "problem", "respond"]

# paths whose callers are programs: never an HTML page, whatever they say they accept
FOR_PROGRAMS = ("/api", "/v1", "/mcp", "/slack", "/healthz", "/readyz", "/metrics", "/openapi.json")

# how OpenAI names what is wrong: type and code by status, and codes for what validation calls otherwise
OPENAI_KINDS: dict[int, tuple[str, str | None]] = {
    401: ("invalid_request_error", "invalid_api_key"),
    429: ("requests", "rate_limit_exceeded"),
    500: ("server_error", None),
    503: ("server_error", "service_unavailable"),
}
OPENAI_CODES = {"missing": "missing_required_parameter", "literal_error": "unsupported_value"}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of the request that was not accepted, by its dotted name (`history.0.role`), and why."""

    field: str
    message: str


class Problem(HTTPException):
    """An error with its status, a sentence for a person, the fields to mend, and a word for programs (`too_long`)."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        code: str = "",
    ) -> None:
        super().__init__(status_code=status, detail=detail, headers=headers)
        self.errors = tuple(errors)
        self.code = code


UNFORESEEN = Problem(500, "something went wrong on the server; its log says what")


def problem(status: int, detail: str, errors: Sequence[FieldError] = ()) -> dict[str, object]:
    """The members of a problem document; `errors` only where fields are to blame."""
    members: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return members | ({"errors": [asdict(error) for error in errors]} if errors else {})


def openai_error(wrong: Problem) -> dict[str, object]:
    """The same as OpenAI writes it; `param` is the first field to mend, None where none is to blame."""
    kind, code = OPENAI_KINDS.get(wrong.status_code, ("invalid_request_error", None))
    return {
        "error": {
            "message": wrong.detail,
            "type": kind,
            "param": wrong.errors[0].field if wrong.errors else None,
            "code": OPENAI_CODES.get(wrong.code, wrong.code) or code,
        }
    }


def of_validation(details: Sequence[ErrorDetails]) -> Problem:
    """400 for a body that is no JSON, else 422 naming each field; the values sent are not repeated."""
    if details and details[0]["type"] == "json_invalid":
        place = details[0]["loc"][-1]
        return Problem(400, f"the body is not valid JSON at character {place}")
    errors = tuple(FieldError(_name(detail["loc"]), detail["msg"].removeprefix("Value error, ")) for detail in details)
    said = "; ".join(f"{error.field}: {error.message}" for error in errors)
    return Problem(422, said, errors=errors, code=details[0]["type"] if details else "")


def install(app: FastAPI) -> None:
    """Every error that a route raises on purpose leaves `app` as a problem; the door sees to the others."""
    app.add_exception_handler(HTTPException, _known)
    app.add_exception_handler(RequestValidationError, _invalid)


def respond(request: Request, wrong: Problem, headers: dict[str, str]) -> Response:
    """The problem as whoever asked wants it: a page, OpenAI's shape, or RFC 9457; for middleware, which cannot raise it."""
    status, detail = wrong.status_code, wrong.detail
    accepts = request.headers.get("accept", "")
    if "text/html" in accepts and not request.url.path.startswith(FOR_PROGRAMS):
        pages: Pages = request.app.state.pages
        loading = status == 503 and request.app.state.desk.loading
        name = "503" if loading else "404" if status == 404 else "other"
        return pages.show(
            request, "problem.html", status=status, headers=headers, name=name, code=status, detail=detail, loading=loading
        )
    write = next((write for prefix, write in WRITERS if request.url.path.startswith(prefix)), _written)
    return write(wrong, headers)


def _name(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if len(location) > 1 and location[0] in ("body", "query", "path") else location
    return ".".join(map(str, parts)) or "body"


def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = error if isinstance(error, Problem) else Problem(error.status_code, error.detail)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
    return respond(request, known, headers)


def _methods(request: Request) -> list[str]:
    """All that may be done with the path: a router names only what its first route for it takes."""
    routes = request.app.router.routes
    found = [route for route in routes if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in found for method in route.methods or ()} - {"HEAD"})


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _known(request, of_validation(error.errors()))


def _written(wrong: Problem, headers: dict[str, str]) -> Response:
    members = problem(wrong.status_code, wrong.detail, wrong.errors)
    return JSONResponse(members, wrong.status_code, headers, media_type="application/problem+json")


def _openai(wrong: Problem, headers: dict[str, str]) -> Response:
    # these clients know no 422
    status = 400 if wrong.status_code == 422 else wrong.status_code
    return JSONResponse(openai_error(wrong), status, headers)


# clients that expect errors in a form of their own, by the start of their paths
WRITERS: tuple[tuple[str, Callable[[Problem, dict[str, str]], Response]], ...] = (("/v1/", _openai),)

"""What does the description of the API say beside its shapes: which problems may be answered, and which keys open what."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.door.keys import wants_key

__all__ = ["DescribedAPI"]

ALWAYS = (401, 429, 503)  # a key may be asked for, there may be too many requests, the library may still be read
WITH_BODY = (400, 408, 413, 415, 422)
# who asks these is no caller of the API: keys, limits and the library are not in the way
APART: dict[str, tuple[int, ...]] = {"/healthz": (), "/readyz": (503,), "/metrics": ()}
ADMINISTRATION = "administration"  # the tag of what the admin key opens
KEY, ADMIN = "key", "admin_key"
SCHEMES = {
    KEY: {
        "type": "http",
        "scheme": "bearer",
        "description": "one of the setting `api_keys`; none is wanted where there are none",
    },
    ADMIN: {
        "type": "http",
        "scheme": "bearer",
        "description": "the setting `admin_key`: it opens what a key opens and, alone, the administration; 403 without it",
    },
}


class FieldErrorOut(BaseModel):
    field: str
    message: str


class ProblemOut(BaseModel):
    """RFC 9457; `errors` only where fields of the request are to blame."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldErrorOut] = []


class OpenAIErrorBody(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIErrorOut(BaseModel):
    error: OpenAIErrorBody


class DescribedAPI(FastAPI):
    """FastAPI, with the errors and keys that its handlers do not name added to its description."""

    def openapi(self) -> dict[str, Any]:
        """The whole description; what a route documents itself stays as it is."""
        if self.openapi_schema is None:
            description = super().openapi()
            schemas = description.setdefault("components", {}).setdefault("schemas", {})
            _, shapes = models_json_schema(
                [(ProblemOut, "serialization"), (OpenAIErrorOut, "serialization")], ref_template="#/components/schemas/{model}"
            )
            schemas |= shapes["$defs"]
            description["components"]["securitySchemes"] = SCHEMES
            keyed = bool(self.state.settings.api_keys)
            for path, operations in description["paths"].items():
                for operation in operations.values():
                    _complete(path, operation)
                    operation["security"] = _opened_by(path, operation, keyed=keyed)
            # what FastAPI promises by itself and our handlers never send
            for unsent in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unsent, None)
        return super().openapi()


def _opened_by(path: str, operation: dict[str, Any], *, keyed: bool) -> list[dict[str, list[str]]]:
    """Which keys open it, as OpenAPI says it: any one of these is enough, and an empty one stands for no key at all."""
    if _is_administration(operation):
        return [{ADMIN: []}]
    if not wants_key(path):
        return []
    return [{KEY: []}, {ADMIN: []}] if keyed else [{}, {KEY: []}]


def _is_administration(operation: dict[str, Any]) -> bool:
    return ADMINISTRATION in operation.get("tags", ())


def _complete(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]
    shape, media, names = _shape(path)
    for status in sorted({names.get(status, status) for status in _statuses(path, operation)}):
        content = {media: {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
        responses.setdefault(str(status), {"description": HTTPStatus(status).phrase, "content": content})


def _statuses(path: str, operation: dict[str, Any]) -> Iterator[int]:
    if path in APART:
        yield from APART[path]
        return
    yield from ALWAYS
    if "requestBody" in operation:
        yield from WITH_BODY
    if "parameters" in operation:
        yield 422
    if _is_administration(operation):
        yield 403
        if path.startswith("/api/documents"):
            yield 409  # the name is taken, or the folder is not ours to change
    # what is named in the path, or a model in the body, may not be there
    if "{" in path or path.startswith("/v1/chat"):
        yield 404


def _shape(path: str) -> tuple[str, str, dict[int, int]]:
    """The schema and media type of errors on this path, and the statuses that it knows by another number."""
    if path.startswith("/v1/"):
        return "OpenAIErrorOut", "application/json", {422: 400}
    return "ProblemOut", "application/problem+json", {}

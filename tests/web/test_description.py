"""Does the description of the API tell the truth: is every answer, to whatever it allows or forbids, one that it names?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.settings import Rate, Settings
from web.app import create_app

KEY = "a-key-0123456789"
ADMIN = "admin-key-0123456789"

# too large is a way of refusing, too; which valid questions are refused for what they say, no schema can tell
CONFIG = """
[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = ["400", "404", "405", "413", "415", "422"]
"""


@pytest.fixture
def everything_open(bot: Any, serve: Any, tmp_path: Path) -> Iterator[str]:
    """A server that wants keys and changes a library of its own, for somebody in a hurry."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "pond.md").write_text("# 池塘\n\n青塘镇共有池塘412口。\n", "utf-8")
    settings = Settings(
        corpus=(corpus,), data_dir=tmp_path / "data", api_keys=(KEY,), admin_key=ADMIN, rate_limit=Rate(10**6, 1)
    )
    with serve(create_app(bot, settings=settings)) as address:
        yield address


def test_no_answer_is_a_server_error_or_undocumented(everything_open: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG, "utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{everything_open}/openapi.json"]
    command += ["--header", f"Authorization: Bearer {ADMIN}", "--seed", "1", "--no-color"]
    command += ["--max-examples", "5", "--phases", "examples,coverage,fuzzing"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, re.sub(r"(.)\1{200,}", r"\1…", done.stdout)[:10_000]
    operations = sum(map(len, httpx.get(f"{everything_open}/openapi.json").json()["paths"].values()))
    assert f"Tested: {operations}\n" in done.stdout


@pytest.mark.parametrize(("keys", "opened_by"), [((KEY,), [{"key": []}, {"admin_key": []}]), ((), [{}, {"key": []}])])
def test_every_operation_says_which_key_opens_it(bot: Any, tmp_path: Path, keys: tuple[str, ...], opened_by: list[Any]) -> None:
    description = create_app(bot, settings=Settings(data_dir=tmp_path, api_keys=keys, admin_key=ADMIN)).openapi()
    schemes = description["components"]["securitySchemes"]
    assert {name: scheme["scheme"] for name, scheme in schemes.items()} == {"key": "bearer", "admin_key": "bearer"}
    for path, operations in description["paths"].items():
        for operation in operations.values():
            closed = [{"admin_key": []}] if "administration" in operation["tags"] else opened_by
            assert operation["security"] == (closed if path.startswith(("/api/", "/v1/")) else []), path


@pytest.mark.anyio
async def test_errors_are_described_in_the_shape_in_which_they_are_sent(client: httpx.AsyncClient) -> None:
    description = (await client.get("/openapi.json")).json()
    for path, operations in description["paths"].items():
        shape = "OpenAIErrorOut" if path.startswith("/v1/") else "ProblemOut"
        for operation in operations.values():
            described = [content for status, content in operation["responses"].items() if status >= "400"]
            assert all(shape in str(content) for content in described), path
    assert "HTTPValidationError" not in str(description)


@pytest.mark.anyio
async def test_what_only_a_running_server_can_answer_is_told_only_where_it_happens(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert set(paths["/healthz"]["get"]["responses"]) == {"200"}
    assert set(paths["/readyz"]["get"]["responses"]) == {"200", "503"}
    assert set(paths["/api/documents/{document_id}"]["get"]["responses"]) == {"200", "401", "404", "422", "429", "503"}
    assert "422" not in paths["/v1/chat/completions"]["post"]["responses"]
    assert {"403", "409"} <= set(paths["/api/documents"]["post"]["responses"])
    assert "403" not in paths["/api/documents"]["get"]["responses"]

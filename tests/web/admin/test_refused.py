"""What is refused of those who would change the library: no job, and not a trace in the folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.settings import Settings, load_settings
from tests.web.admin.conftest import ADMIN, KEY, POND, TEA, sent
from web.app import create_app
from web.channels.admin import MAX_UPLOAD


@pytest.fixture
def closed(corpus: Path, tmp_path: Path, serve: Any, bot: Any) -> Iterator[httpx.Client]:
    """No key is set."""
    app = create_app(bot, settings=Settings(corpus=(corpus,), data_dir=tmp_path / "data"))
    with serve(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture
def open_one(settings: Settings, serve: Any, bot: Any) -> Iterator[httpx.Client]:
    """With the key, over a corpus whose index nobody needs."""
    with serve(create_app(bot, settings=settings)) as address, httpx.Client(base_url=address, headers=KEY) as client:
        yield client


CALLS = (
    ("POST", "/api/documents"),
    ("DELETE", "/api/documents/pond"),
    ("POST", "/api/reindex"),
    ("GET", "/api/jobs/01J"),
    ("GET", "/api/jobs"),
)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_an_admin_key_set_everything_is_closed(closed: httpx.Client, method: str, path: str) -> None:
    refused = closed.request(method, path, headers=KEY)
    assert refused.status_code == 403
    assert "YANDA_ADMIN_KEY" in refused.json()["detail"]


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Basic the-admin-key", "Bearer", "the-admin-key"])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_missing_or_wrong_key_is_401(open_one: httpx.Client, method: str, path: str, given: str | None) -> None:
    headers = {"Authorization": given} if given else {"Authorization": ""}
    refused = open_one.request(method, path, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"


def refused(client: httpx.Client, corpus: Path, status: int, *files: tuple[str, str | bytes], query: str = "") -> str:
    response = sent(client, *files, query=query)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert {path.name for path in corpus.iterdir()} == {"pond.md"}
    assert (corpus / "pond.md").read_text("utf-8") == POND
    return str(response.json()["detail"])


def test_a_format_that_cannot_be_read_is_refused_with_the_list(open_one: httpx.Client, corpus: Path) -> None:
    assert ".md" in refused(open_one, corpus, 415, ("照片.xyz", b"\x89PNG"))
    assert "no ending" in refused(open_one, corpus, 415, ("README", "字"))


@pytest.mark.parametrize("content", [b"", b"   \n", bytes(range(256)) * 4, b"---\ntitle: [\n---\n"])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_not_kept(
    open_one: httpx.Client, corpus: Path, content: bytes
) -> None:
    said = refused(open_one, corpus, 422, ("好.md", TEA), ("坏.md", content))
    assert "坏.md" in said


def test_a_name_that_is_taken_is_refused_unless_it_is_to_be_replaced(open_one: httpx.Client, corpus: Path) -> None:
    assert "replace=1" in refused(open_one, corpus, 409, ("pond.md", TEA))
    assert "pond.md" in refused(open_one, corpus, 409, ("Pond.txt", TEA))
    assert "pond.md" in refused(open_one, corpus, 409, ("pond.txt", TEA), query="?replace=1")
    assert "one document" in refused(open_one, corpus, 409, ("a b.md", TEA), ("a-b.md", TEA))
    replaced = sent(open_one, ("POND.md", TEA), query="?replace=1")
    assert replaced.status_code == 202
    assert [path.name for path in corpus.iterdir()] == ["pond.md"]
    assert (corpus / "pond.md").read_text("utf-8") == TEA


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../外面.md", "外面.md"),
        ("..\\..\\外面.md", "外面.md"),
        ("/etc/报告.md", "报告.md"),
        ("C:\\temp\\年 报\u202e.md", "年 报.md"),
        (".隐藏.md", "隐藏.md"),
        ("a:b*c?.md", "abc.md"),
        (f"{'长' * 300}.md", f"{'长' * 59}.md"),
    ],
)
def test_a_name_cannot_lead_out_of_the_folder(open_one: httpx.Client, corpus: Path, given: str, kept: str) -> None:
    assert sent(open_one, (given, TEA)).status_code == 202
    assert {path.name for path in corpus.iterdir()} == {"pond.md", kept}
    assert {path.name for path in corpus.parent.iterdir()} == {corpus.name, "data"}


@pytest.mark.parametrize("name", ["..", "../", "..md", ".md", "___.md", "names.txt"])
def test_a_name_with_nothing_in_it_is_refused(open_one: httpx.Client, corpus: Path, name: str) -> None:
    assert sent(open_one, (name, TEA)).status_code in (415, 422)
    assert {path.name for path in corpus.iterdir()} == {"pond.md"}


def test_a_file_may_be_larger_than_a_question_but_not_without_end(open_one: httpx.Client, corpus: Path) -> None:
    assert "larger" in refused(open_one, corpus, 413, ("大.md", b"x" * (MAX_UPLOAD + 1)))
    assert sent(open_one, ("中.md", TEA + "水位正常。" * 60_000)).status_code == 202
    assert open_one.post("/api/reindex", content=b"x" * 300_000).status_code in (202, 413)
    assert open_one.post("/api/ask", content=b"x" * 300_000, headers={"content-type": "application/json"}).status_code == 413


def test_a_body_that_is_no_form_is_refused(open_one: httpx.Client) -> None:
    assert open_one.post("/api/documents", json={}).status_code == 415
    assert sent(open_one).status_code in (415, 422)
    assert open_one.post("/api/documents", data={"files": "字"}, files={}).status_code in (415, 422)
    broken = open_one.post("/api/documents", content=b"--x\r\nhm", headers={"content-type": "multipart/form-data; boundary=y"})
    assert broken.status_code in (400, 422)


def test_an_unknown_document_or_job_is_404(open_one: httpx.Client) -> None:
    assert open_one.delete("/api/documents/none").status_code == 404
    assert open_one.get("/api/jobs/none").status_code == 404


def test_the_installed_documents_are_left_alone(tmp_path: Path, serve: Any, bot: Any) -> None:
    settings = load_settings({"YANDA_ADMIN_KEY": ADMIN}, tmp_path)
    with serve(create_app(bot, settings=settings)) as address, httpx.Client(base_url=address, headers=KEY) as client:
        for response in (sent(client, ("茶.md", TEA)), client.delete("/api/documents/qinghe-2031")):
            assert response.status_code == 409
            assert "set corpus" in response.json()["detail"]


def test_a_folder_that_cannot_be_written_into_is_said(tmp_path: Path, serve: Any, bot: Any) -> None:
    settings = Settings(corpus=(tmp_path / "none",), data_dir=tmp_path / "data", admin_key=ADMIN)
    with serve(create_app(bot, settings=settings)) as address, httpx.Client(base_url=address, headers=KEY) as client:
        response = sent(client, ("茶.md", TEA))
    assert (response.status_code, "set corpus" in response.json()["detail"]) == (409, True)

"""The library changed over HTTP: a real server over a small corpus of our own, indexed for real."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from rag import assemble
from rag.settings import Settings, load_settings
from web.app import create_app
from web.channels.admin import MAX_UPLOAD
from web.database import Database
from web.jobs import JobKind, Jobs

KEY = {"Authorization": "Bearer the-admin-key"}
ADMIN = "the-admin-key"

POND = """# 青塘镇渔业年报

## 产量

2021年底青塘镇共有池塘412口，全年鲈鱼产量达1.26万吨。
"""
TEA = """# 云岭茶厂月报

## 产量

云岭茶厂三月共采茶青37吨，比上一年多了4吨。
"""
TEA_QUESTION = "云岭茶厂三月采了多少茶青？"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "pond.md").write_text(POND, "utf-8")
    return folder


@pytest.fixture
def settings(corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus=(corpus,), data_dir=tmp_path / "data", admin_key=ADMIN)


@pytest.fixture
def library(settings: Settings, serve: Any) -> Iterator[httpx.Client]:
    assemble.build_index(settings)
    app = create_app(assemble.bot(settings), settings=settings)
    with serve(app) as address, httpx.Client(base_url=address, headers=KEY, timeout=60) as client:
        yield client


def sent(client: httpx.Client, *files: tuple[str, str | bytes], query: str = "", **more: Any) -> httpx.Response:
    return client.post(f"/api/documents{query}", files=[("files", file) for file in files], **more)


def ended(client: httpx.Client, begun: httpx.Response) -> dict[str, Any]:
    """The job once it has ended."""
    assert begun.status_code == 202, begun.text
    for _ in range(600):
        job: dict[str, Any] = client.get(begun.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"it did not end: {job}")


def ids(client: httpx.Client) -> set[str]:
    return {each["id"] for each in client.get("/api/documents").json()}


def answered(client: httpx.Client, question: str) -> bool:
    return bool(client.post("/api/ask", json={"question": question}).json()["answered"])


def test_a_document_is_brought_answered_from_and_taken_away(library: httpx.Client, corpus: Path) -> None:
    assert not answered(library, TEA_QUESTION)
    begun = sent(library, ("云岭 茶厂.md", TEA))
    assert begun.json()["state"] == "queued"
    assert begun.json()["documents"] == ["云岭-茶厂"]
    job = ended(library, begun)
    assert (job["state"], job["error"]) == ("done", "")
    assert (job["report"]["documents"], job["report"]["changed"], job["report"]["skipped"]) == (2, 1, [])
    assert (corpus / "云岭 茶厂.md").read_text("utf-8") == TEA
    answer = library.post("/api/ask", json={"question": TEA_QUESTION}).json()
    assert "37吨" in answer["answer"]
    assert answer["citations"][0]["document"] == "云岭-茶厂"

    assert [each["id"] for each in library.get("/api/jobs").json()] == [job["id"]]
    gone = ended(library, library.delete("/api/documents/云岭-茶厂"))
    assert (gone["state"], gone["kind"]) == ("done", "remove")
    assert ids(library) == {"pond"}
    assert not (corpus / "云岭 茶厂.md").exists()
    assert not answered(library, TEA_QUESTION)
    assert library.get(f"/a/{answer['id']}").status_code == 200
    assert [path.name for path in corpus.iterdir()] == ["pond.md"]


def test_questions_are_answered_from_the_old_index_while_the_new_one_is_built(library: httpx.Client) -> None:
    many = "\n\n".join(f"第{n}号茶园在{n + 3}月采茶青{n * 7 + 1}吨，由第{n % 9}组的{n + 20}人采摘。" for n in range(120))
    begun = sent(library, ("许多.md", f"# 茶园登记簿\n\n{many}\n"))
    before, states = 0, set()
    while (job := library.get(begun.headers["location"]).json())["state"] in ("queued", "running"):
        answer = library.post("/api/ask", json={"question": "2021年底青塘镇有多少口池塘？"}).json()
        assert "412" in answer["answer"]
        states |= {(job["state"], job["stage"])}
        before += "许多" not in ids(library)
    assert job["state"] == "done"
    assert before > 1
    assert {state for state, _ in states} >= {"running"}
    assert "embed" in {stage for _, stage in states}
    assert "许多" in ids(library)
    assert answered(library, "第50号茶园采了多少茶青？")


def test_several_files_come_together_and_uploads_at_once_all_arrive(library: httpx.Client) -> None:
    names = [f"茶厂{n}.txt" for n in range(4)]

    def bring(pair: list[str]) -> dict[str, Any]:
        return ended(library, sent(library, *((name, TEA.replace("37", name[2])) for name in pair)))

    with ThreadPoolExecutor(2) as pool:
        jobs = list(pool.map(bring, (names[:2], names[2:])))
    assert [job["state"] for job in jobs] == ["done", "done"]
    assert ids(library) == {"pond", "茶厂0", "茶厂1", "茶厂2", "茶厂3"}


def test_the_last_document_can_be_taken_away_and_another_brought(library: httpx.Client) -> None:
    assert ended(library, library.delete("/api/documents/pond"))["state"] == "done"
    assert ids(library) == set()
    assert not answered(library, TEA_QUESTION)
    for page in ("/", "/documents"):
        assert library.get(page).status_code == 200
    assert ended(library, sent(library, ("tea.md", TEA)))["state"] == "done"
    assert answered(library, TEA_QUESTION)


def test_a_file_put_there_by_hand_is_read_on_request(library: httpx.Client, corpus: Path) -> None:
    (corpus / "茶.md").write_text(TEA, "utf-8")
    (corpus / "坏.md").write_bytes(bytes(range(256)) * 4)
    job = ended(library, library.post("/api/reindex"))
    assert job["state"] == "done"
    assert [skipped["path"] for skipped in job["report"]["skipped"]] == ["坏.md"]
    assert ids(library) == {"pond", "茶"}
    assert ended(library, library.post("/api/reindex?rebuild=1"))["report"]["documents"] == 2


def test_an_index_that_somebody_else_built_is_noticed(library: httpx.Client, corpus: Path, settings: Settings) -> None:
    (corpus / "茶.md").write_text(TEA, "utf-8")
    assemble.build_index(settings)
    for _ in range(100):
        if ids(library) == {"pond", "茶"}:
            return
        time.sleep(0.1)
    raise AssertionError("the new index was not noticed within ten seconds")


def test_a_build_that_fails_leaves_the_old_index_and_says_so(library: httpx.Client, corpus: Path) -> None:
    corpus.rename(corpus.with_name("fort"))
    job = ended(library, library.post("/api/reindex"))
    assert (job["state"], job["report"]) == ("failed", None)
    assert "does not exist" in job["error"]
    assert ids(library) == {"pond"}
    assert answered(library, "2021年底青塘镇有多少口池塘？")


# what is refused: no job, and not a trace in the folder


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


def test_a_job_that_its_server_left_has_failed(settings: Settings, bot: Any, serve: Any) -> None:
    jobs = Jobs(Database(settings.data_dir / "answers.sqlite3"), time.time)
    jobs.add("left", JobKind.REINDEX, ())
    jobs.progress("left", "embed", 3, 9)
    with serve(create_app(bot, settings=settings)) as address, httpx.Client(base_url=address, headers=KEY) as client:
        job = client.get("/api/jobs/left").json()
    assert job["state"] == "failed"
    assert "POST /api/reindex" in job["error"]

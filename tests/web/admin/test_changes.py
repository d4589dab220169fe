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
from rag.settings import Settings
from tests.web.admin.conftest import KEY, TEA, sent
from web.app import create_app
from web.database import Database
from web.jobs import JobKind, Jobs

TEA_QUESTION = "云岭茶厂三月采了多少茶青？"


@pytest.fixture
def library(settings: Settings, serve: Any) -> Iterator[httpx.Client]:
    assemble.build_index(settings)
    app = create_app(assemble.bot(settings), settings=settings)
    with serve(app) as address, httpx.Client(base_url=address, headers=KEY, timeout=60) as client:
        yield client


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


def test_a_job_that_its_server_left_has_failed(settings: Settings, bot: Any, serve: Any) -> None:
    jobs = Jobs(Database(settings.data_dir / "answers.sqlite3"), time.time)
    jobs.add("left", JobKind.REINDEX, ())
    jobs.progress("left", "embed", 3, 9)
    with serve(create_app(bot, settings=settings)) as address, httpx.Client(base_url=address, headers=KEY) as client:
        job = client.get("/api/jobs/left").json()
    assert job["state"] == "failed"
    assert "POST /api/reindex" in job["error"]

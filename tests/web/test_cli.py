"""Can the command line be relied on: what it prints, where, and with which exit code?"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from index import embedders
from index.errors import IndexMissing
from web.cli import BROKEN, DONE, NO, WRONG_USAGE, main
from web.schemas import AnswerOut, SearchOut

ROOT = Path(__file__).parent.parent.parent
QUESTION = "紫藤药房2031年新开了多少家门店？"
UNKNOWN = "火星探测器什么时候发射？"

PHARMACY = """---
title: 紫藤药房2031年经营回顾
publisher: 青石财经
date: 2032-03-05
---

# 紫藤药房2031年经营回顾

## 门店

紫藤药房2031年新开门店17家，年底门店总数为236家。

## 收入

紫藤药房2031年收入为 4.6亿元，同比增长12.5%。
"""

SURVEY = """# 鹭洲药师阅读调查

## 阅读时长

受访药师每周阅读专业资料的时间平均为3.5小时，其中[1]线上阅读占2.1小时。
"""

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """The real model, loaded once for all the commands that run inside this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedders, "load", lru_cache(embedders.load))
        yield


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with two documents, indexed."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "wisteria-2031.md").write_text(PHARMACY, "utf-8")
    (folder / "seeds" / "heron-survey.md").write_text(SURVEY, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["index"]) == DONE
    return folder


@pytest.fixture
def within(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(library)
    return library


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failed(said: Said) -> str:
    """The one line on stderr, with nothing on stdout."""
    out, err = said.readouterr()
    assert out == ""
    assert err.startswith("yanda: ")
    assert err.count("\n") == 1
    return err.removeprefix("yanda: ").strip()


# index


def test_index_ends_with_a_table_of_what_was_read(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "a.md").write_text(PHARMACY, "utf-8")
    assert main(["index", "."]) == DONE
    out, err = capsys.readouterr()
    head, row = (line.split() for line in out.splitlines() if re.search(r"documents|^\s+\d", line))
    assert head == ["documents", "passages", "tables", "figures", "seconds"]
    assert row[0] == "1"
    assert int(row[3]) >= 4
    assert "1 file changed" in out
    assert "embed: " in err


@pytest.mark.usefixtures("within")
def test_index_again_changes_nothing_and_rebuild_starts_over(capsys: Said) -> None:
    assert main(["index"]) == DONE
    assert "nothing had changed" in capsys.readouterr().out
    assert main(["index", "--rebuild"]) == DONE
    assert "2 files changed" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_indexed(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "good.md").write_text(PHARMACY, "utf-8")
    (elsewhere / "empty.md").write_text("", "utf-8")
    assert main(["index", "."]) == BROKEN
    out, err = capsys.readouterr()
    assert re.search(r"^\s+1 ", out, re.MULTILINE)
    (skipped,) = [line for line in err.splitlines() if line.startswith("skipped")]
    assert skipped.startswith("skipped empty.md: ")
    assert main(["search", "门店"]) == DONE
    assert main(["check"]) == NO
    assert re.search(r"^WRONG  index .*empty\.md", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.usefixtures("elsewhere")
def test_a_folder_that_is_not_there_is_broken_input(capsys: Said) -> None:
    assert main(["index", "没有"]) == BROKEN
    assert "没有 does not exist" in failed(capsys)


# ask and search


@pytest.mark.usefixtures("within")
def test_ask_prints_the_answer_with_its_numbered_sources(capsys: Said) -> None:
    assert main(["ask", QUESTION]) == DONE
    out, err = capsys.readouterr()
    assert "17家" in out.split("\n\n")[0]
    assert "[1]" in out.split("\n\n")[0]
    assert "[1] 紫藤药房2031年经营回顾 · 青石财经 · 2032-03-05 · 门店\n" in out
    assert re.search(r"“.*17家.*”", out)
    assert "**" not in out
    assert err == ""


@pytest.mark.usefixtures("within")
def test_ask_declines_with_what_is_nearest_and_no_source(capsys: Said) -> None:
    assert main(["ask", UNKNOWN]) == DONE
    out = capsys.readouterr().out
    assert "[1] " not in out
    assert "nearest in the library:" in out


@pytest.mark.usefixtures("within")
def test_brackets_in_a_document_are_printed_as_they_are(capsys: Said) -> None:
    assert main(["search", "线上阅读", "-k", "1"]) == DONE
    assert "其中[1]线上阅读" in capsys.readouterr().out


@pytest.mark.usefixtures("within")
def test_ask_json_is_the_object_of_the_http_interface(capsys: Said) -> None:
    assert main(["ask", QUESTION, "--json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert AnswerOut.model_validate(answer).model_dump() == answer
    assert answer["answered"] is True
    assert all(f"[{citation['n']}]" in answer["answer"] for citation in answer["citations"])


@pytest.mark.usefixtures("within")
def test_a_question_can_stay_within_one_document(capsys: Said) -> None:
    assert main(["ask", QUESTION, "--document", "heron-survey", "--json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert {cited["document"] for cited in answer["citations"] + answer["nearest"]} <= {"heron-survey"}
    assert "17家" not in answer["answer"]


@pytest.mark.usefixtures("within")
def test_search_shows_document_section_and_score(capsys: Said) -> None:
    assert main(["search", "门店", "总数", "-k", "1"]) == DONE
    head, excerpt = capsys.readouterr().out.splitlines()
    assert re.match(r" 1 -?\d+\.\d{4}  紫藤药房2031年经营回顾 .* 门店  wisteria-2031$", head)
    assert "236家" in excerpt


@pytest.mark.usefixtures("within")
def test_search_json_is_the_object_of_the_http_interface(capsys: Said) -> None:
    assert main(["search", "阅读", "时长", "-k", "2", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert SearchOut.model_validate(found).model_dump() == found
    assert found["query"] == "阅读 时长"
    assert found["hits"][0]["document"] == "heron-survey"
    assert len(found["hits"]) == 2


# wrong usage, wrong settings, broken index


def test_python_runs_it_as_a_module_too(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "web", "asks")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (WRONG_USAGE, "")
    assert "'asks'" in done.stderr


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "COMMAND"),
        (["asks"], "asks"),
        (["ask"], "QUESTION"),
        (["ask", "  "], "visible character"),
        (["ask", "问" * 2001], "2001"),
        (["search", "词", "-k", "0"], "from 1 to 100"),
        (["search", "词", "-k", "五"], "from 1 to 100"),
        (["serve", "--port", "70000"], "from 0 to 65535"),
        (["eval", "x.jsonl", "--at-least", "95"], "from 0 to 1"),
        (["eval", "x.jsonl", "--at-least", "most"], "from 0 to 1"),
        (["ask", QUESTION, "--document", "heron"], "nearest one is heron-survey"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(capsys: Said, arguments: list[str], part: str) -> None:
    try:
        code = main(arguments)
    except SystemExit as left:  # the parser leaves by itself
        code = int(left.code or 0)
    assert code == WRONG_USAGE
    assert part in failed(capsys)


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize(
    ("setting", "value", "part"),
    [
        ("YANDA_STOR", "faiss", "YANDA_STORE"),
        ("YANDA_STORE", "fais", "expected one of: faiss"),
        ("YANDA_COMPOSER", "poet", "auto, quote or llm"),
        ("YANDA_EMBEDDER", "no/such-model", "no/such-model"),
    ],
)
def test_wrong_settings_are_one_line_and_exit_code_2(
    capsys: Said, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, part: str
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(["ask", QUESTION]) == WRONG_USAGE
    assert part in failed(capsys)


@pytest.mark.usefixtures("elsewhere")
def test_a_missing_index_names_the_command_that_builds_it(capsys: Said) -> None:
    assert main(["ask", QUESTION]) == BROKEN
    assert failed(capsys).endswith("run `yanda index`")


def test_a_damaged_index_names_the_command_that_mends_it(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "a.md").write_text(PHARMACY, "utf-8")
    assert main(["index", "."]) == DONE
    damaged = next(path for path in (elsewhere / ".yanda").rglob("*.store"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    capsys.readouterr()
    assert main(["search", "门店"]) == BROKEN
    assert "yanda index" in failed(capsys)
    assert main(["check"]) == NO
    assert re.search(r"^WRONG  index .*yanda index", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.usefixtures("elsewhere")
def test_the_traceback_comes_only_with_debug() -> None:
    with pytest.raises(IndexMissing):
        main(["ask", QUESTION, "--debug"])


# eval


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    rows: list[dict[str, object]] = [
        {"id": "shops", "kind": "number", "question": QUESTION, "must": [["17家"]], "source": ["wisteria-2031.md"]},
        {"id": "mars", "kind": "absent", "question": UNKNOWN, "refuse": True},
        {"id": "never", "kind": "number", "question": QUESTION, "must": [["99家"]]},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.usefixtures("within")
def test_eval_prints_each_kind_each_measure_and_what_was_wrong(questions: Path, capsys: Said) -> None:
    assert main(["eval", str(questions)]) == DONE
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["number", "2", "1", "50.0%"] in told
    assert ["absent", "1", "1", "100.0%"] in told
    assert ["all", "3", "2", "66.7%"] in told
    assert ["refusal", "recall", "100.0%"] in told
    assert ["never:", "misses", "99家"] in told


@pytest.mark.usefixtures("within")
def test_eval_under_the_bar_is_exit_code_1_and_the_json_says_why(questions: Path, capsys: Said) -> None:
    assert main(["eval", str(questions), "--json", "--at-least", "0.9"]) == NO
    board = json.loads(capsys.readouterr().out)
    assert board["accuracy"] == pytest.approx(2 / 3)
    assert board["citation_support"] == 1.0
    assert [wrong["id"] for wrong in board["wrong"]] == ["never"]
    assert main(["eval", str(questions), "--at-least", "0.6"]) == DONE


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize("content", [b"", b"{}", b"no json", b"\xff\xfe"])
def test_a_broken_evaluation_file_is_exit_code_3(tmp_path: Path, capsys: Said, content: bytes) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(content)
    assert main(["eval", str(path)]) == BROKEN
    assert "broken.jsonl" in failed(capsys)


# check


@pytest.mark.usefixtures("within")
def test_check_finds_everything_well_and_hides_secrets(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANDA_ADMIN_KEY", "sk-紫藤-0123456789abcdef")
    assert main(["check"]) == DONE
    out = capsys.readouterr().out
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["ok", name]
        for name in ("settings", "model", "reader", "index", "names", "store", "composer", "slack", "keys", "limit")
    ]
    assert "admin_key=hidden" in out
    assert "sk-紫藤" not in out
    assert re.search(r"index +[0-9a-f]{12}, .* 2 documents", out)


def test_check_lists_what_was_guessed_of_names_and_what_in_names_txt_says_nothing(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "seeds").mkdir()
    (elsewhere / "seeds" / "clinic.md").write_text("# 诊所\n\n云岫医疗（Farpeak）有药师36名。\n", "utf-8")
    names = elsewhere / "seeds" / "names.txt"
    for lines, code, said in (
        ("芷汀药房 = 芷汀\n", DONE, r"ok +names +1 from names\.txt, 1 guessed: 云岫医疗 = farpeak \(Latin letters, clinic\);"),
        ("云岫医疗 ≠ Farpeak\n", DONE, r"ok +names +0 from names\.txt, 0 guessed"),
        ("芷汀药房\n", NO, r"WRONG +names +names\.txt has lines that are neither .*: 芷汀药房; .*`yanda index`"),
    ):
        names.write_text(lines, "utf-8")
        assert main(["index"]) == DONE
        assert main(["check"]) == code
        assert re.search(said, capsys.readouterr().out)


@pytest.mark.usefixtures("within")
def test_half_of_slack_is_wrong_and_says_what_is_missing(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANDA_SLACK_BOT_TOKEN", "xoxb-1")
    assert main(["check"]) == NO
    assert "WRONG  slack     off until slack_signing_secret is set" in capsys.readouterr().out


@contextmanager
def llm_server(status: int, body: bytes = b"{}") -> Iterator[tuple[str, list[str]]]:
    """A server that answers every GET with `status`; gives its address and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
        server.shutdown()


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize(("status", "code", "mark"), [(200, DONE, "ok   "), (401, NO, "WRONG")])
def test_check_asks_the_llm_server_whether_it_is_there(
    capsys: Said, monkeypatch: pytest.MonkeyPatch, status: int, code: int, mark: str
) -> None:
    monkeypatch.setenv("YANDA_LLM_API_KEY", "sk-1")
    with llm_server(status) as (address, asked):
        monkeypatch.setenv("YANDA_LLM_BASE_URL", address)
        assert main(["check"]) == code
    assert asked == ["/v1/models Bearer sk-1"]
    assert f"{mark}  composer" in capsys.readouterr().out


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize(("model", "code", "said"), [("heron-7b", DONE, "heron-7b at http"), ("egret", NO, "egret; http")])
def test_check_says_which_models_there_are_where_the_one_asked_for_is_none(
    capsys: Said, monkeypatch: pytest.MonkeyPatch, model: str, code: int, said: str
) -> None:
    monkeypatch.setenv("YANDA_LLM_MODEL", model)
    with llm_server(200, b'{"data": [{"id": "heron-7b"}]}') as (address, _):
        monkeypatch.setenv("YANDA_LLM_BASE_URL", address)
        assert main(["check"]) == code
    shown = capsys.readouterr().out
    assert said in shown
    assert (code == DONE) or "has heron-7b; set llm_model to one of them" in shown


@pytest.mark.usefixtures("within")
def test_an_llm_server_that_is_not_there_is_wrong(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANDA_LLM_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    assert main(["check"]) == NO
    assert re.search(r"WRONG  composer .*cannot be reached; start it, or set", capsys.readouterr().out)


# serve, as a process of its own


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = (sys.executable, "-m", "web", "serve", *arguments)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], part: str) -> list[str]:
    """What the process says on stderr up to the first line with `part`, or all of it."""
    assert process.stderr
    told: list[str] = []
    for line in process.stderr:
        told.append(line)
        if part in line:
            break
    return told


def once_open(address: str, patience_s: float = 60) -> httpx.Response:
    end = time.monotonic() + patience_s
    while True:
        try:
            return httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            assert time.monotonic() < end, "the port never opened"
            time.sleep(0.05)


def test_serve_is_open_at_once_says_when_it_is_ready_and_ends_quietly(library: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with serving(library, "--port", str(port)) as process:
        assert once_open(address).status_code == 200
        assert httpx.get(f"{address}/readyz").status_code in (200, 503)
        told = lines_until(process, address)
        assert f"研答 is at {address}" in told[-1]
        assert httpx.get(f"{address}/readyz").status_code == 200
        answer = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60).json()
        assert "17家" in answer["answer"]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == DONE
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_serve_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0") as process:
        told = lines_until(process, "yanda:")
        assert told[-1].endswith("run `yanda index`\n")
        assert process.wait(timeout=30) == BROKEN


def test_serve_with_index_builds_it_first(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(PHARMACY, "utf-8")
    with serving(tmp_path, "--port", "0", "--index") as process:
        told = lines_until(process, "研答 is at")
        assert any(line.startswith("embed: ") for line in told)
        address = told[-1].split()[3]
        assert httpx.get(f"{address}/api/search", params={"q": "门店"}).json()["hits"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (DONE, -signal.SIGTERM)


def test_interrupting_while_the_index_is_built_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for number in range(40):
        (tmp_path / "seeds" / f"{number}.md").write_text(PHARMACY.replace("17", str(number + 1000)) * 3, "utf-8")
    with serving(tmp_path, "--port", "0", "--index") as process:
        lines_until(process, "embed: ")
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == DONE
        assert time.monotonic() - start < 10


@pytest.mark.usefixtures("within")
def test_a_port_that_is_taken_is_wrong_usage_and_another_is_named(capsys: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == WRONG_USAGE
    assert failed(capsys) == f"port {port} on 127.0.0.1 is taken by another program; choose another: --port {port + 1}"


@pytest.mark.usefixtures("within")
def test_a_host_that_is_not_ours_is_wrong_usage(capsys: Said) -> None:
    assert main(["serve", "--host", "203.0.113.1", "--port", "0"]) == WRONG_USAGE
    assert "203.0.113.1" in failed(capsys)


def test_a_reader_that_leaves_early_is_no_error(library: Path) -> None:
    command = f'{sys.executable} -c "import sys; from web.cli import main; sys.exit(main())"'
    script = f"{command} search 药房 -k 50 --json | true; echo ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=library, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("0\n", "")

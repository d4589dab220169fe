"""Does `yanda check` find what is wrong with settings, index, names, LLM server and Slack, and hide secrets?"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.web.cli.conftest import Said, free_port
from web.cli import DONE, NO, main


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

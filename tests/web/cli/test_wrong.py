"""Wrong usage, wrong settings, a broken index: is it one line, and the right exit code?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import IndexMissing
from tests.web.cli.conftest import PHARMACY, QUESTION, ROOT, Said, failed
from web.cli import BROKEN, DONE, NO, WRONG_USAGE, main


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

"""Does `yanda eval` tell right from wrong, kind by kind, and fail under its bar?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.cli.conftest import QUESTION, UNKNOWN, Said, failed
from web.cli import BROKEN, DONE, NO, main


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

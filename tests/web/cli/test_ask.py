"""Do `yanda ask` and `yanda search` print what the HTTP interface would give?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.cli.conftest import QUESTION, ROOT, UNKNOWN, Said
from web.cli import DONE, main
from web.schemas import AnswerOut, SearchOut


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


def test_a_reader_that_leaves_early_is_no_error(library: Path) -> None:
    command = f'{sys.executable} -c "import sys; from web.cli import main; sys.exit(main())"'
    script = f"{command} search 药房 -k 50 --json | true; echo ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=library, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("0\n", "")

"""Do the examples of the docs run as they are printed, in both languages?"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("clients.md", "clients.zh-CN.md")
PRINTED = ("http://127.0.0.1:8000", "2021年底医脉通有多少注册执业医生？")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def at(block: str, address: str) -> str:
    """The example as somebody would type it who serves elsewhere and asks something else."""
    assert all(printed in block for printed in PRINTED)
    return block.replace(PRINTED[0], address).replace(PRINTED[1], "有多少药师？")


def said(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_the_python_examples_answer(page: str, address: str, tmp_path: Path) -> None:
    whole, streamed = (said([sys.executable, "-c", at(block, address)], tmp_path) for block in blocks(page, "python"))
    assert f"[1] 青禾药师数字生活调查（2031） {address}/documents/qinghe-2031#c33-82\n" in whole
    assert "26万名" in streamed
    assert streamed.strip() in whole


@pytest.mark.parametrize("page", PAGES)
def test_the_curl_example_answers(page: str, address: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    (block,) = blocks(page, "sh")
    answer = json.loads(said(["sh", "-c", at(block, address).replace("curl ", "curl -sS ", 1)], tmp_path))
    assert answer["choices"][0]["message"]["content"].endswith("41%。[1]")


@pytest.mark.parametrize("page", PAGES)
def test_every_json_example_is_json(page: str) -> None:
    assert [list(json.loads(block)) for block in blocks(page, "json")] == [["mcpServers"]] * 2


def test_both_languages_print_the_same_examples() -> None:
    for kind in ("python", "js", "sh", "json"):
        english, chinese = (blocks(page, kind) for page in PAGES)
        assert english == chinese
        assert english

"""A tiny corpus of our own with a tiny golden file, and pages with room for tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.pages import END, START

POND = """# 青塘镇渔业年报

## 产量

2021年底青塘镇共有池塘412口，全年鲈鱼产量达1.26万吨，比上一年增长８．４％。

养殖户平均每天巡塘2.5小时，其中六成用手机查看水温。

## 补贴

增氧机的补贴为300万元，苗种的补贴为150万元。
"""
ORCHARD = """# 白岭果园手记

白岭果园今年采收脐橙86吨，其中两成做成了果干。

果园的主人是罗阿妹，她在山上种了三十年树。
"""
QUESTIONS = (
    {"id": "p1", "kind": "figure", "question": "2021年底青塘镇有多少口池塘？", "must": [["412"]], "source": ["pond.md"]},
    {"id": "p2", "kind": "figure", "question": "养殖户平均每天巡塘几小时？", "must": [["2.5"]], "source": ["pond.md"]},
    {"id": "o1", "kind": "who", "question": "白岭果园的主人是谁？", "must": [["罗阿妹"]], "source": ["orchard.md"]},
    {"id": "o2", "kind": "figure", "question": "白岭果园采收了多少吨脐橙？", "must": [["86"]], "source": ["orchard.md"]},
    {"id": "l1", "kind": "list", "question": "青塘镇有哪些补贴？", "must": [["300万"], ["150万"]], "source": ["pond.md"]},
    {"id": "n1", "kind": "refuse", "question": "火星上的咖啡多少钱一杯？", "refuse": True},
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    for name, text in (("pond.md", POND), ("orchard.md", ORCHARD)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A folder with both halves: all questions to tune on, two of them held out."""
    folder = tmp_path / "golden"
    folder.mkdir()
    for name, rows in (("development", QUESTIONS), ("held_out", (QUESTIONS[0], QUESTIONS[-1]))):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with both READMEs, as they are before anything was measured."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("README.md", "README.zh-CN.md"):
        (folder / name).write_text(f"# 研答\n\nbefore\n\n{START}\nnothing yet\n{END}\n\nafter\n", encoding="utf-8")
    return folder

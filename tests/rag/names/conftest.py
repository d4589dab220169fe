"""A library in which names are written in many ways, with a `names.txt` beside its documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.embedders.bundled import Bundled
from index.library import Library, open_library, update
from index.types import Block, BlockKind, Document, Meta, Span
from rag.bot import Bot

CLINIC = """# 云岫诊所与霁澜医药

云岫医疗科技（松坪）股份有限公司（以下简称“云岫医疗”，英文名 Farpeak）在2031年实现收入3.6亿元，注册药师42万名。

云岫医疗的前身是云岫挂号网，2019年更名。云岫医疗的总部设在松坪市。

霁澜医药（Jilan Pharma）有14家药店，霁澜医药今年在江畔新开两家药店。
"""
SHOPS = """# 江畔药店月报

## 霁斓医药

霁斓医药今年在江畔新开两家药店，店里有药师120名。

## 芷汀药房

芷汀药房每周值夜班两次，芷汀药房的药师有36名。

| 门店 | 药师 |
| --- | --- |
| 青禾旗舰店 | 12名 |
| 望江分店 | 9名 |
"""
NAMES = """# what people call them
芷汀药房 = 芷汀 = Little Isle
云岫医疗 ≠ 云岫挂号网
"""


@pytest.fixture
def document() -> Callable[[str], Document]:
    """Makes a document of one block for each line; a line that begins with ## is a heading."""
    return _document


def _document(text: str) -> Document:
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip("# \n")
        kind = BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH
        if bare:
            start = at + line.index(bare)
            blocks.append(Block(kind, Span(start, start + len(bare)), 1 if kind is BlockKind.HEADING else 0))
        at += len(line)
    return Document("heron", text, tuple(blocks), Meta("白鹭月报"))


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Library:
    folder = tmp_path_factory.mktemp("named")
    for name, text in (("clinic.md", CLINIC), ("shops.md", SHOPS), ("names.txt", NAMES)):
        (folder / name).write_text(text, encoding="utf-8")
    update((folder,), folder / "data", embedder)
    return open_library(folder / "data", embedder)


@pytest.fixture(scope="session")
def naming(named: Library) -> Bot:
    return Bot(named)

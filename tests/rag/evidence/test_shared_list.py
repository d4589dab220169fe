"""A wide question whose best candidates are entries of one list is answered by the list; a narrow one by its entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import open_library, update
from index.rerankers import Reranker
from rag.bot import Bot
from rag.types import Ask

SURVEY = """\
# 药师夜班调查

## 为什么不愿值夜班

问题：您不愿值夜班的原因是什么？（多选，N=412）

- 孩子没有人照看，61.2%
- 第二天要上白班，48.7%
- 药房里只有一个人，33.5%
- 津贴太少，20.1%
"""


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled, reader: Reranker) -> Callable[[str], str]:
    folder: Path = tmp_path_factory.mktemp("survey")
    (folder / "night.md").write_text(SURVEY, "utf-8")
    update((folder,), folder / "index", embedder)
    bot = Bot(open_library(folder / "index", embedder), reader)
    return lambda question: bot.answer(Ask(question)).text


@pytest.mark.parametrize("question", ["不愿值夜班的药师都在顾虑什么", "药师不愿值夜班的原因各占多少"])
def test_a_wide_question_gets_every_entry(survey: Callable[[str], str], question: str) -> None:
    assert all(share in survey(question) for share in ("61.2%", "48.7%", "33.5%", "20.1%"))


def test_a_question_for_one_entry_gets_that_one(survey: Callable[[str], str]) -> None:
    answer = survey("因为津贴太少而不愿值夜班的占多少？")
    assert "20.1%" in answer
    assert "61.2%" not in answer

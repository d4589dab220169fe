"""A survey's share carries its base, cited; a figure that is of some of those asked, or of no survey, carries none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import open_library, update
from rag.bot import Bot
from rag.types import Answer, Ask

SURVEY = """---
title: 江畔护士调查 2031
publisher: 白鹭研究所
date: 2031-06
---

# 江畔护士调查 2031

## 信息渠道

2031年，江畔护士中有62%每天读护理指南；收藏指南的护士里，有41%会打印出来。

> 基数：全部受访者，N=1,024；问题：每天读什么。

## 工具

下表是江畔护士使用的工具。

| 工具 | 2031年 | 县级医院 |
| --- | --- | --- |
| 排班表 | 71% | 66% |
| 扫码枪 | 38% | 29% |

> 基数：全部受访者，N=986。

## 院方

江畔医院的床位使用率为93%。
"""
Asking = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Asking:
    folder = tmp_path_factory.mktemp("survey")
    (Path(folder) / "survey.md").write_text(SURVEY, encoding="utf-8")
    data_dir = tmp_path_factory.mktemp("index")
    update((folder,), data_dir, embedder)
    bot = Bot(open_library(data_dir, embedder))
    return lambda question: bot.answer(Ask(question))


@pytest.mark.parametrize(
    ("question", "base"),
    [("每天读护理指南的江畔护士占多少？", "N=1,024"), ("2031年江畔护士使用扫码枪的比例是多少？", "N=986")],
)
def test_a_share_of_all_that_were_asked_carries_the_base_with_a_citation(ask: Asking, question: str, base: str) -> None:
    answer = ask(question)
    last = answer.text.split("\n\n")[-1]
    assert last.startswith("基数：")
    (citation,) = (citation for citation in answer.citations if last.endswith(f"[{citation.n}]"))
    assert base in last
    assert base in citation.quote


@pytest.mark.parametrize("question", ["县级医院使用扫码枪的比例是多少？", "江畔医院的床位使用率是多少？"])
def test_the_share_of_a_group_or_of_no_survey_carries_none(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.answered
    assert "基数" not in answer.text

"""Where sources, or two places of one, give different values for one thing, an answer carries both; else it carries one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import open_library, update
from rag.bot import Bot
from rag.types import Answer, Ask

YEARLY = """---
title: 霁川药房 2031 年业绩
publisher: 松坪日报
date: 2032-03-08
---

# 霁川药房 2031 年业绩

## 规模

截至2031年底，霁川药房有签约诊所146家，注册药师超过310万名。

2031年，霁川药房的营业收入为2.84亿元；线上业务收入1.12亿元。

霁川药房的药师日均接单36单，复购率近八成。

2031年8月，霁川药房完成B轮融资，金额为1亿元。

## 展望

霁川药房预计2032年营业收入达到3.6亿元。

## 处方量

2031年霁川药房审核的处方为4,317万张。

## 小结

2031年霁川药房审核的处方为4,371万张，居行业首位。
"""
WEEKLY = """---
title: 药店周刊：霁川药房与岚芝药房
publisher: 药店周刊
date: 2032-05
---

# 药店周刊：霁川药房与岚芝药房

## 霁川药房

2031年底霁川药房的签约诊所有152家，注册药师312万名。

2031年霁川药房营业收入284.1百万元，2030年为2.13亿元；2031年上半年营业收入1.3亿元。

霁川药房的复购率为79%。

2031年霁川药房完成一笔融资，金额为1.5亿元。

## 岚芝药房

2031年底岚芝药房的签约诊所有139家，2031年岚芝药房营业收入2.5亿元。
"""
Asking = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, embedder: Bundled) -> Asking:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in (("yearly.md", YEARLY), ("weekly.md", WEEKLY)):
        (Path(folder) / name).write_text(text, encoding="utf-8")
    data_dir = tmp_path_factory.mktemp("index")
    update((folder,), data_dir, embedder)
    bot = Bot(open_library(data_dir, embedder))
    return lambda question: bot.answer(Ask(question))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("霁川药房2031年底有多少家签约诊所？", {"146家", "152家"}),
        ("霁川药房2031年融资金额是多少？", {"1亿元", "1.5亿元"}),
        ("霁川药房2031年审核了多少张处方？", {"4,317万张", "4,371万张"}),
    ],
)
def test_both_values_are_told_each_with_its_citation(ask: Asking, question: str, values: set[str]) -> None:
    answer = ask(question)
    assert {side.text for conflict in answer.conflicts for side in conflict.sides} == values
    for side in answer.conflicts[0].sides:
        (citation,) = (citation for citation in answer.citations if citation.n == side.n)
        assert side.text in citation.quote
        assert f"[{side.n}]" in answer.text


def test_sources_are_named_with_publisher_and_date(ask: Asking) -> None:
    text = ask("霁川药房2031年底有多少家签约诊所？").text
    assert "不同来源的说法：" in text
    assert "（松坪日报，2032-03-08）" in text
    assert "（药店周刊，2032-05）" in text


def test_a_slip_within_one_source_names_the_chapters(ask: Asking) -> None:
    text = ask("霁川药房2031年审核了多少张处方？").text
    assert "同一份资料里的说法不同：" in text
    assert "（处方量）" in text
    assert "（小结）" in text


@pytest.mark.parametrize(
    "question",
    [
        "霁川药房2031年营业收入是多少？",  # 2.84亿 is rounded from 284.1百万; halves and parts are other things
        "霁川药房2031年底有多少注册药师？",  # 超过310万 may be 312万
        "霁川药房的复购率是多少？",  # 近八成 may be 79%
        "岚芝药房2031年底有多少家签约诊所？",  # another company has others
        "岚芝药房2031年营业收入是多少？",
        "霁川药房2030年营业收入是多少？",
        "霁川药房2032年营业收入预计达到多少？",
        "霁川药房线上业务收入多少？",
    ],
)
def test_what_is_rounded_or_of_another_year_part_or_owner_is_no_conflict(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.answered
    assert answer.conflicts == ()
    assert "说法" not in answer.text


def test_every_citation_of_an_answer_with_a_conflict_is_used(ask: Asking) -> None:
    answer = ask("霁川药房2031年底有多少家签约诊所？")
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_an_english_question_is_told_in_english(ask: Asking) -> None:
    answer = ask("How many 签约诊所 did 霁川药房 have at the end of 2031?")
    assert not answer.conflicts or "Sources differ" in answer.text

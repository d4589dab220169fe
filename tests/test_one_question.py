"""Read this first: one question on its way from two small files to an answer with its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedders.bundled import Bundled
from index.library import open_library, update
from rag.bot import Bot
from rag.types import Ask, Turn

FERRY = """# 鹤渡轮渡公司 2031 年年报

鹤渡轮渡公司由船长沈一帆在1998年创办，公司设在鹤渡镇。

2031年，鹤渡轮渡公司运送乘客１２．４万人次，其中三成是学生；2030年运送乘客9.8万人次。
"""
TEAHOUSE = """# 听雨茶馆手记

聽雨茶館的招牌是《春山》桂花茶（osmanthus tea），每壶28元。

| 茶 | 每壶 | 卖出 |
| --- | --- | --- |
| 桂花茶 | 28元 | 620壶 |
| 老白茶 | 45元 | 310壶 |
| 荷叶茶 | 18元 | 95壶 |
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The files are read, cut into passages, embedded and indexed; then the index is opened."""
    corpus, index_dir = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "ferry.md").write_text(FERRY, encoding="utf-8")
    (corpus / "teahouse.md").write_text(TEAHOUSE, encoding="utf-8")
    embedder = Bundled()
    report = update((Path(corpus),), index_dir, embedder)
    assert (report.documents, report.tables, report.skipped) == (2, 1, ())
    return Bot(open_library(index_dir, embedder))


def test_a_question_is_answered_in_the_documents_own_words(bot: Bot) -> None:
    answer = bot.answer(Ask("鹤渡轮渡公司2031年运送了多少乘客？"))
    assert answer.answered
    assert "１２．４万人次" in answer.text
    assert answer.text.endswith("[1]")


def test_its_citation_names_the_characters_that_carry_it(bot: Bot) -> None:
    citation = bot.answer(Ask("鹤渡轮渡公司2031年运送了多少乘客？")).citations[0]
    document = citation.passage.document
    assert document.meta.title == "鹤渡轮渡公司 2031 年年报"
    assert document.text[citation.span.start : citation.span.end] == citation.quote
    assert "１２．４万人次" in citation.quote
    assert citation.quote in FERRY


def test_a_table_answers_with_one_cell(bot: Bot) -> None:
    answer = bot.answer(Ask("老白茶卖出了多少壶？"))
    assert [citation.quote for citation in answer.citations] == ["310壶"]


def test_what_no_document_says_is_refused_with_a_reason_and_no_citation(bot: Bot) -> None:
    answer = bot.answer(Ask("鹤渡轮渡公司2025年运送了多少乘客？"))
    assert not answer.answered
    assert "2025年" in answer.text
    assert not answer.citations
    assert answer.nearest


def test_a_follow_up_is_understood_from_the_question_before(bot: Bot) -> None:
    answer = bot.answer(Ask("那荷叶茶呢？", (Turn("user", "老白茶卖出了多少壶？"),)))
    assert answer.standalone_question == "荷叶茶卖出了多少壶？"
    assert [citation.quote for citation in answer.citations] == ["95壶"]

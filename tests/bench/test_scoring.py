"""研答 and the baselines asked the same questions of a tiny corpus: rankings, replies, marks."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.asked import AskedSet, Posed, golden
from bench.baselines import Reply, System, rankings, replies
from bench.plan import Corpus, Half
from bench.scoring import Column, Row, _cited, score
from index.chinese.words import terms
from index.formats import read
from index.types import Document, Span
from rag import assemble
from rag.bot import Bot
from rag.settings import Settings
from rag.types import Ask


@pytest.fixture
def bot(corpus: Path, tmp_path: Path) -> Bot:
    settings = Settings(data_dir=tmp_path / "index", reranker="none")
    assemble.build_index(settings, (corpus,))
    return assemble.bot(settings)


@pytest.fixture
def asked(corpus: Path, golden: Path) -> AskedSet:
    return golden_set(corpus, golden)


def golden_set(corpus: Path, folder: Path, most: int = 0) -> AskedSet:
    return golden(Corpus.DIGESTS, Half.DEVELOPMENT, corpus, folder / "development.jsonl", most)


def test_words_alone_and_vectors_alone_rank_as_brute_force_does(bot: Bot) -> None:
    question, library = "养殖户平均每天巡塘几小时？", bot.library
    ranked = rankings(bot, Ask(question))
    scores = library.lexical.scores(terms(question))
    by_words = [n for n in np.argsort(-scores, kind="stable") if scores[n] > 0]
    assert list(ranked[System.WORDS]) == [library.passages[n] for n in by_words]
    rows = library._passage_vectors.astype(np.float32)
    assert list(ranked[System.VECTORS]) == [library.passages[n] for n in np.argsort(-(rows @ library.embed(question)))]
    assert ranked[System.YANDA] == ranked[System.SENTENCE] == tuple(hit.passage for hit in bot.search(question, 100))


def test_a_baseline_replies_with_one_sentence_of_its_first_passage_and_cites_it(bot: Bot) -> None:
    question = "养殖户平均每天巡塘几小时？"
    for reply in replies(bot.library, question, rankings(bot, Ask(question))).values():
        assert reply.text == "养殖户平均每天巡塘2.5小时，其中六成用手机查看水温。"
        ((document, span),) = reply.quotes
        assert span.of(document.text) == reply.text


def test_a_baseline_that_finds_nothing_says_nothing(bot: Bot) -> None:
    question = "How many ponds?"
    ranked = rankings(bot, Ask(question))
    assert ranked[System.WORDS] == ()
    assert replies(bot.library, question, ranked)[System.WORDS] == Reply("")


def test_every_system_is_asked_the_same_and_only_yanda_can_decline(bot: Bot, asked: AskedSet) -> None:
    rows = score(asked, bot)
    assert [row.system for row in rows] == list(System)
    assert {(row.set, row.asked, row.verbatim) for row in rows} == {("digests_development", 5, 5)}
    own, *others = rows
    assert own.values[Column.REFUSED] == 1.0
    assert not any(column in row.values for row in others for column in (Column.DECLINED, Column.REFUSED))
    assert all(row.values[Column.RECALL_10] == 1.0 for row in rows)
    assert own.values[Column.FOUND] >= own.values[Column.FOUND_SHORT] > 0


def test_a_refusal_is_right_where_there_is_no_answer(bot: Bot, asked: AskedSet) -> None:
    own = score(asked, bot)[0].values
    declined = own[Column.DECLINED] * 5
    assert own[Column.REFUSAL_PRECISION] == pytest.approx(1 / (1 + declined))


def test_with_its_document_taken_out_a_question_has_no_answer(bot: Bot, asked: AskedSet) -> None:
    posed = tuple(one for one in asked.posed if one.id == "o1")
    own = score(replace(asked, posed=posed, by_document=True, strangers=("火星上的咖啡多少钱一杯？",)), bot)[0]
    assert own.values[Column.DECLINED] == 0.0
    assert own.values[Column.REFUSED] == 1.0  # the other document knows nothing of the orchard
    assert own.values[Column.REFUSED_STRANGERS] == 1.0
    assert own.values[Column.RECALL_1] == own.values[Column.NDCG_10] == 1.0


def test_a_question_asked_of_its_own_document_is_neither_ranked_nor_taken_out(bot: Bot, asked: AskedSet) -> None:
    posed = tuple(one for one in asked.posed if not one.refuse)
    rows = score(replace(asked, posed=posed, by_document=True, within=True), bot)
    assert not any(column in row.values for row in rows for column in (Column.RECALL_1, Column.NDCG_10, Column.REFUSED))
    assert all(row.values[Column.CITED_PRECISION] == 1.0 for row in rows)


def test_an_answer_that_no_quotation_can_hold_is_not_looked_for_in_the_reply(bot: Bot, asked: AskedSet) -> None:
    posed = tuple(replace(one, verbatim=one.id != "p1") for one in asked.posed)
    row = score(replace(asked, posed=posed), bot)[1]
    assert (row.asked, row.verbatim) == (5, 4)
    whole = score(asked, bot)[1]
    assert row.values[Column.FOUND] == pytest.approx((whole.values[Column.FOUND] * 5 - 1) / 4)  # p1 was among the found


def test_a_sample_of_our_questions_is_the_same_each_time(corpus: Path, golden: Path) -> None:
    first, second = golden_set(corpus, golden, 3), golden_set(corpus, golden, 3)
    assert first.posed == second.posed
    assert len(first.posed) == 3


# citations


@pytest.fixture
def pond(corpus: Path) -> Document:
    return read(corpus / "pond.md")


def quoted(document: Document, *words: str) -> Reply:
    return Reply(
        "", tuple((document, Span(document.text.index(word), document.text.index(word) + len(word))) for word in words)
    )


def posed(*wanted: str, sources: tuple[str, ...] = ("pond.md",), evidences: tuple[str, ...] = ()) -> Posed:
    return Posed("x", Ask("?"), tuple((one,) for one in wanted), frozenset(sources), evidences=evidences)


def test_of_our_questions_a_citation_is_right_by_its_source_and_complete_by_what_it_carries(pond: Document) -> None:
    reply = quoted(pond, "增氧机的补贴为300万元", "412口")
    assert _cited(posed("300万", "150万"), reply, by_document=False) == (1.0, 0.5)
    assert _cited(posed("300万", sources=("orchard.md",)), reply, by_document=False) == (0.0, 0.0)
    assert _cited(posed("300万", sources=()), reply, by_document=False) == (1.0, 1.0)


def test_of_public_questions_a_citation_is_right_by_its_paragraph(pond: Document) -> None:
    reply = quoted(pond, "412口")
    assert _cited(posed("412口", sources=("pond.md", "orchard.md")), reply, by_document=True) == (1.0, 0.5)


def test_where_nothing_is_cited_precision_is_left_open() -> None:
    assert _cited(posed("412口"), Reply(""), by_document=True) == (None, 0.0)
    assert _cited(posed("412口", evidences=("412口",)), Reply(""), by_document=True) == (None, 0.0)


def test_evidence_is_compared_by_characters_with_the_annotator_who_agrees_best(pond: Document) -> None:
    reply = quoted(pond, "增氧机的补贴为300万元")
    apart, whole, half = "养殖户", "增氧机的补贴为300万元，苗种", "增氧机的 补贴"  # white space does not matter
    precision, carried = _cited(posed("300万", evidences=(apart, whole, half)), reply, by_document=True)
    assert precision == 1.0
    assert carried == pytest.approx(12 / 15)
    assert _cited(posed("300万", evidences=("别处的话",)), reply, by_document=True) == (None, 0.0)


def test_medians_and_means_are_taken_over_what_applies(bot: Bot, asked: AskedSet) -> None:
    row: Row = score(asked, bot)[1]
    assert row.values[Column.LENGTH] == float(int(row.values[Column.LENGTH]))  # the middle one of five
    assert not any(math.isnan(value) for value in row.values.values())

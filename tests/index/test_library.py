"""The opened index: what it holds, what it finds, and when it refuses to open."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index import folders
from index.errors import IndexCorrupt, IndexMismatch, IndexMissing
from index.library import Library, open_library, update
from index.saved import searchable_unit


@pytest.fixture
def library(corpus: Path, data_dir: Path, embedder) -> Library:
    update([corpus], data_dir, embedder)
    return open_library(data_dir, embedder)


def test_documents_come_in_the_order_of_their_files_with_their_parts(library: Library) -> None:
    assert [document.meta.title for document in library.documents.values()] == [
        "南渡圖書館月報",
        "白岭果园手记",
        "青塘镇渔业年报",
    ]
    assert all(library.documents[passage.document.id] is passage.document for passage in library.passages)
    assert library.counts.documents == 3
    assert library.counts.tables == 1


def test_every_unit_is_reached_through_its_passage(library: Library) -> None:
    reached = []
    for number, passage in enumerate(library.passages):
        assert library.number(passage) == number
        for place in library.unit_range(number):
            assert library.units[place].passage is passage
            reached.append(place)
    assert reached == list(range(len(library.units)))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青塘镇有多少口池塘？", "412口"),
        ("鱸魚產量是多少", "1.26万吨"),
        ("谁是果园的主人", "罗阿妹"),
        ("How many books did the library lend in March?", "5,230冊"),
        ("增氧机补贴了多少钱", "300万元"),
    ],
)
def test_the_passage_that_answers_comes_first(library: Library, question: str, said: str) -> None:
    hits = library.search(question, 3)
    assert said in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_ranks_say_who_found_a_passage(library: Library) -> None:
    assert library.search("果园采收脐橙", 1)[0].word_rank == 0
    abroad = library.search("How many tons of oranges were picked?", 1)[0]
    assert (abroad.word_rank, abroad.vector_rank) == (None, 0)


def test_search_stays_within_the_documents_asked_for(library: Library) -> None:
    orchard = list(library.documents)[1]
    assert {hit.passage.document.id for hit in library.search("鲈鱼产量", 9, [orchard])} == {orchard}
    assert library.search("鲈鱼产量", 9, ["no-such-document"]) == ()


@pytest.mark.parametrize("question", ["", "的", "？！", "\0", "🦜"])
def test_a_question_without_content_does_no_harm(library: Library, question: str) -> None:
    assert len(library.search(question, 2)) == 2


def test_no_more_than_k_are_given(library: Library) -> None:
    assert len(library.search("果园", 1)) == 1
    assert library.search("果园", 0) == ()


def test_a_question_is_embedded_once(library: Library, embedder) -> None:
    embedder.asked.clear()
    library.search("果园", 2)
    library.embed("果园")
    assert embedder.asked == ["果园"]


def test_unit_similarities_are_those_of_the_model(library: Library, embedder) -> None:
    vector = library.embed("水温怎么看")
    numbers = [2, 0]
    fresh = embedder.passages([searchable_unit(library.units[number]) for number in numbers]) @ vector
    np.testing.assert_allclose(library.unit_similarity(vector, numbers), fresh, atol=2e-3)


def test_units_are_alike_in_any_order_and_beside_any_others(library: Library) -> None:
    vector = library.embed("塘里养什么鱼？")
    everything = library.unit_similarity(vector, range(len(library.units)))
    turned = library.unit_similarity(vector, range(len(library.units))[::-1])
    np.testing.assert_allclose(turned[::-1], everything, atol=1e-6)
    np.testing.assert_allclose(library.unit_similarity(vector, [2, 0]), everything[[2, 0]], atol=1e-6)


def test_terms_are_weighed_over_passages_and_over_units(library: Library) -> None:
    assert library.idf("脐橙") > library.idf("果园") > 0
    assert len(library.unit_words) == len(library.units)
    assert library.unit_words.frequency("脐橙") >= 1


def test_there_is_no_index_before_one_is_built(data_dir: Path, embedder) -> None:
    with pytest.raises(IndexMissing, match="run `yanda index`"):
        open_library(data_dir, embedder)


@pytest.mark.usefixtures("library")
def test_an_index_of_another_model_is_refused_with_both_names(data_dir: Path, embedder) -> None:
    embedder.name = "another-model (1.0)"
    with pytest.raises(IndexMismatch, match=r"multilingual-e5-small.*another-model.*--rebuild"):
        open_library(data_dir, embedder)


@pytest.mark.usefixtures("library")
def test_an_index_of_another_format_is_refused(data_dir: Path, embedder) -> None:
    path = folders.current(data_dir) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 0}), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="--rebuild"):
        open_library(data_dir, embedder)


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "passages.npy", "units.npy", "passages.store", "unit_words/texts.npy", "manifest.json"]
)
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
def test_a_damaged_index_is_refused_whatever_the_damage(corpus: Path, data_dir: Path, embedder, name: str, harm: str) -> None:
    path = folders.current(data_dir) / name
    stored = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(stored[:-3] if harm == "cut" else b"#" + stored[1:])
    with pytest.raises(IndexCorrupt, match=r"--rebuild"):
        open_library(data_dir, embedder)
    assert update([corpus], data_dir, embedder).documents == 3, "an update replaces what cannot be opened"
    assert open_library(data_dir, embedder).search("果园", 1)

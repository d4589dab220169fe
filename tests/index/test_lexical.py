"""The word index against the formula written out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexCorrupt
from index.lexical import WordIndex, word_index

TERM = st.sampled_from(["护士", "值班", "夜班", "2.5小时", "saas", "工资", "😀"])
TEXT = st.lists(TERM, max_size=12)


def bm25(texts: list[list[str]], asked: set[str], number: int) -> float:
    mean = max(sum(map(len, texts)) / len(texts), 1.0)
    score = 0.0
    for term in asked:
        there = sum(term in text for text in texts)
        idf = math.log(1 + (len(texts) - there + 0.5) / (there + 0.5))
        count = texts[number].count(term)
        score += idf * count * 2.2 / (count + 1.2 * (0.4 + 0.6 * len(texts[number]) / mean))
    return score


@given(st.lists(TEXT, min_size=1, max_size=8), TEXT)
def test_scores_are_those_of_bm25(texts: list[list[str]], asked: list[str]) -> None:
    scores = word_index(texts).scores(asked)
    assert scores.tolist() == pytest.approx([bm25(texts, set(asked), number) for number in range(len(texts))], rel=1e-4)


@given(st.lists(TEXT, min_size=1, max_size=8), TEXT, st.sets(st.integers(0, 7)))
def test_search_gives_the_best_of_the_allowed_that_share_a_term(
    texts: list[list[str]], asked: list[str], some: set[int]
) -> None:
    allowed = sorted(number for number in some if number < len(texts))
    numbers, scores = word_index(texts).search(asked, 3, allowed)
    expected = [number for number in allowed if set(texts[number]) & set(asked)]
    assert set(numbers) <= set(expected)
    assert len(numbers) == min(3, len(expected))
    assert scores == sorted(scores, reverse=True)


@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=4), st.data())
def test_carried_over_texts_give_the_index_that_a_fresh_start_gives(
    before: list[list[str]], new: list[list[str]], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(before))), unique=True)) if before else []
    after: list[list[str] | int] = data.draw(st.permutations([*kept, *new]))
    carried = word_index(after, word_index(before))
    fresh = word_index([before[text] if isinstance(text, int) else text for text in after])
    assert carried.vocabulary() == fresh.vocabulary()
    for name in ("posting_ends", "texts", "counts", "lengths"):
        assert getattr(carried, name).tolist() == getattr(fresh, name).tolist()


def test_rare_terms_tell_more_and_unseen_ones_most() -> None:
    words = word_index([["护士", "夜班"], ["护士"], ["护士", "工资"]])
    assert 0 < words.idf("护士") < words.idf("夜班") < words.idf("院长")


def test_coverage_is_the_weighted_share_of_the_terms_that_stand_in_the_text() -> None:
    words = word_index([["护士", "夜班"], ["护士"], []])
    weight = {term: words.idf(term) for term in ("护士", "夜班", "院长")}
    assert words.coverage(["护士", "夜班", "院长", "护士"], 0) == pytest.approx(
        (weight["护士"] + weight["夜班"]) / sum(weight.values())
    )
    assert words.coverage(["院长"], 0) == 0
    assert words.coverage([], 0) == 0
    assert words.coverage(["护士"], 2) == 0


def test_an_index_comes_back_from_disk(tmp_path: Path) -> None:
    words = word_index([["护士", "😀"], ["2.5小时"]])
    words.save(tmp_path / "词")
    again = WordIndex.load(tmp_path / "词")
    assert again.search(["2.5小时", "护士"], 5) == words.search(["2.5小时", "护士"], 5)
    assert len(again) == 2


def test_an_index_of_no_texts_finds_nothing(tmp_path: Path) -> None:
    word_index([]).save(tmp_path / "words")
    assert WordIndex.load(tmp_path / "words").search(["护士"], 3) == ([], [])


def test_a_missing_file_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    word_index([["护士"]]).save(tmp_path / "words")
    (tmp_path / "words" / "texts.npy").unlink()
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        WordIndex.load(tmp_path / "words")

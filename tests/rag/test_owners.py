"""Whose figure it is: organisations are learned from what they do in the texts, never listed."""

from __future__ import annotations

import pytest

from rag.owners import Owners

TEXT = """霁川科技成立于2030年，霁川科技的总部在江畔。霁川科技宣布了年报。
霁川科技的药师有 120 名，霁川科技的门店有 30 家。
患者拥有自己的档案，患者越来越多，患者、患者、患者与患者。"""


@pytest.fixture
def owners() -> Owners:
    return Owners([TEXT])


def test_a_name_that_is_founded_and_announces_is_an_organisation(owners: Owners) -> None:
    assert owners.names == ("霁川科技",)


def test_a_common_word_is_none_however_much_it_does(owners: Owners) -> None:
    assert "患者" not in owners.names


def test_a_question_may_name_it_by_its_first_two_characters(owners: Owners) -> None:
    assert owners.spoken_of("霁川有多少名药师?") == {"霁川科技"}
    assert owners.spoken_of("多少名药师?") == frozenset()


def test_words_belong_to_whom_they_name_before_whom_their_heading_names(owners: Owners) -> None:
    assert owners.owning("门店有30家", "霁川科技 规模") == {"霁川科技"}
    assert owners.owning("门店有30家", "行业规模") == frozenset()


def test_nothing_is_learned_from_nothing() -> None:
    assert Owners([]).names == ()

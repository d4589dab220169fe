"""A misprinted name is found by its sound, its look or its surroundings; another name stays another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.types import Document
from rag.names.misprints import misprinted

Others = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def others(document: Callable[[str], Document]) -> Others:
    """The misprints in a text of the names that are known."""
    return lambda text, *known: [(guess.name, guess.other) for guess in misprinted([document(text)], known)]


def test_the_rarer_writing_that_sounds_the_same_is_the_misprint(others: Others) -> None:
    assert others("霁澜医药开店。霁澜医药很忙。霁斓医药搬家。", "霁澜医药", "霁斓医药") == [("霁澜医药", "霁斓医药")]


def test_one_that_sounds_otherwise_counts_where_it_stands_in_the_same_surroundings(others: Others) -> None:
    assert others("江畔霁澜医药新开两家药店。江畔霁澜医药。江畔霁瓮医药新开两家药店。", "霁澜医药") == [
        ("霁澜医药", "霁瓮医药")
    ]
    assert others("江畔霁澜医药新开两家药店。江畔霁澜医药。松坪霁瓮医药搬到河港去了。", "霁澜医药") == []


def test_a_name_that_differs_in_a_word_of_the_language_is_another_name(others: Others) -> None:
    assert others("一线城市缺药师。一线城市多。二线城市缺药师。", "一线城市") == []


def test_a_name_that_differs_in_its_trade_is_another_name(others: Others) -> None:
    assert others("霁澜医药很忙。霁澜医院很忙。", "霁澜医药") == []


def test_one_that_the_document_itself_calls_a_misprint_is_one(others: Others) -> None:
    told = "霁澜医药在别处误印为霁瓮医药。\n霁澜医药有14家店。"
    assert others(told, "霁澜医药") == [("霁澜医药", "霁瓮医药")]

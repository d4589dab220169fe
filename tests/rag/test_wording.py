"""A question is put as the library would put it; what the library says itself is left alone."""

from __future__ import annotations

import pytest

from rag.question import read
from rag.wording import in_library_words, standard


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("白鷺融咗幾多錢？", "白鷺融咗多少錢？"),
        ("点解药房会亏？", "为什么药房会亏？"),
        ("边个最多", "哪个最多"),
        ("谁最多", "谁最多"),
    ],
)
def test_asking_words_of_cantonese_are_read_in_the_standard_language(spoken: str, written: str) -> None:
    assert standard(spoken) == written


def test_a_word_the_library_never_uses_gives_way_to_the_one_it_uses_most() -> None:
    often = {"董事长": 5, "负责人": 2}
    assert in_library_words(read("白鹭的掌门人是谁"), lambda word: often.get(word, 0)) == "白鹭的董事长是谁"


def test_a_word_the_library_uses_stays() -> None:
    often = {"董事长": 5, "掌门人": 1}
    assert in_library_words(read("白鹭的掌门人是谁"), lambda word: often.get(word, 0)) == "白鹭的掌门人是谁"

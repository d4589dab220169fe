"""A question says how many entries it wants, and what they are."""

from __future__ import annotations

import pytest

from rag.evidence.wanted_list import listed_noun, wants_list
from rag.question import read


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("药师不审方有哪些原因？", "原因"),
        ("青岚云诊的产品有哪些", "产品"),
        ("青岚面临哪几项风险？", "风险"),
        ("江畔药师有哪些？", "药师"),
        ("青岚云诊2031年收入多少", ""),
    ],
)
def test_the_noun_beside_the_asking_word_is_what_the_entries_are(question: str, noun: str) -> None:
    assert listed_noun(read(question)) == noun


@pytest.mark.parametrize("question", ["衡量效果要分几层看", "找药房应该按什么流程走", "作者说的三种顾虑是什么"])
def test_layers_processes_and_counted_nouns_want_a_list(question: str) -> None:
    assert wants_list(read(question))

"""One thing exchanged: what answered does so no longer, and what did not does."""

from __future__ import annotations

import random

import pytest

from bench.reader.lessons import Lesson
from bench.reader.twins import Siblings, exchanges, twins

_TEXTS = (
    "苔原咨询问过内科和外科。外科先答,内科后答。",
    "雾港数据的营业收入与广告收入都在涨。雾港数据的营业收入更高,广告收入更快。",
)
_SIBLINGS = Siblings(_TEXTS, ("苔原咨询", "雾港数据"))


@pytest.mark.parametrize(
    ("question", "text", "was", "became"),
    [
        ("2022年收回多少份问卷?", "2022年收回410份", "2022", {"2019", "2020", "2021", "2023", "2024"}),
        ("苔原咨询收回多少份?", "苔原咨询收回410份", "苔原咨询", {"雾港数据"}),
        ("内科有多少位?", "内科有410位", "内科", {"外科"}),
        ("b轮融了多少?", "b轮融了3亿元", "b轮", {"a轮", "c轮", "d轮", "e轮"}),
        ("第三批有多少家?", "第三批有12家", "第三批", {f"第{digit}批" for digit in "一二四五六七八九"}),
        ("线上开了几场?", "线上开了12场", "线上", {"线下", "现场"}),
    ],
)
def test_what_is_exchanged_is_of_the_same_sort(question: str, text: str, was: str, became: set[str]) -> None:
    found = {one.was: one.became for seed in range(20) for one in exchanges(question, text, _SIBLINGS, random.Random(seed))}
    assert found[was] in became


def test_only_what_question_and_answer_share_is_exchanged() -> None:
    assert exchanges("2022年收回多少份?", "去年收回410份", _SIBLINGS, random.Random(0)) == ()


def test_nothing_is_exchanged_for_what_stands_there_already() -> None:
    assert exchanges("内科有多少位?", "内科有410位,外科有90位", Siblings(_TEXTS, ()), random.Random(0)) == ()


def test_two_questions_and_two_texts_answer_crosswise() -> None:
    lesson = Lesson("2022年收回多少份?", ("2022年收回410份",), ("发出900份",))
    own, other = twins(lesson, _SIBLINGS, random.Random(1))
    year = other.question[:4]
    assert year != "2022"
    assert other == Lesson(f"{year}年收回多少份?", (f"{year}年收回410份",), lesson.right)
    assert own == Lesson(lesson.question, lesson.right, (f"{year}年收回410份", "发出900份"))


def test_a_question_without_an_answer_stays_as_it_is() -> None:
    lesson = Lesson("2022年收回多少份?", (), ("发出900份",))
    assert list(twins(lesson, _SIBLINGS, random.Random(1))) == [lesson]

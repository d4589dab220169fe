"""An overview is asked for in many ways, and what it is to be of is told apart from the asking."""

from __future__ import annotations

import pytest

from index.chinese.fold import fold
from rag.kinds import Kind
from rag.question import read
from rag.topic import topic


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("总结一下青岚云诊", "青岚云诊"),
        ("请帮我简单概括一下青岚云诊2031年业绩", "青岚云诊2031年业绩"),
        ("用两三句话说说江畔的药师", "江畔的药师"),
        ("介绍一下霁川医药", "霁川医药"),
        ("關於線上複診，資料裡都說了什麼", "线上复诊"),
        ("资料里关于夜班说了哪些内容？", "夜班"),
        ("线上审方的现状", "线上审方"),
        ("江畔药师的用药情况怎么样？", "江畔药师的用药"),
        ("青岚云诊年报的几个要点", "青岚云诊年报"),
        ("药师怎么看审方，概括一下", "药师怎么看审方"),
        ("Summarise the pharmacist survey", "the pharmacist survey"),
        ("Tell me about Lanzhi Labs", "lanzhi labs"),
    ],
)
def test_the_subject_of_an_overview_is_what_is_left_of_the_question(question: str, subject: str) -> None:
    assert topic(fold(question)) == subject
    assert read(question).kind is Kind.SUMMARY


@pytest.mark.parametrize(
    "question",
    [
        "青岚云诊2031年的营业收入是多少？",
        "白鹭研究所给药房提了哪些建议",
        "这是什么情况",
        "说说配送成本为什么下降",
        "讲课费 下调幅度",
        "年度总结排第几？",
        "介绍一下谁创办了青岚云诊",
        "讲一下什么是审方",
    ],
)
def test_a_question_for_one_thing_is_no_overview(question: str) -> None:
    assert topic(fold(question)) == ""


def test_words_of_asking_are_not_looked_for() -> None:
    assert "总结" not in read("总结一下江畔药师的顾虑").terms


def test_an_overview_of_two_things_is_one_question() -> None:
    question = read("概括一下青岚云诊和霁川医药有什么不同")
    assert (question.parts, question.sides) == ((), ())

"""Who is answered with the name beside the office or the deed, where there is just one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.evidence.features import Asked
from rag.evidence.naming import name_of
from rag.evidence.types import Candidate
from rag.owners import Owners
from rag.question import read

Paragraph = Callable[..., Candidate]


def named(question: str, candidate: Candidate) -> str:
    return name_of(Asked(read(question), {}, Owners(()), frozenset()), candidate, candidate.unit.text)


@pytest.mark.parametrize(
    ("question", "statement", "name"),
    [
        ("青岚的董事长是谁？", "青岚云诊2019年成立，董事长陆知远，总部松坪。", "陆知远"),
        ("青岚的创始人是谁？", "青岚创始人：陆知远（药剂师）", "陆知远"),
        ("青岚由谁创办？", "青岚由药剂师陆知远于创办后次年由霁川医药领投。", ""),
        ("青岚是谁创办的？", "青岚2019年由陆知远创办。", "陆知远"),
        ("青岚的B轮是谁领投的？", "青岚的B轮由霁川医药领投。", "霁川医药"),
    ],
)
def test_the_one_name_beside_the_office_or_deed_is_found(
    paragraph: Paragraph, question: str, statement: str, name: str
) -> None:
    assert named(question, paragraph(statement)) == name


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("青岚的董事长是谁？", "岚芝的董事长陆知远说，明年再谈。"),
        ("青岚的创始人是谁？", "青岚创始人陆知远、岚芝创始人顾安。"),
        ("青岚的董事长什么时候上任？", "青岚董事长陆知远，2020年上任。"),
    ],
)
def test_no_name_leads_where_it_may_be_anothers(paragraph: Paragraph, question: str, statement: str) -> None:
    assert named(question, paragraph(statement)) == ""

"""Names that are told by their form: which a question has, and which words only look like one."""

from __future__ import annotations

import pytest

from rag.names.formed import named_by_form


@pytest.mark.parametrize(
    ("question", "own", "name"),
    [
        ("霁川医药的营业收入是多少?", "霁川", "霁川医药"),
        ("霁川互联网医院的医生有多少", "霁川", "霁川互联网医院"),
        ("松坪市去年的日均客流", "松坪", "松坪市"),
        ("松坪县有几家医院", "松坪", "松坪县"),
    ],
)
def test_an_organisation_is_told_by_its_trade_and_a_place_by_its_rank(question: str, own: str, name: str) -> None:
    assert named_by_form(question) == {own: name}


@pytest.mark.parametrize(
    "question",
    [
        "哪些城市用了医疗数据",
        "药企的数字营销花了多少钱",
        "人民医院的医生多吗",
        "上岁数的人用互联网医院的多吗",
        "哪座城市的医院最多",
        "",
    ],
)
def test_words_before_a_trade_are_no_name(question: str) -> None:
    assert not named_by_form(question)

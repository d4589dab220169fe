"""A marker leads to the statement that says it, and not merely to its passage."""

from __future__ import annotations

import pytest

from index.library import Library
from rag.composers.pointing import pointed
from rag.composers.sheet import Sheet, sheet
from rag.composers.types import Brief, Said


@pytest.fixture
def evidence(library: Library) -> Sheet:
    """The chapter 业绩: 1 the income, 2 the pharmacists, 3 the costs; then the table of 科室."""
    passages = tuple(p for p in library.passages if p.section.path[-1] in ("业绩", "各科室问诊量"))
    return sheet(Brief("", (), passages, library), Said("", (), ()))


def test_the_statements_are_as_this_file_says(evidence: Sheet) -> None:
    assert [said[:5] for said in evidence.said[:3]] == ["2031年", "截至203", "青岚云诊的"]
    assert evidence.said[5].startswith("皮肤科｜问诊量：120万次")


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("营业收入为3.6亿元[1]。", "营业收入为3.6亿元[1]。"),
        ("注册药师达42万名[1]。", "注册药师达42万名[2]。"),
        ("营业收入为3.6亿元，注册药师达42万名[1]。", "营业收入为3.6亿元，注册药师达42万名[1][2]。"),
        ("仓库搬到了河港边，运费便宜了一半[1]。", "仓库搬到了河港边，运费便宜了一半[3]。"),
        ("营业收入为3.6亿元[1]，注册药师达42万名。", "营业收入为3.6亿元[1]，注册药师达42万名。[2]"),
        ("- 注册药师达42万名[1]\n", "- 注册药师达42万名[2]\n"),
        ("皮肤科的问诊量为120万次[1]。", "皮肤科的问诊量为120万次[1]。"),  # of another passage: for the gate to say
        ("没有标记。", "没有标记。"),
        ("标记不存在[99]。", "标记不存在[99]。"),
    ],
)
def test_a_marker_is_added_where_another_statement_of_the_passage_says_it(evidence: Sheet, sentence: str, marked: str) -> None:
    assert pointed(sentence, evidence) == marked

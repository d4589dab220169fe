"""Statements that number themselves are one list, however they are printed and however far apart they stand."""

from __future__ import annotations

import pytest

from index.types import Block, BlockKind, Document, Meta, Section, Span
from rag.evidence.runs import counted_runs


def section(*paragraphs: str) -> Section:
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(start, start + len(paragraph)))
        for start, paragraph in zip(starts, paragraphs, strict=True)
    )
    return Section(Document("heron", text, blocks, Meta("白鹭月报")), ("白鹭月报",), None, blocks)


def said(*paragraphs: str) -> list[list[str]]:
    here = section(*paragraphs)
    return [[item.of(here.document.text) for item in run.items] for run in counted_runs(here)]


def test_points_within_a_paragraph_are_found_with_what_they_name() -> None:
    text = "第一，预算。药房的余额比上年少了8%。第二，药品。减重药占了两成。第三，诉讼。法院定于七月开庭。"
    assert said(text) == [
        ["第一，预算。药房的余额比上年少了8%。", "第二，药品。减重药占了两成。", "第三，诉讼。法院定于七月开庭。"]
    ]


@pytest.mark.parametrize(
    "marks", [("（一）", "（二）", "（三）"), ("第一层，", "第二层，", "第三层，"), ("（1）", "（2）", "（3）")]
)
def test_paragraphs_that_count_on_are_a_list_with_others_between(marks: tuple[str, str, str]) -> None:
    first, second, third = (f"{mark}药师在夜班时核对处方上的床号与姓名。" for mark in marks)
    assert said("药房分三步：", first, "这一步最难，需要两个人一起做才行。", second, third) == [[first, second, third]]


def test_the_sentence_before_the_first_announces_them() -> None:
    here = section("药房要做三件事。", "（一）核对床号与姓名。", "（二）复核剂量与过敏史。", "（三）登记值班的药师。")
    run = next(iter(counted_runs(here)))
    assert run.lead is not None
    assert run.lead.of(here.document.text) == "药房要做三件事。"


@pytest.mark.parametrize(
    "paragraphs", [("第一，预算。", "第三，诉讼。"), ("（一）核对。", "（二）复核。"), ("3.5小时。", "4.5小时。")]
)
def test_a_gap_or_too_few_are_no_list(paragraphs: tuple[str, ...]) -> None:
    assert said(*paragraphs) == []

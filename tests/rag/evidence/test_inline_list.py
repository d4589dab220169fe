"""Points that one sentence counts are entries of a list, each cited by its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.evidence.inline_list import as_list, inline_list
from rag.evidence.types import Candidate
from rag.types import Answer

Paragraph = Callable[..., Candidate]
POINTS = ("夜班换成两人", "处方集中打印", "退药当天登记")


@pytest.mark.parametrize(
    "marks",
    [
        ("第一，", "第二，", "第三，"),
        ("（一）", "（二）", "（三）"),
        ("一是", "二是", "三是"),
        ("其一，", "其二，", "其三，"),
        ("首先，", "其次，", "最后，"),
        ("①", "②", "③"),
    ],
)
def test_each_way_of_counting_gives_the_entries_and_what_stands_before_them(
    paragraph: Paragraph, marks: tuple[str, str, str]
) -> None:
    entries = [f"{mark}{point}" for mark, point in zip(marks, POINTS, strict=True)]
    candidate = paragraph(f"白鹭药房的主任给了几条建议：{'；'.join(entries)}。")
    found = inline_list(candidate)
    assert found is not None
    text = candidate.unit.document.text
    assert found.lead.of(text) == "白鹭药房的主任给了几条建议："
    assert [entry.of(text) for entry in found.entries] == entries


@pytest.mark.parametrize(
    "text", ["第一，核对；第二，复核。", "第二，核对；第三，复核；第四，登记。", "药师有三位，其中两位值夜班。"]
)
def test_fewer_than_three_or_not_from_one_on_is_no_list(paragraph: Paragraph, text: str) -> None:
    assert inline_list(paragraph(text)) is None


def test_as_evidence_every_entry_is_cited_with_its_own_characters(paragraph: Paragraph) -> None:
    found = as_list(paragraph("要做三件事：一是核对床号；二是复核剂量；三是登记药师。"))
    assert found is not None
    assert [claim.quote for claim in found.claims] == ["一是核对床号", "二是复核剂量", "三是登记药师"]
    assert found.opening is not None


def test_a_list_within_a_sentence_is_told_as_one(ask: Callable[..., Answer]) -> None:
    answer = ask("江畔药师对线上审方有哪些顾虑？")
    assert [line[:4] for line in answer.text.splitlines() if line.startswith("- ")] == ["- 一是", "- 二是", "- 三是"]

"""What a term means is answered by the statement that defines it, not by one that uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.evidence.defining import defined_first
from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.owners import Owners
from rag.question import read

Paragraph = Callable[..., Candidate]
USES = "首先看有效审方的次数，其次看有效审方的时长。"


def asked(question: str) -> Asked:
    return Asked(read(question), {}, Owners(()), frozenset())


@pytest.mark.parametrize(
    "question", ["什么是有效审方？", "“有效审方”是什么意思", "报告里有效审方怎么界定？", "怎么定义有效审方"]
)
@pytest.mark.parametrize(
    "defines",
    ["所谓“有效审方”，是指药师停留不少于30秒。", "有效审方：药师停留不少于30秒。", "有效审方，本文指停留30秒以上的一次审方。"],
)
def test_the_defining_statement_leads(paragraph: Paragraph, question: str, defines: str) -> None:
    ranked = [replace(paragraph(USES), score=9.0), replace(paragraph(defines), score=8.0)]
    assert defined_first(asked(question), ranked)[0].unit.text == defines


def test_a_far_candidate_and_another_term_do_not_lead(paragraph: Paragraph) -> None:
    far = [replace(paragraph(USES), score=9.0), replace(paragraph("有效审方：停留30秒。"), score=2.0)]
    other = [replace(paragraph(USES), score=9.0), replace(paragraph("线上审方：在网上审方。"), score=8.0)]
    for ranked in (far, other):
        assert defined_first(asked("什么是有效审方？"), ranked) == ranked

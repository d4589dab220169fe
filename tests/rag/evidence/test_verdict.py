"""Yes or no is said only where the quoted words prove it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.evidence.verdict import verdict
from rag.owners import Owners
from rag.question import read

Paragraph = Callable[..., Candidate]


def judged(question: str, candidate: Candidate) -> str:
    return verdict(Asked(read(question), {}, Owners(()), frozenset()), candidate, candidate.unit.text)


@pytest.mark.parametrize(
    ("question", "statement", "said"),
    [
        ("白鹭研究所有没有参与问卷设计？", "白鹭研究所协助招募，但不参与问卷设计。", "没有"),
        ("岚芝公布季度数据了吗？", "青岚公布了季度数据；岚芝没有公布季度数据。", "没有"),
        ("首诊必须在线下完成吗？", "首诊必须在线下完成，急诊也不纳入。", "是"),
        ("药师的次日达覆盖率超过90%吗？", "药师的次日达覆盖率为87%。", "没有"),
        ("药师的复核覆盖率超过一半吗？", "药师的复核覆盖率为63%。", "是"),
        ("药师的离职率低于20%吗？", "药师的离职率为17.3%。", "是"),
        ("药师离职率下降了吗？", "药师离职率由24.6%降至17.3%。", "是"),
        ("药师离职率上升了吗？", "药师离职率由24.6%降至17.3%。", "没有"),
        ("岚芝的份额是不是全国第一？", "岚芝的份额为32.7%，居全国第二。", "不是"),
    ],
)
def test_a_verdict_follows_from_the_words_by_rule(paragraph: Paragraph, question: str, statement: str, said: str) -> None:
    assert judged(question, paragraph(statement)) == said


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("多数药师信任短视频吗？", "信任短视频的药师占31.5%，44.0%的药师表示会再核实。"),
        ("药师的复核覆盖率超过一半吗？", "药师的复核覆盖率约五成。"),
        ("药师的复核覆盖率超过70%吗？", "药师的复核覆盖率超过60%。"),
        ("岚芝公布季度数据了吗？", "岚芝计划公布季度数据。"),
        ("岚芝公布季度数据了吗？", "青岚没有公布季度数据。"),
        ("药师都参与问卷设计了吗？", "药师参与问卷设计。"),
        ("药师离职率下降了吗？", "护士离职率由24.6%降至17.3%。"),
        ("药师离职率是多少？", "药师离职率由24.6%降至17.3%。"),
        ("线下药师会不会消失？", "线下药师今后仍将大量存在。"),
    ],
)
def test_where_it_cannot_be_proved_the_statement_speaks_for_itself(paragraph: Paragraph, question: str, statement: str) -> None:
    assert judged(question, paragraph(statement)) == ""

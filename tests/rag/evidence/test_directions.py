"""Rises and falls are read where a text states them as facts, with the words before them in their clause."""

from __future__ import annotations

import pytest

from rag.evidence.directions import FALL, RISE, moves, signs


@pytest.mark.parametrize(
    ("text", "sign", "of"),
    [
        ("药师离职率由24.6%降至17.3%", FALL, "离职率"),
        ("注册药师比上一年增长9万名", RISE, "注册药师"),
        ("复诊的患者占48.8%,2030年为34.1%", RISE, "复诊的患者"),
        ("毛利率84.5%,前一年为86.2%", FALL, "毛利率"),
        ("营业收入48.6亿元,较上年的41.3亿元增长17.6%", RISE, "营业收入"),
        ("处方审核量同比下滑", FALL, "处方审核量"),
    ],
)
def test_a_rise_or_fall_is_read_with_what_moved(text: str, sign: int, of: str) -> None:
    assert [move.sign for move in moves(text) if of in move.before] == [sign]


@pytest.mark.parametrize(
    "text",
    [
        "离职率没有下降",
        "亏损收窄到两千万元",
        "预计收入增长一成",
        "审方量增速下降",
        "药师希望提高诊金",
        "占48.8%,另有34.1%说不清",
        "三成药师认为效率提升",
        "收入3亿元,2030年为40%",
    ],
)
def test_what_is_denied_foreseen_or_said_of_the_pace_is_no_fact(text: str) -> None:
    assert list(moves(text)) == []


def test_a_text_may_speak_of_both() -> None:
    assert signs("有升高也有降低") == {RISE, FALL}

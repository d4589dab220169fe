"""A header says in which unit its figures are, and when or of how many they hold is no unit."""

from __future__ import annotations

import pytest

from index.chinese.headers import unit_in, unit_stated, without_unit


@pytest.mark.parametrize(
    ("label", "unit", "left"),
    [
        ("占比（%，N=512）", "%", "占比（N=512）"),
        ("收入（亿元）", "亿元", "收入"),
        ("用户数(单位：万人)", "万人", "用户数"),
        ("医院（三级）", "", "医院（三级）"),
        ("医生（N=640）", "", "医生（N=640）"),
        ("门店数", "", "门店数"),
        ("得分（2031年）", "", "得分（2031年）"),
    ],
)
def test_a_header_gives_its_unit_and_keeps_its_base(label: str, unit: str, left: str) -> None:
    assert (unit_in(label), without_unit(label)) == (unit, left)


def test_two_units_stated_are_none() -> None:
    assert unit_stated("单位：万元") == "万元"
    assert unit_stated("收入单位：万元；人数单位：人") == ""

"""Are values said as reports print them, and names broken where a reader would?"""

from __future__ import annotations

import pytest

from web.charts.words import said, wrapped


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (62, "%", "62%"),
        (260_000, "名", "26万名"),
        (284_000_000, "元", "2.84亿元"),
        (2.84, "亿元", "2.84亿元"),
        (8000, "家", "8,000家"),
        (-1.5, "倍", "−1.5倍"),
        (54.2, "个月", "54.2个月"),
        (0, "", "0"),
        (12_300_000, "元", "1,230万元"),
    ],
)
def test_a_value_is_said_as_reports_print_it(value: float, unit: str, words: str) -> None:
    assert said(value, unit) == words


def test_names_break_before_brackets_and_never_within_a_word() -> None:
    assert wrapped("优医迈/医默相通（默沙东）", 9) == "优医迈/医默相通\n（默沙东）"
    assert wrapped("恒瑞 On Call 平台", 5).split("\n")[1].startswith("Call")
    assert wrapped("短名", 9) == "短名"
    assert wrapped("很长" * 40, 10).count("\n") == 3

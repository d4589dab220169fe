"""A cell is an amount only where it is plainly a number; what is calculated is written as exactly as it came."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence.tables.amounts import amount, trimmed, written


@pytest.mark.parametrize(
    ("cell", "given", "value", "unit"),
    [
        ("310万", "", 3_100_000, ""),
        ("１.２ 亿元", "", 120_000_000, "元"),
        ("1,240份", "", 1240, "份"),
        ("41", "%", 41, "%"),
        ("24", "万人", 240_000, "人"),
        ("12.3百万元", "", 12_300_000, "元"),
        ("-3.5", "亿元", -350_000_000, "元"),
    ],
)
def test_a_plain_number_is_read_with_its_unit(cell: str, given: str, value: float, unit: str) -> None:
    read = amount(cell, given)
    assert read is not None
    assert (float(read.value), read.unit) == (value, unit)


@pytest.mark.parametrize(
    "cell", ["近30万", "80-100亿", "95%以上", "第3名", "2031年", "170多条", "10余家", "未透露", "", "20000+", "3/4"]
)
def test_what_is_not_plainly_a_number_is_no_amount(cell: str) -> None:
    assert amount(cell) is None


@given(st.decimals(-10_000, 10_000, places=3))
def test_a_number_is_trimmed_without_losing_value(value: Decimal) -> None:
    assert Decimal(trimmed(value, 3).replace("−", "-")) == value


def test_a_calculated_value_keeps_scale_and_unit() -> None:
    like = [found for cell in ("310万人", "240万人") if (found := amount(cell))]
    assert written(like[0].value - like[1].value, like) == "70万人"

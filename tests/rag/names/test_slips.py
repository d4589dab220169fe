"""A name typed wrong is read as the one it must mean; a name that may be somebody else's is left alone."""

from __future__ import annotations

import pytest

from rag.names.slips import Slips

NAMES = ("云岫医疗", "霁澜医药", "芷汀药房", "岫医", "farpeak")
TERMS = ("神经内科", "带量采购", "皮肤科")
TEXT = " ".join((*NAMES, *TERMS, "霁兰医药"))
SLIPS = Slips(NAMES, TERMS, lambda name: name in TEXT)


def read(text: str) -> str:
    for slip in reversed(SLIPS.of(text)):
        text = text[: slip.start] + slip.meant + text[slip.end :]
    return text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("云秀医疗有多少药师？", "云岫医疗有多少药师？"),
        ("雲秀醫療有多少藥師？", "云岫医疗有多少藥師？"),
        ("在云岫依疗工作", "在云岫医疗工作"),
        ("芷丁药房在哪", "芷汀药房在哪"),
        ("袖医的总部", "岫医的总部"),
        ("云岫岫医疗有多少药师", "云岫医疗有多少药师"),
        ("云医岫疗有多少药师", "云岫医疗有多少药师"),
        ("神精内科占多少", "神经内科占多少"),
        ("代量采购是什么", "带量采购是什么"),
        ("What is Yunxiu's revenue?", "What is 云岫医疗's revenue?"),
        ("What does Fapreak sell?", "What does farpeak sell?"),
    ],
)
def test_a_slip_is_read_as_the_one_name_it_can_mean(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "云岫医疗有多少药师",  # right as it is
        "霁兰医药有多少药师",  # stands in the library
        "云海医疗有多少药师",  # another company
        "霁川医药有多少药师",
        "芷汀药厂在哪",
        "医生通过什么渠道查资料",
        "皮肤可以怎么护理",
        "三家医院有几位药师",
        "Does the firm farm peaks?",
        "",
    ],
)
def test_what_may_be_meant_as_it_stands_is_left_alone(typed: str) -> None:
    assert read(typed) == typed


def test_a_slip_that_may_mean_two_names_is_left_alone() -> None:
    assert Slips(("云岫医疗", "云绣医疗"), (), lambda _: False).of("云秀医疗有多少药师") == ()

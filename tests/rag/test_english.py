"""Figures, dates and names are said in English by rule, or not at all."""

from __future__ import annotations

import pytest

from rag.english import in_english

NAMES = {"芷汀药房": "Little Isle"}


def said(text: str) -> str:
    return in_english(text, lambda name: NAMES.get(name, ""))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("310万", "3.1 million"),
        ("４３，０００个", "43,000"),
        ("近30万名", "nearly 300,000"),
        ("超过8000家", "more than 8,000"),
        ("95%以上", "at least 95%"),
        ("75%", "75%"),
        ("近八成", "nearly 80%"),
        ("三分之一", "about 33.3%"),
        ("3.2个百分点", "3.2 percentage points"),
        ("1.54亿元", "RMB 154 million"),
        ("12.3百万元", "RMB 12.3 million"),
        ("80-100亿元", "RMB 8–10 billion"),
        ("1.2亿美元", "USD 120 million"),
        ("不超过1.85小时", "at most 1.85 hours"),
        ("2-3小时", "2–3 hours"),
        ("2.5倍", "2.5 times"),
        ("第三名", "no. 3"),
        ("2021年底", "end of 2021"),
        ("2021年6月", "June 2021"),
        ("2022年3月25日", "25 March 2022"),
        ("3月24日", "24 March"),
        ("2021财年", "financial year 2021"),
        ("2021年第三季度", "third quarter of 2021"),
        ("2010年", "2010"),
        ("芷汀药房", "Little Isle"),
    ],
)
def test_what_a_rule_covers_is_said_in_english(text: str, english: str) -> None:
    assert said(text) == english


@pytest.mark.parametrize("text", ["", "药师", "42万名药师", "2020年-2022年", "药师有42万名，护士有3万名", "望江分店"])
def test_what_no_rule_covers_whole_is_not(text: str) -> None:
    assert said(text) == ""

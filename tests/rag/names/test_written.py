"""What a person writes into names.txt is read, and a line that says nothing is named."""

from __future__ import annotations

from rag.names.written import parse


def test_names_joined_by_equals_signs_are_one_group_as_they_are_written() -> None:
    assert parse(["芷汀药房 = Little Isle＝芷汀"]).groups == (("芷汀药房", "Little Isle", "芷汀"),)


def test_names_that_are_not_one_are_kept_apart_folded() -> None:
    assert parse(["芷汀 ≠ Jilan", "甲 != 乙"]).apart == {frozenset(("芷汀", "jilan")), frozenset("甲乙")}


def test_a_remark_behind_a_line_is_no_part_of_a_name() -> None:
    assert parse(["芷汀药房 = Little Isle  # since 2030"]).groups == (("芷汀药房", "Little Isle"),)


def test_a_line_that_says_neither_is_named_and_the_rest_is_read() -> None:
    read = parse(["芷汀药房", "甲 =", "甲 = 乙 ≠ 丙", "甲 = 乙"])
    assert read.troubles == ("芷汀药房", "甲 =", "甲 = 乙 ≠ 丙")
    assert read.groups == (("甲", "乙"),)

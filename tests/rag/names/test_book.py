"""A question is read in the library's own writing of its names, whoever wrote them, a person or a document."""

from __future__ import annotations

import pytest

from rag.bot import Bot
from rag.names.types import How


def test_guesses_are_kept_with_how_and_where_they_were_learned(naming: Bot) -> None:
    found = {(guess.name, guess.other): guess for guess in naming.names.guesses}
    assert found["云岫医疗", "farpeak"].how is How.LATIN
    assert found["云岫医疗", "farpeak"].document == "clinic"
    assert found["霁澜医药", "霁斓医药"].how is How.MISPRINT
    assert found["芷汀药房", "little isle"].how is How.WRITTEN


def test_what_a_person_rejects_is_no_longer_guessed(naming: Bot) -> None:
    assert all(guess.other != "云岫挂号网" for guess in naming.names.guesses)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Where is Farpeak?", "Where is 云岫医疗?"),
        ("云岫医疗科技（松坪）股份有限公司在哪", "云岫医疗在哪"),
        ("Little Isle 有多少药师", "芷汀药房 有多少药师"),
        ("Farpeak（云岫医疗）在哪", "云岫医疗（云岫医疗）在哪"),
        ("farpeaks grow", "farpeaks grow"),
    ],
)
def test_a_name_is_read_as_the_library_writes_it(naming: Bot, asked: str, meant: str) -> None:
    heard = naming.names.read(asked)
    assert (heard.shown, heard.meant) == (asked, meant)


def test_a_slip_is_shown_corrected_another_writing_as_it_was_asked(naming: Bot) -> None:
    heard = naming.names.read("云秀医疗和 Little Isle")
    assert heard.shown == "云岫医疗和 Little Isle"
    assert {(change.said, change.meant, change.slip) for change in heard.changes} == {
        ("云秀医疗", "云岫医疗", True),
        ("Little Isle", "芷汀药房", False),
    }


def test_other_writings_in_the_library_are_looked_for_as_well(naming: Bot) -> None:
    assert ("霁斓医药", "霁澜医药") in naming.names.others("霁澜医药有几家药店")
    assert "霁斓医药有几家药店" in naming.names.variants("霁澜医药有几家药店")


def test_a_chinese_name_is_said_in_latin_letters_where_they_are_known(naming: Bot) -> None:
    assert naming.names.in_latin("芷汀药房") == "Little Isle"
    assert naming.names.in_latin("望江分店") == ""

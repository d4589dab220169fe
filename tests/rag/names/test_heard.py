"""Whoever asks with a slip, an old name or in English gets the same answer, and is told how it was read."""

from __future__ import annotations

import pytest

from rag.bot import Bot
from rag.types import Answer, Ask, Turn


def ask(bot: Bot, question: str, *before: str) -> Answer:
    return bot.answer(Ask(question, tuple(Turn("user", text) for text in before)))


def test_a_slip_is_answered_as_the_name_and_the_note_says_so(naming: Bot) -> None:
    slipped = ask(naming, "云秀医疗的总部设在哪里？")
    assert slipped.text == ask(naming, "云岫医疗的总部设在哪里？").text
    assert slipped.answered
    assert slipped.question == "云秀医疗的总部设在哪里？"
    assert slipped.standalone_question == "云岫医疗的总部设在哪里？"
    assert slipped.notes == ("“云秀医疗”按“云岫医疗”理解",)


def test_a_slip_in_the_question_before_is_mended_in_the_follow_up(naming: Bot) -> None:
    answer = ask(naming, "那2030年呢？", "云秀医疗2031年有多少注册药师？")
    assert answer.standalone_question == "云岫医疗2030年有多少注册药师？"
    assert not any("云秀" in note for note in answer.notes)


def test_another_name_finds_what_is_said_under_the_librarys_own(naming: Bot) -> None:
    answer = ask(naming, "Farpeak 2031年有多少注册药师？")
    assert "42万" in answer.text
    assert answer.standalone_question == "Farpeak 2031年有多少注册药师？"
    assert answer.notes == ("“Farpeak”即“云岫医疗”",)


def test_a_name_written_right_needs_no_note(naming: Bot) -> None:
    assert ask(naming, "云岫医疗的总部设在哪里？").notes == ()


@pytest.mark.parametrize("question", ["How many registered pharmacists did Farpeak have in 2031?"])
def test_an_english_question_is_led_by_the_figure_in_english(naming: Bot, question: str) -> None:
    answer = ask(naming, question)
    assert answer.answered
    assert answer.notes == ("“Farpeak” was read as 云岫医疗",)
    assert "42万" in answer.text


def test_an_english_question_is_declined_in_english(naming: Bot) -> None:
    answer = ask(naming, "What was Farpeak's revenue in 2019?")
    assert not answer.answered
    assert answer.text.startswith("The library ")

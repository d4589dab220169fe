"""What is suggested can be answered."""

from __future__ import annotations

from collections.abc import Callable

from rag.bot import Bot
from rag.types import Answer, Ask

Asking = Callable[..., Answer]


def test_three_examples_out_of_several_documents_are_offered(bot: Bot, seeded: Bot) -> None:
    assert len(set(bot.examples())) == 3
    assert len(set(seeded.examples())) == 3


def test_each_example_over_seeds_is_answered(seeded: Bot) -> None:
    answers = [seeded.answer(Ask(question)) for question in seeded.examples()]
    assert all(answer.answered and answer.citations for answer in answers)


def test_each_example_over_the_tiny_library_is_answered(bot: Bot) -> None:
    assert all(bot.answer(Ask(question)).answered for question in bot.examples())


def test_examples_do_not_change_from_one_call_to_the_next(bot: Bot) -> None:
    assert bot.examples() == bot.examples() == Bot(bot.library).examples()


def test_an_answer_suggests_questions_about_what_stands_around_it(ask: Asking) -> None:
    answer = ask("青岚云诊2031年的营业收入是多少？")
    assert 1 <= len(answer.suggestions) <= 3
    assert len(set(answer.suggestions)) == len(answer.suggestions)


def test_what_an_answer_suggests_is_answered_too(ask: Asking) -> None:
    for suggested in ask("青岚云诊2031年的营业收入是多少？").suggestions:
        assert ask(suggested).answered, suggested


def test_a_refusal_suggests_something_as_well(ask: Asking) -> None:
    answer = ask("青岚云诊2028年的营业收入是多少？")
    assert not answer.answered
    assert answer.suggestions

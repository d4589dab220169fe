"""A follow-up becomes the question that would have been asked first; a new subject stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.bot import Bot
from rag.followups import standalone
from rag.types import Turn

HERE = Path(__file__).parent


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of one of the tables beside this file: question before, what came after it, what is meant."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [tuple(line.split("|", 3)) for line in lines if not line.startswith("#")]


def alone(bot: Bot, question: str, *before: str) -> str:
    return standalone(question, [Turn("user", text) for text in before], bot.ear)


def plain(text: str) -> str:
    return re.sub(r"[\s，,。？?]", "", text)


def test_the_tables_hold_sixty_ellipses_and_forty_changes_of_subject() -> None:
    assert (len(table("ellipses.txt")), len(table("changes.txt"))) == (60, 40)


@pytest.mark.parametrize(("before", "reply", "question", "meant"), table("ellipses.txt"))
def test_what_a_followup_leaves_out_is_taken_from_what_was_said(
    bot: Bot, before: str, reply: str, question: str, meant: str
) -> None:
    history = [Turn("user", before), *([Turn("assistant", reply)] if reply else [])]
    assert plain(standalone(question, history, bot.ear)) in [plain(way) for way in meant.split("||")]


@pytest.mark.parametrize(("before", "question"), table("changes.txt"))
def test_a_question_with_a_subject_of_its_own_stays_as_it_is(bot: Bot, before: str, question: str) -> None:
    assert alone(bot, question, before) == question


@pytest.mark.parametrize(("before", "question"), table("changes.txt"))
def test_a_question_that_was_made_whole_is_left_alone_in_the_next_turn(bot: Bot, before: str, question: str) -> None:
    assert alone(bot, question, question, before) == question


@pytest.mark.parametrize("opening", ["换个话题，", "换个问题，", "另外问一下，", "先不说这个，", "对了，", "总部先放一边。"])
def test_an_announced_change_of_subject_is_cut_off_whole(bot: Bot, opening: str) -> None:
    question = "江畔药师每天用手机查资料多久？"
    assert alone(bot, opening + question, "青岚云诊是哪年成立的？") == question


def test_a_name_that_nobody_knows_is_a_subject_where_it_ends_in_a_number(bot: Bot) -> None:
    before = "青岚云诊2031年的营业收入是多少？"
    assert alone(bot, "云舟365融资了多少？", before) == "云舟365融资了多少？"
    assert alone(bot, "融资了多少？", before) != "融资了多少？"


def test_the_first_question_of_a_conversation_is_left_alone(bot: Bot) -> None:
    assert alone(bot, "那肿瘤科呢？") == "那肿瘤科呢？"


def test_a_followup_of_a_followup_reaches_back_to_the_first(bot: Bot) -> None:
    assert alone(bot, "那儿科呢？", "皮肤科的问诊量是多少？", "那肿瘤科呢？") == "儿科的问诊量是多少？"
    assert alone(bot, "占比呢？", "皮肤科的问诊量是多少？", "那肿瘤科呢？") == "肿瘤科的占比是多少？"


def test_the_pronoun_means_what_the_reply_named_where_the_question_asked_which(bot: Bot) -> None:
    history = [Turn("user", "哪家公司领投了青岚云诊的B轮？"), Turn("assistant", "2031年4月的B轮由霁川医药领投。[1]")]
    assert standalone("它旗下有多少家药店？", history, bot.ear) == "霁川医药旗下有多少家药店？"


def test_the_year_before_is_taken_from_the_reply_where_no_question_names_one(bot: Bot) -> None:
    history = [Turn("user", "青岚云诊的营业收入是多少？"), Turn("assistant", "2031年，青岚云诊实现营业收入３．６亿元。[1]")]
    assert "2030年" in standalone("那前一年呢？", history, bot.ear)


def test_another_year_keeps_how_exactly_the_first_was_named(bot: Bot) -> None:
    assert alone(bot, "那2030年呢？", "2031年底青岚云诊有多少注册药师？") == "2030年底青岚云诊有多少注册药师？"


def test_thanks_and_the_like_are_no_followups(bot: Bot) -> None:
    for said in ("谢谢", "好的", "你好", "明白了", "thank you"):
        assert alone(bot, said, "青岚云诊2031年的营业收入是多少？") == said

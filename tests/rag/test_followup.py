"""A follow-up becomes the question that would have been asked first; a new subject stays as it is."""

from __future__ import annotations

import pytest

from rag.bot import Bot
from rag.followup import standalone
from rag.types import Turn


def alone(bot: Bot, question: str, *before: str) -> str:
    return standalone(question, [Turn("user", text) for text in before], bot)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("皮肤科的问诊量是多少？", "那肿瘤科呢？", "肿瘤科的问诊量是多少？"),
        ("皮肤科的问诊量是多少？", "眼科呢", "眼科的问诊量是多少？"),
        ("青岚云诊2031年的营业收入是多少？", "再往前一年呢？", "青岚云诊2030年的营业收入是多少？"),
        ("青岚云诊2031年的营业收入是多少？", "前一年呢？", "青岚云诊2030年的营业收入是多少？"),
        ("青岚云诊2030年的营业收入是多少？", "下一年呢？", "青岚云诊2031年的营业收入是多少？"),
        ("青岚云诊2031年的营业收入是多少？", "2029年呢？", "青岚云诊2029年的营业收入是多少？"),
        ("青岚云诊是哪年成立的？", "它的总部在哪里？", "青岚云诊的总部在哪里？"),
        ("青岚云诊是哪年成立的？", "这家公司的总部在哪里？", "青岚云诊的总部在哪里？"),
    ],
)
def test_what_a_followup_leaves_out_is_taken_from_the_question_before(bot: Bot, before: str, question: str, meant: str) -> None:
    assert alone(bot, question, before) == meant


@pytest.mark.parametrize("question", ["江畔药师的顾虑有哪些？", "江畔药师每天查资料多久？", "白鹭研究所收回了多少份问卷？"])
def test_a_question_with_a_subject_of_its_own_stays_as_it_is(bot: Bot, question: str) -> None:
    assert alone(bot, question, "青岚云诊的总部在哪里？") == question


@pytest.mark.parametrize("opening", ["换个话题，", "换个问题，"])
def test_a_change_of_subject_carries_nothing_over(bot: Bot, opening: str) -> None:
    question = "江畔药师每天用手机查资料多久？"
    assert alone(bot, opening + question, "青岚云诊是哪年成立的？") == question


def test_the_first_question_of_a_conversation_is_left_alone(bot: Bot) -> None:
    assert alone(bot, "那肿瘤科呢？") == "那肿瘤科呢？"


def test_a_followup_of_a_followup_reaches_back_to_the_first(bot: Bot) -> None:
    assert alone(bot, "那儿科呢？", "皮肤科的问诊量是多少？", "那肿瘤科呢？") == "儿科的问诊量是多少？"


def test_a_bare_question_word_keeps_what_was_asked_about(bot: Bot) -> None:
    meant = alone(bot, "谁创办的？", "青岚云诊是哪年成立的？")
    assert "青岚云诊" in meant
    assert "谁创办" in meant


def test_the_year_before_is_taken_from_the_reply_where_no_question_names_one(bot: Bot) -> None:
    history = [Turn("user", "青岚云诊的营业收入是多少？"), Turn("assistant", "2031年，青岚云诊实现营业收入３．６亿元。[1]")]
    assert "2030年" in standalone("那前一年呢？", history, bot)


def test_a_part_with_the_same_ending_is_exchanged_whole(bot: Bot) -> None:
    before = "一线城市的药师用微信群的比例是多少？"
    assert alone(bot, "那二线城市呢？", before) == "二线城市的药师用微信群的比例是多少？"


@pytest.mark.xfail(strict=True, reason="纸质手册 takes the place of 比例, not of 微信群")
def test_the_thing_is_exchanged_and_not_its_measure(bot: Bot) -> None:
    before = "一线城市的药师用微信群的比例是多少？"
    assert alone(bot, "纸质手册呢？", before) == "一线城市的药师用纸质手册的比例是多少？"


@pytest.mark.parametrize("opening", ["另外问一下，", "先不说这个，"])
def test_an_announcement_is_cut_off_whole(bot: Bot, opening: str) -> None:
    question = "白鹭研究所收回了多少份问卷？"
    assert alone(bot, opening + question, "青岚云诊是哪年成立的？") == question


def test_another_company_does_not_become_a_part_of_the_earlier_one(bot: Bot) -> None:
    question = "霁川医药旗下有多少家药店？"
    assert alone(bot, question, "青岚云诊的总部在哪里？") == question

"""A question is read for the kind of answer it wants, its years, its parts and what it compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import Kind, after, kind_of, read, read_parts, subject_of

WIDE = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F))}
ALPHABET = "青岚云诊药师医院科室收入占比多少哪家的是有和，？2031年app AI-x%5.轮"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("青岚云诊的药师里女性占比是多少？", Kind.SHARE),
        ("用岚芝的药师占几成？", Kind.SHARE),
        ("青岚云诊的B轮融了多少钱？", Kind.MONEY),
        ("营业收入是多少？", Kind.MONEY),
        ("药师每天查资料多久？", Kind.DURATION),
        ("青岚云诊是什么时候成立的？", Kind.DATE),
        ("岚芝哪年上线？", Kind.DATE),
        ("青岚云诊在松坪市排第几？", Kind.RANK),
        ("药师数是去年的几倍？", Kind.MULTIPLE),
        ("霁川医药有多少家药店？", Kind.QUANTITY),
        ("问卷收回了几份？", Kind.QUANTITY),
        ("青岚云诊的创始人是谁？", Kind.WHO),
        ("哪家公司开发了岚芝？", Kind.WHO),
        ("总部设在哪里？", Kind.WHERE),
        ("复诊分为哪几步？", Kind.STEPS),
        ("药师有哪些顾虑？", Kind.LIST),
        ("什么是《用药记录》？", Kind.DEFINITION),
        ("青岚云诊为什么亏损？", Kind.WHY),
        ("药师如何审方？", Kind.HOW),
        ("青岚云诊有没有上市？", Kind.YESNO),
        ("介绍一下青岚云诊", Kind.SUMMARY),
        ("岚芝与白鹭", Kind.OPEN),
        ("What percentage of pharmacists use WeChat?", Kind.SHARE),
        ("How many pharmacists are registered?", Kind.QUANTITY),
        ("When was Lanzhi founded?", Kind.DATE),
        ("Who founded Lanzhi Labs?", Kind.WHO),
        ("Why did the costs fall?", Kind.WHY),
        ("", Kind.OPEN),
    ],
)
def test_a_question_is_of_the_kind_of_answer_it_wants(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    "forms",
    [
        ("青岚云诊的app是什么时候上线的？", "青嵐雲診的ＡＰＰ是什麼時候上線的？", "青岚云诊的APP是什么时候上线的?"),
        ("江畔药师有多少名？", "江畔藥師有多少名？", "江畔药师有多少名?"),
        ("2031年的问诊量是几次？", "２０３１年的問診量是幾次？", "２０３１年的问诊量是几次?"),
    ],
)
def test_width_case_and_script_of_a_question_change_nothing(forms: tuple[str, ...]) -> None:
    first, *others = [read(form) for form in forms]
    for other in others:
        assert (other.kind, other.terms, other.names, other.years) == (first.kind, first.terms, first.names, first.years)


@given(st.text(alphabet=ALPHABET, max_size=24))
def test_any_question_in_full_width_and_upper_case_has_the_same_terms_and_kind(text: str) -> None:
    plain = read(text)
    for form in (text.translate(WIDE), text.upper()):
        assert (read(form).terms, read(form).kind, read(form).years) == (plain.terms, plain.kind, plain.years)


@given(st.text(alphabet=ALPHABET, max_size=30))
def test_terms_come_once_and_names_and_things_are_among_them(text: str) -> None:
    asked = read(text)
    assert len(set(asked.terms)) == len(asked.terms)
    assert {*asked.names, *asked.things} <= set(asked.terms)


@pytest.mark.parametrize("asking", ["多少", "哪些", "是不是", "什么", "请问", "为什么"])
def test_words_that_only_ask_are_no_terms(asking: str) -> None:
    assert asking not in read(f"青岚云诊{asking}药师").terms


def test_a_long_noun_is_looked_for_by_the_words_it_is_made_of() -> None:
    assert {"儿科", "医生"} <= set(read("儿科医生有多少名？").terms)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2031年的收入是多少？", (2031,)),
        ("２０３１财年的收入", (2031,)),
        ("2029-2031年的收入", (2029, 2031)),
        ("2030年和2031年，哪年收入高？", (2030, 2031)),
        ("收入是多少？", ()),
        ("10月的收入", ()),
    ],
)
def test_the_years_asked_for_are_known(text: str, years: tuple[int, ...]) -> None:
    assert read(text).years == years


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("哪个科室的问诊量最多？", 1),
        ("占比最高的渠道", 1),
        ("榜首是哪家？", 1),
        ("哪个科室的问诊量最少？", -1),
        ("占比最低的渠道", -1),
        ("最後一步是什么？", 0),
        ("最近一年的收入", 0),
        ("第一批药品有几种？", 0),
        ("Which channel has the highest share?", 1),
        ("Which channel has the lowest share?", -1),
    ],
)
def test_the_greatest_and_the_least_are_told_apart_from_last_and_latest(text: str, sign: int) -> None:
    assert read(text).superlative == sign


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("排名第三的渠道", 3),
        ("问诊量第二的科室", 2),
        ("第２名是谁？", 2),
        ("第三季度的收入", 0),
        ("第二批药品", 0),
        ("渠道", 0),
    ],
)
def test_a_rank_is_an_ordinal_of_an_order_and_not_of_a_time_or_batch(text: str, rank: int) -> None:
    assert read(text).rank == rank


def test_several_questions_are_parts_that_carry_the_first_ones_subject() -> None:
    parts = read("青岚云诊的营业收入是多少？它的注册药师有多少名？").parts
    assert len(parts) == 2
    assert all("青岚云诊" in part for part in parts)


def test_questions_that_a_comma_parts_are_parts_with_the_owner_of_the_first() -> None:
    assert read("白鹭药房的供应商是谁，又跟哪所大学合作").parts == ("白鹭药房的供应商是谁", "白鹭药房跟哪所大学合作")


def test_a_pronoun_stays_open_until_the_name_asked_for_before_it_is_known() -> None:
    first, second = read_parts(read("B轮是哪家公司领投的，这家公司有多少药店？"))
    assert first.kind is Kind.WHO
    assert after(second, "霁川医药").text == "霁川医药有多少药店"
    assert after(second, "") is second


def test_one_question_has_no_parts() -> None:
    assert not read("青岚云诊2031年的营业收入是多少？").parts
    assert not read("江畔药师的顾虑、原因和对策").parts


def test_two_things_compared_are_asked_about_one_by_one() -> None:
    asked = read("皮肤科和眼科，谁的问诊量多？")
    assert asked.compares
    first, second = read_parts(asked)
    assert "皮肤科" in first.text
    assert "皮肤科" not in second.text
    assert "眼科" in second.text


@pytest.mark.parametrize("text", ["几份报告的说法一致吗？", "不同来源的口径一样吗？"])
def test_whether_sources_agree_is_a_question_about_all_of_them(text: str) -> None:
    assert read(text).sources


def test_a_question_mostly_in_latin_letters_is_english() -> None:
    assert read("How many pharmacists does Lanzhi have?").english
    assert not read("岚芝APP有多少用户？").english


@pytest.mark.parametrize(
    ("text", "subject"),
    [("青岚云诊是哪年成立的？", "青岚云诊"), ("皮肤科的问诊量是多少？", "皮肤科"), ("多少？", ""), ("", "")],
)
def test_the_subject_is_what_the_question_is_about(text: str, subject: str) -> None:
    assert subject_of(text) == subject


def test_a_multiple_of_an_amount_is_a_multiple() -> None:
    assert kind_of("青岚云诊的收入是去年的几倍？") is Kind.MULTIPLE


def test_a_short_second_question_is_a_part_too() -> None:
    assert len(read("皮肤科的问诊量是多少？眼科又是多少？").parts) == 2


def test_both_sides_of_a_company_keep_its_name() -> None:
    sides = read("青岚云诊的营业收入和净利润分别是多少？").sides
    assert len(sides) == 2
    assert all("青岚云诊" in side for side in sides)

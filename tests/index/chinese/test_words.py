"""The terms of the word index, and words with their parts of speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold
from index.chinese.words import stop_words, terms, words

MIXED = st.text(alphabet="护士每天值班两次，。《》年月的是多少哪些０１２％＋Ａ轮abcGPT-4 .,5万亿元小時醫生\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("每天２．５小时", "2.5小时"),
        ("占比68.3％。", "68.3%"),
        ("2023年的数据", "2023年"),
        ("完成A+轮融资", "a+轮"),
        ("Pre-B轮之后是C轮", "pre-b轮"),
        ("Pre-B轮之后是C轮", "c轮"),
        ("金额为1.54亿元", "1.54亿元"),
        ("金额为1.54亿", "1.54亿"),
        ("合计12,345名护士", "12345名"),
        ("涨了3.2个百分点", "3.2个百分点"),
        ("用SaaS系统", "saas"),
        ("比GPT-4便宜", "gpt-4"),
        ("写C++的人", "c++"),
        ("體重60kg", "60kg"),
    ],
)
def test_a_number_with_its_unit_and_a_foreign_word_are_one_term(text: str, whole: str) -> None:
    assert whole in terms(text)


@pytest.mark.parametrize("text", ["2.5小时", "１２，３４５元", "0.75%"])
def test_no_term_is_a_piece_of_a_number(text: str) -> None:
    number = fold(text).rstrip("小时元%").replace(",", "")
    assert all(term.startswith(number) for term in terms(text) if term[0].isdigit())


def test_a_year_is_found_with_and_without_its_unit() -> None:
    assert {"2019年", "2019"} <= set(terms("2019年"))
    assert {"2019年", "年底"} <= set(terms("2019年底"))


def test_both_scripts_and_both_widths_give_the_same_terms() -> None:
    assert terms("臺灣的護理師佔７０％，用ＡＰＰ") == terms("台湾的护理师占70%,用app")


@pytest.mark.parametrize("question", ["护士有多少名？", "护士是什么？", "请问哪些护士？", "how many 护士 are there"])
def test_words_of_asking_are_not_content(question: str) -> None:
    assert set(terms(question)) <= {"护士", "名"}


def test_a_name_that_no_dictionary_has_is_found_by_its_pairs() -> None:
    assert {"岚柏", "柏云"} <= set(terms("岚柏云有多少护士"))


def test_pairs_do_not_reach_over_stop_words() -> None:
    assert not {"士的", "的工"} & set(terms("护士的工资"))


@given(MIXED)
def test_terms_are_folded_and_none_is_empty_or_a_stop_word(text: str) -> None:
    for term in terms(text):
        assert term
        assert fold(term) == term
        assert term not in stop_words()


@given(MIXED)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(word for word, _ in words(text)) == text


def test_words_carry_parts_of_speech_and_numbers_stay_whole() -> None:
    tagged = dict(words("２０１９年护士每天工作８．５小時"))
    assert tagged["8．5小時" if "8．5小時" in tagged else "８．５小時"] == "m"
    assert tagged["护士"].startswith("n")


def test_an_asking_phrase_does_not_swallow_the_end_of_a_name() -> None:
    assert "有" in dict(words("岚柏通有多少护士"))

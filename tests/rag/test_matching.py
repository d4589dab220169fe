"""A text speaks of a term by the word, a synonym, an abbreviation or its characters, never by a piece of a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese.fold import fold
from rag.lexicon import same
from rag.matching import Misprints, coverage, match, stands

WORDS = st.text(alphabet="青岚云诊药师医院年总净神经内科ai5.%a+(*[", min_size=1, max_size=6)
TEXTS = st.text(alphabet="青岚云诊药师医院年总净神经内科ai15.%a+(*[ ，", max_size=30)


def test_the_word_itself_is_worth_the_most_and_a_stranger_nothing() -> None:
    assert match("药师", "青岚云诊的药师") == 1.0
    assert match("药师", "岚芝的护士") == 0.0


def test_a_synonym_an_abbreviation_and_shared_characters_are_worth_less_in_this_order() -> None:
    synonym = match("医院", fold("three hospitals"))
    abbreviated = match("岚诊", "青岚云诊")
    shared = match("审方平台", "线上审方")
    assert 1.0 > synonym > abbreviated > shared > 0.0


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("ai", "用ai审方", True),
        ("ai", "发email", False),
        ("5", "15家", False),
        ("5", "1.5小时", False),
        ("15", "155家", False),
        ("2.5", "占2.5%", True),
        ("app", "岚芝app上线", True),
        ("a轮", "2031年a轮6,000万元", True),
        ("a轮", "pre-a轮", False),
    ],
)
def test_a_latin_word_or_a_number_stands_only_as_a_whole(term: str, text: str, there: bool) -> None:
    assert stands(term, text) is there
    assert (match(term, text) == 1.0) is there


@given(WORDS, TEXTS)
def test_a_match_lies_between_nothing_and_certainty(term: str, text: str) -> None:
    assert 0.0 <= match(term, text) <= 1.0


@given(st.text(alphabet="青岚云诊药师医院", min_size=1, max_size=6), TEXTS, TEXTS)
def test_a_chinese_word_that_stands_in_the_text_is_certain(term: str, before: str, after: str) -> None:
    assert match(term, before + term + after) == 1.0


@given(st.dictionaries(WORDS, st.floats(0.1, 9.0), max_size=5), st.lists(TEXTS, max_size=3))
def test_coverage_is_a_share_and_more_text_never_lessens_it(weights: dict[str, float], texts: list[str]) -> None:
    covered = coverage(weights, *texts)
    assert 0.0 <= covered <= 1.0 + 1e-9
    assert coverage(weights, *texts, "青岚云诊") >= covered


def test_a_rare_term_counts_for_more_and_a_later_text_for_less() -> None:
    weights = {"审方": 6.0, "药师": 2.0}
    assert coverage(weights, "审方") == pytest.approx(0.75)
    assert coverage(weights, "", "审方") < coverage(weights, "审方")
    assert coverage({}, "审方") == 0.0


@pytest.mark.parametrize("word", ["医生", "比例", "最高", "药店"])
def test_the_lexicon_is_mutual_and_holds_the_word_itself(word: str) -> None:
    assert word in same(word)
    assert len(same(word)) > 1
    assert all(word in same(other) for other in same(word))


def test_a_word_the_lexicon_does_not_know_means_itself_alone() -> None:
    assert same("青岚云诊") == {"青岚云诊"}


def test_the_lexicon_is_written_folded() -> None:
    words = {member for word in ("医生", "收入", "大模型", "上市", "平台", "处方") for member in same(word)}
    assert all(fold(word) == word for word in words)


@pytest.fixture
def misprints() -> Misprints:
    return Misprints(
        [
            "霁川医药今年新开两家药店。霁川医药的药师很忙。霁舛医药旗下有14家药店。",
            "一线城市的药师用APP，二线城市的药师看手册。一线与二线、三线都缺药师。",
            "青岚云诊与白鹭研究所合作。",
        ]
    )


def test_a_rare_character_in_a_name_is_a_misprint_that_is_learnt(misprints: Misprints) -> None:
    assert misprints.of("霁川医药") == ("霁舛医药",)


@pytest.mark.parametrize("name", ["一线城市", "二线城市"])
def test_a_name_that_differs_by_a_common_character_is_another_name(misprints: Misprints, name: str) -> None:
    assert misprints.of(name) == ()


@pytest.mark.parametrize("name", ["白鹭研究所", "青岚云诊", "药师", "app", ""])
def test_a_name_printed_one_way_has_no_other(misprints: Misprints, name: str) -> None:
    assert misprints.of(name) == ()


def test_a_name_stands_in_the_library_whatever_its_width_or_script() -> None:
    learnt = Misprints(["白鷺研究所用ＡＰＰ發問卷"])
    assert learnt.stands("白鹭研究所")
    assert learnt.stands("app")
    assert not learnt.stands("青岚云诊")

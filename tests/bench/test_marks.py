"""The measures against oracles: scikit-learn, formulas written out, and replies counted by hand."""

from __future__ import annotations

import math
import random

import pytest
from sklearn.metrics import ndcg_score

from bench.marks import SHORT, Needs, covered, figures_right, found, ndcg, overlap, recall, shown


def needs(*names: str) -> list[Needs]:
    """One ranked text a name; a name of several letters brings several things, an empty one nothing."""
    return [frozenset(name) for name in names]


def test_recall_is_the_share_of_what_is_wanted_that_the_first_k_bring() -> None:
    ranked = needs("a", "", "b", "a", "c")
    assert [recall(ranked, frozenset("abcd"), k) for k in (1, 2, 3, 5, 10)] == [0.25, 0.25, 0.5, 0.75, 0.75]
    assert recall([], frozenset("a"), 5) == 0.0


def test_ndcg_is_that_of_scikit_learn_where_each_text_brings_one_thing() -> None:
    random.seed(7)
    for _ in range(50):
        relevant = random.randint(1, 6)
        ranked = [frozenset([str(n)]) if n < relevant else frozenset() for n in random.sample(range(15), 15)]
        gains = [[len(one) for one in ranked]]
        expected = ndcg_score(gains, [list(range(15, 0, -1))], k=10)
        assert ndcg(ranked, [one for one in ranked if one]) == pytest.approx(expected)


def test_ndcg_rewards_a_thing_only_where_it_is_brought_first() -> None:
    there = needs("a", "a", "b")
    ideal = 1 + 1 / math.log2(3)
    assert ndcg(needs("a", "b", "a"), there) == pytest.approx(1.0)
    assert ndcg(needs("a", "a", "b"), there) == pytest.approx((1 + 1 / math.log2(4)) / ideal)
    assert ndcg(needs("", "", "ab"), needs("ab", "a")) == pytest.approx((2 / math.log2(4)) / 2)


def test_ndcg_looks_no_further_than_k_and_is_nought_where_nothing_could_be_found() -> None:
    assert ndcg(needs("", "", "a"), needs("a"), k=2) == 0.0
    assert ndcg(needs("", ""), []) == 0.0


def test_what_a_reader_sees_has_no_markers_bold_bullets_or_escapes() -> None:
    reply = "**412口**：青塘镇有池塘412口[1]。\n- 鲈鱼\\[主产\\]，占6\\*7成[2][13]"
    assert shown(reply) == "412口：青塘镇有池塘412口。\n鲈鱼[主产]，占6*7成"


def test_a_reply_is_searched_for_an_alternative_of_each_group() -> None:
    reply = "青塘鎮有池塘４１２口，鱸魚１，２６０噸。"
    assert found((("412",), ("鲈鱼", "草鱼")), reply)
    assert found((("1260吨",),), reply)
    assert not found((("412",), ("草鱼",)), reply)
    assert not found((("12",),), reply)  # inside a longer number
    assert found((), reply)


def test_punctuation_is_no_part_of_an_answer_but_between_digits() -> None:
    assert found((("(1)增氧机；(2)苗种",),), "（1）增氧机\n（2）苗种。")
    assert found((("“鲈鱼”",),), "产鲈鱼")
    assert not found((("15",),), "1.5吨")
    assert not found((("23-16",),), "2316")
    assert not found((("60%",),), "60人")


def test_of_a_long_reply_only_the_first_characters_count_where_that_is_asked() -> None:
    reply = "塘" * (SHORT - 2) + "罗阿妹"
    assert found((("罗阿妹",),), reply)
    assert not found((("罗阿妹",),), reply, SHORT)
    assert found((("罗阿",),), reply, SHORT)


def test_an_answer_in_other_words_is_covered_by_the_pairs_of_characters_that_stand_there() -> None:
    assert covered((("增氧机补贴",),), "增氧机的补贴为300万元") == pytest.approx(3 / 4)  # 增氧 氧机 补贴, not 机补
    assert covered((("草鱼", "补贴"),), "增氧机的补贴") == 1.0  # the alternative that is covered best
    assert covered((("补贴",), ("草鱼",)), "增氧机的补贴") == 0.5
    assert covered((("补贴",),), "塘" * SHORT + "补贴", SHORT) == 0.0


@pytest.mark.parametrize(
    ("wanted", "reply", "right"),
    [
        ("300万", "补贴为3,000,000元", True),
        ("六成", "有60%的养殖户用手机", True),
        ("四次", "一年投放4次", True),
        ("300万", "补贴为150万元", False),
        ("60%", "共60人", False),
        ("60", "有60%的养殖户", True),
        ("罗阿妹", "果园有86吨脐橙", None),
        ("2021年", "2021年底有412口", None),  # a date is no figure
        ("池塘共有四百一十二口、年产鲈鱼一万吨", "412", None),  # says more than a figure
        ("80-100亿", "规模80~100亿", True),
        ("80-100亿", "规模80~120亿", False),
    ],
)
def test_a_figure_is_right_when_its_value_stands_in_the_reply_in_any_writing(
    wanted: str, reply: str, right: bool | None
) -> None:
    assert figures_right(((wanted,),), reply) is right


def test_every_figure_that_is_wanted_has_to_be_there() -> None:
    wanted = (("300万",), ("150万",), ("增氧机",))
    assert figures_right(wanted, "分别为300万元和150万元") is True
    assert figures_right(wanted, "增氧机300万元") is False


def test_citations_overlap_evidence_by_characters() -> None:
    assert overlap(frozenset(range(10, 20)), frozenset(range(15, 35))) == (0.5, 0.25)
    assert overlap(frozenset({1}), frozenset({1})) == (1.0, 1.0)
    assert overlap(frozenset({1}), frozenset({2})) == (0.0, 0.0)

"""What stands under an answer where there is text alone, where its markers are, and what comes back of it as history."""

from __future__ import annotations

from typing import Any

import pytest

from rag.types import Ask
from web import plain
from web.addresses import absolute
from web.schemas import AnswerOut, answer_out


def answered(bot: Any, question: str) -> AnswerOut:
    return answer_out(bot.answer(Ask(question)), "01J")


def test_every_marker_that_leads_somewhere_is_found_at_its_place(bot: Any) -> None:
    citations = answered(bot, "变化").citations
    text = r"甲[1]，乙 [2][1]，原文的\[3]，没有的[9]，**粗体[4]**"
    found = list(plain.markers(text, citations))
    assert [marker.citation.n for marker in found] == [1, 2, 1, 4]
    assert [text[marker.start : marker.end] for marker in found] == ["[1]", "[2]", "[1]", "[4]"]


def test_sources_are_one_line_each_even_where_the_quote_is_several(bot: Any) -> None:
    under = plain.below(answered(bot, "来稿"), "https://yanda.test")
    lines = under.split("\n\n")[2:]
    assert [line[:3] for line in lines[1:]] == ["[1]", "[2]"]
    assert all("\n" not in line for line in lines)


def test_what_stands_below_speaks_the_language_of_the_question(bot: Any) -> None:
    answer = answered(bot, "药师")
    assert "**出处**" in plain.below(answer, "")
    assert "**Sources**" in plain.below(answer.model_copy(update={"question": "How many pharmacists are there?"}), "")


def test_notes_are_told_and_a_refusal_without_any_has_nothing_below(bot: Any) -> None:
    assert "\n\n> 按上一个问题补全了年份与对象。\n\n" in plain.below(answered(bot, "2030年底青禾"), "")
    assert plain.below(answered(bot, "火星"), "") == ""


@pytest.mark.parametrize("question", ["药师", "变化", "2030年底青禾", "火星"])
@pytest.mark.parametrize("english", [False, True])
def test_an_answer_that_comes_back_is_what_it_was(bot: Any, question: str, english: bool) -> None:
    answer = answered(bot, question)
    if english:
        answer = answer.model_copy(update={"question": "What?"})
    assert plain.without_below(answer.answer + plain.below(answer, "https://yanda.test")) == answer.answer


def test_a_line_between_two_parts_of_what_somebody_else_wrote_stays() -> None:
    assert plain.without_below("上文\n\n---\n\n下文") == "上文\n\n---\n\n下文"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("研答", 2), ("registered doctors", 2), ("2021年底：310万", 7), ("1,204,000", 5), ("a-b", 3)]
)
def test_tokens_are_counted_near_to_what_tokenizers_count(text: str, count: int) -> None:
    assert plain.tokens(text) == count


def test_a_link_is_absolute_and_encoded_where_an_address_is_known() -> None:
    url = "/documents/年报 2031#c5-9"
    assert absolute(url, "https://yanda.test") == "https://yanda.test/documents/%E5%B9%B4%E6%8A%A5%202031#c5-9"
    assert absolute(url, "") == url

"""What is suggested can be answered, out of the words it was made from, and reads as a person would ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Library
from index.types import Span
from rag.bot import Bot
from rag.suggest.kept import keep, kept
from rag.suggest.near import beside
from rag.suggest.propose import proposed
from rag.suggest.tried import holds, tried
from rag.suggest.types import Kind, Suggested
from rag.suggest.wording import bare, fits, is_time
from rag.types import Answer, Ask, Turn

Asking = Callable[..., Answer]


@pytest.fixture(scope="module")
def suggested(bot: Bot) -> tuple[Suggested, ...]:
    return tuple(tried(bot.library, lambda question: bot.answer(Ask(question))))


@pytest.fixture(scope="module")
def over_seeds(seeded: Bot) -> tuple[Suggested, ...]:
    return tuple(tried(seeded.library, lambda question: seeded.answer(Ask(question))))


def test_over_seeds_there_are_enough_of_every_kind_and_document(over_seeds: tuple[Suggested, ...], seeded: Bot) -> None:
    assert len(over_seeds) >= 24
    assert {one.kind for one in over_seeds} == set(Kind)
    assert {one.document for one in over_seeds} == set(seeded.library.documents)
    assert len({one.question for one in over_seeds}) == len(over_seeds)


def test_the_first_few_are_of_several_kinds_and_documents(over_seeds: tuple[Suggested, ...]) -> None:
    first = over_seeds[:5]
    assert len({one.document for one in first}) >= 4
    assert len({one.kind for one in first}) >= 3


def test_most_that_are_proposed_hold(over_seeds: tuple[Suggested, ...], seeded: Bot) -> None:
    made = list(proposed(seeded.library))
    assert len(over_seeds) >= 0.7 * len(made)


def test_what_is_suggested_is_answered_with_the_words_it_is_about(suggested: tuple[Suggested, ...], bot: Bot) -> None:
    assert len(suggested) >= 6
    for one in suggested:
        answer = bot.answer(Ask(one.question))
        assert answer.answered
        assert any(c.passage.document.id == one.document and c.span.start < one.about.end for c in answer.citations)


def test_a_question_is_whole_in_itself(over_seeds: tuple[Suggested, ...]) -> None:
    for one in over_seeds:
        assert one.question.endswith("？")
        assert 6 <= len(one.question) <= 45
        assert not fits(one.question.removesuffix("？")) or "其" not in one.question[:1]
        assert not any(word in one.question for word in ("下表", "上述", "编者", "第一个", "该", "页码", "（", "N="))


def test_a_refusal_or_a_citation_of_other_words_does_not_hold(suggested: tuple[Suggested, ...], bot: Bot) -> None:
    one = suggested[0]
    answer = bot.answer(Ask(one.question))
    assert holds(one, answer)
    assert not holds(one, replace(answer, answered=False, citations=()))
    assert not holds(replace(one, document="another"), answer)
    assert not holds(replace(one, about=Span(10**6, 10**6 + 1)), answer)


def test_proposals_do_not_change_from_one_call_to_the_next(library: Library) -> None:
    assert list(proposed(library)) == list(proposed(library))


def test_the_bot_offers_those_of_the_documents_that_were_chosen(bot: Bot, suggested: tuple[Suggested, ...]) -> None:
    other = Bot(bot.library)
    assert other.examples() == ()
    other.suggested = suggested
    assert other.examples() == tuple(one.question for one in suggested)
    names = Counter(one.document for one in suggested)
    for name, count in names.items():
        assert len(other.examples((name,))) == count


def test_beside_an_answer_stand_tried_questions_from_nearby_that_were_not_asked(
    bot: Bot, suggested: tuple[Suggested, ...]
) -> None:
    for one in suggested:
        asked = Ask(one.question, (Turn("user", suggested[1].question),))
        answer = bot.answer(asked)
        next_ones = beside(suggested, asked, answer)
        assert len(next_ones) == len(set(next_ones)) <= 3
        assert {one.question, suggested[1].question}.isdisjoint(next_ones)
        assert set(next_ones) <= {each.question for each in suggested}
        cited = {citation.passage.document.id for citation in answer.citations}
        assert {each.document for each in suggested if each.question in next_ones} <= cited


def test_what_has_just_been_read_is_not_suggested(bot: Bot, suggested: tuple[Suggested, ...]) -> None:
    one = suggested[0]
    asked = Ask(f"请问{one.question}")
    assert one.question not in beside(suggested, asked, bot.answer(Ask(one.question)))


def test_a_refusal_suggests_what_the_nearest_documents_can_answer(bot: Bot, suggested: tuple[Suggested, ...]) -> None:
    asked = Ask("青岚云诊2028年的营业收入是多少？")
    answer = bot.answer(asked)
    assert not answer.answered
    next_ones = beside(suggested, asked, answer)
    assert next_ones
    assert all(bot.answer(Ask(question)).answered for question in next_ones)


def test_within_chosen_documents_nothing_else_is_suggested(bot: Bot, suggested: tuple[Suggested, ...]) -> None:
    asked = Ask("青岚云诊2028年的营业收入是多少？", documents=("nothing",))
    assert beside(suggested, asked, bot.answer(Ask(asked.question))) == ()


def test_what_is_kept_comes_back_for_the_same_index_only(tmp_path: Path, suggested: tuple[Suggested, ...]) -> None:
    assert kept(tmp_path, "f00d") is None
    keep(tmp_path, "f00d", suggested)
    assert kept(tmp_path, "f00d") == suggested
    assert kept(tmp_path, "beef") is None
    (tmp_path / "suggestions.json").write_text('{"made_for": 1}', "utf-8")
    assert kept(tmp_path, "f00d") is None
    assert [path.name for path in tmp_path.iterdir()] == ["suggestions.json"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("（一）收入（万元）", "收入"), ("2.1 用户规模", "用户规模"), ("三、研究方法", "研究方法"), ("占比（N=1,204）：", "占比")],
)
def test_a_heading_is_read_without_its_number_and_brackets(written: str, read: str) -> None:
    assert bare(written) == read


@pytest.mark.parametrize(
    "name", ["其余药师", "该平台的用户", "图 3", "2031年底", "到 2031年底", "数字", "第二个年度", "但是用户"]
)
def test_what_points_elsewhere_is_no_name(name: str) -> None:
    assert not fits(name)


@pytest.mark.parametrize("name", ["2031年底", "２０３１ 财年", "2031年3月"])
def test_times_are_known(name: str) -> None:
    assert is_time(name)
    assert not is_time("用户规模")

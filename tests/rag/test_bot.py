"""Every answer, whatever was asked, is made of the documents' own words at the offsets it names."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.bot import Bot
from rag.evaluate import questions
from rag.types import Answer, Ask, Delta, Found, Stage, Turn

GOLDEN = Path(__file__).parents[2] / "bench" / "golden" / "development.jsonl"
SUBJECTS = [
    "青岚云诊",
    "青嵐雲診",
    "江畔药师",
    "霁川医药",
    "皮肤科",
    "骨科",
    "岚芝ＡＰＰ",
    "一线城市",
    "白鹭研究所",
    "复诊服务",
]
ABOUT = [
    "的营业收入是多少？",
    "的问诊量最多吗？",
    "有哪些步骤？",
    "的占比是几成？",
    "是谁创办的？",
    "为什么？",
    "介绍一下",
    "呢？",
]
TIMES = ["", "2031年", "2030年", "２０２８年", "去年"]
ASKED = st.builds(lambda *parts: "".join(parts), st.sampled_from(TIMES), st.sampled_from(SUBJECTS), st.sampled_from(ABOUT))


def check(answer: Answer) -> None:
    """What holds for every answer."""
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        text = citation.passage.document.text
        assert citation.quote
        assert text[citation.span.start : citation.span.end] == citation.quote
        assert citation.passage.span.start <= citation.span.start < citation.passage.span.end
        assert f"[{citation.n}]" in answer.text
        assert citation.url == f"/documents/{citation.passage.document.id}#c{citation.span.start}-{citation.span.end}"
    markers = {int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", answer.text)}
    assert markers == {citation.n for citation in answer.citations}
    for figure in answer.figures:
        assert figure.text in answer.citations[figure.n - 1].quote
    assert bool(answer.citations) is answer.answered
    assert answer.text


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=ASKED, before=st.lists(ASKED, max_size=2))
def test_every_citation_is_the_documents_own_words_and_is_marked(bot: Bot, question: str, before: list[str]) -> None:
    check(bot.answer(Ask(question, tuple(Turn("user", text) for text in before))))


def test_over_seeds_every_citation_is_the_documents_own_words_and_is_marked(seeded: Bot) -> None:
    for expected in questions(GOLDEN)[::4]:
        check(seeded.answer(expected.ask))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=40))
def test_no_question_whatever_breaks_the_bot(bot: Bot, question: str) -> None:
    check(bot.answer(Ask(question, (Turn("user", question), Turn("assistant", question)))))


def test_the_steps_are_told_in_order_and_end_in_the_answer(bot: Bot) -> None:
    events = list(bot.steps(Ask("皮肤科的问诊量是多少？")))
    assert [event.name for event in events if isinstance(event, Stage)] == ["understand", "search", "read", "compose"]
    *_, answer = events
    assert isinstance(answer, Answer)
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text
    (found,) = [event for event in events if isinstance(event, Found)]
    assert found.citations == answer.citations
    assert {"search", "total"} <= set(answer.timings_ms)
    assert answer.index == bot.library.fingerprint


def test_a_refusal_tells_of_no_citations(bot: Bot) -> None:
    assert not [event for event in bot.steps(Ask("火星上有多少家医院？")) if isinstance(event, Found)]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青岚云诊2031年的营业收入是多少？", "３．６亿元"),
        ("青嵐雲診２０３１年的營業收入是多少？", "３．６亿元"),
        ("江畔药师平均每天用手机查资料多久？", "1.5小时"),
        ("白鹭研究所收回了多少份问卷？", "1,240份"),
        ("霁川医药旗下有多少家药店？", "14家"),
        ("青岚云诊是谁创办的？", "陆知远"),
        ("青岚云诊的总部在哪里？", "松坪市"),
        ("青岚云诊是哪年成立的？", "2019年"),
        ("青岚云诊的配送成本为什么下降？", "搬到了河港边"),
        ("岚芝APP是谁开发的？", "Lanzhi Labs"),
    ],
)
def test_what_the_library_says_is_found_and_stands_in_a_citation(bot: Bot, question: str, value: str) -> None:
    answer = bot.answer(Ask(question))
    assert value in answer.text
    assert any(value in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "forms", [("岚芝APP是谁开发的？", "嵐芝ＡＰＰ是誰開發的？"), ("皮肤科的占比是多少？", "皮膚科的佔比是多少？")]
)
def test_both_scripts_and_widths_of_a_question_get_the_same_answer(bot: Bot, forms: tuple[str, str]) -> None:
    one, other = [bot.answer(Ask(form)) for form in forms]
    assert [citation.span for citation in one.citations] == [citation.span for citation in other.citations]


def test_only_the_documents_asked_for_answer(bot: Bot) -> None:
    for name in bot.library.documents:
        answer = bot.answer(Ask("药师有多少名？", documents=(name,)))
        places = [*(citation.passage for citation in answer.citations), *answer.nearest]
        assert places
        assert {passage.document.id for passage in places} == {name}


def test_a_followup_is_answered_and_says_how_it_was_understood(bot: Bot) -> None:
    answer = bot.answer(Ask("那肿瘤科呢？", (Turn("user", "皮肤科的问诊量是多少？"),)))
    assert answer.standalone_question == "肿瘤科的问诊量是多少？"
    assert any(answer.standalone_question in note for note in answer.notes)
    assert "18万次" in answer.text


def test_two_questions_in_one_are_both_answered(bot: Bot) -> None:
    text = bot.answer(Ask("青岚云诊2031年的营业收入是多少？它的注册药师有多少名？")).text
    assert "３．６亿元" in text
    assert "42万名" in text


def test_a_second_question_about_another_source_is_answered_too(bot: Bot) -> None:
    text = bot.answer(Ask("青岚云诊2031年的营业收入是多少？江畔药师平均每天用手机查资料多久？")).text
    assert "３．６亿元" in text
    assert "1.5小时" in text


def test_two_rows_compared_by_who_has_more_are_answered_with_their_figures(bot: Bot) -> None:
    text = bot.answer(Ask("皮肤科和眼科，谁的问诊量多？")).text
    assert "120万次" in text
    assert "54万次" in text


def test_a_short_second_question_is_answered_too(bot: Bot) -> None:
    text = bot.answer(Ask("青岚云诊2031年的营业收入是多少？它的总部在哪里？")).text
    assert "松坪市" in text


def test_several_threads_get_the_answers_that_one_gets(bot: Bot) -> None:
    asked = ["皮肤科的问诊量是多少？", "青岚云诊的总部在哪里？", "火星上有多少家医院？"] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda question: bot.answer(Ask(question)).text, asked))
    assert found == [bot.answer(Ask(question)).text for question in asked]

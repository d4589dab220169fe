"""Whatever a model does, an answer comes: cited, in time, and with nothing in it that the sources do not say."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.library import Library
from rag.bot import Bot
from rag.composers.calls import Patience
from rag.composers.guarded import Guarded
from rag.composers.llm import Llm
from rag.types import Answer, Ask, Delta, Found, Turn
from tests.rag.composers.stand_in_llm import Script, StandIn, Wire, event, fails, for_ever, in_turn, raw, says, stand_in, then
from tests.rag.conftest import READER
from tests.rag.test_bot import check

ASKED = "青岚云诊2031年的营业收入是多少？"
FIGURE = "３．６亿元"
WRITTEN = "2031年，青岚云诊的营业收入为3.6亿元[1]。同比增长24.5%[1]。"
LIST = "青岚云诊的复诊服务分为哪几步？"


def steps(bot: Bot, question: str = ASKED) -> tuple[list[object], Answer]:
    events = list(bot.steps(Ask(question)))
    answer = events[-1]
    assert isinstance(answer, Answer)
    check(answer)
    return list(events), answer


def test_what_the_model_writes_is_shown_with_its_citations(written: Bot, server: StandIn) -> None:
    server.script = says(WRITTEN)
    _, answer = steps(written)
    assert answer.text == WRITTEN
    assert (answer.composer, answer.notes, answer.struck) == ("llm", (), ())
    assert FIGURE in answer.citations[0].quote
    assert {figure.value for figure in answer.figures} == {360_000_000, 24.5}


def test_it_is_told_while_it_is_written_and_each_citation_before_its_marker(written: Bot, server: StandIn) -> None:
    server.script = says(WRITTEN + "江畔药师平均每天用手机查资料1.5小时[5]。")
    events, answer = steps(written)
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text
    known: set[int] = set()
    for one in events:
        if isinstance(one, Found):
            known = {citation.n for citation in one.citations}
        if isinstance(one, Delta):
            assert {int(n) for n in re.findall(r"\[(\d+)\]", one.text)} <= known


def test_a_sentence_is_shown_before_the_next_one_is_there(written: Bot, server: StandIn) -> None:
    server.script = then(WRITTEN + "后面", len(WRITTEN) + 2, Wire.stall)
    begun = time.monotonic()
    first = next(event for event in written.steps(Ask(ASKED)) if isinstance(event, Delta))
    assert "3.6亿元" in first.text
    assert time.monotonic() - begun < 1.2


def test_citations_are_numbered_as_they_are_first_named(written: Bot, server: StandIn) -> None:
    server.script = says("注册药师达42万名[2]。2031年，青岚云诊的营业收入为3.6亿元[1]。")
    _, answer = steps(written)
    assert re.findall(r"\[(\d)\]", answer.text) == ["1", "2"]


def test_the_model_gets_the_evidence_numbered_the_excerpt_and_the_question(written: Bot, server: StandIn) -> None:
    server.script = says(WRITTEN)
    steps(written)
    (wire,) = server.seen
    assert wire.body["temperature"] == 0
    assert wire.body["stream"] is True
    assert wire.body["model"] == "heron-7b"
    rules, given = (message["content"] for message in wire.body["messages"])
    assert "只用下面编了号的资料" in rules
    assert "《青岚云诊 2031 年年报》，青岚云诊，2032-03-08 › 业绩" in given
    assert re.search(r"^\[1\] 2031年，青岚云诊实现营业收入３．６亿元", given, re.MULTILINE)
    assert f"<问题>\n{ASKED}\n</问题>" in given


def test_an_english_question_is_put_in_english(written: Bot, server: StandIn) -> None:
    server.script = says("Qinglan's revenue in 2031 was 3.6亿元.[1]")
    _, answer = steps(written, "What was the revenue of 青岚云诊 in 2031?")
    assert "Use nothing but the numbered sources" in server.seen[0].prompt
    assert answer.citations


@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param(fails(401), "401", id="401"),
        pytest.param(fails(404), "404", id="404"),
        pytest.param(fails(429, Retry_After="60"), "429", id="429"),
        pytest.param(fails(500), "500", id="500"),
        pytest.param(Wire.hang_up, "断开", id="hung up"),
        pytest.param(Wire.stall, "限定时间", id="silent"),
        pytest.param(for_ever(b": keep-alive\n\n", 0.05), "限定时间", id="kept alive"),
        pytest.param(raw(b"<html>", "text/html"), "无法识别", id="a page"),
        pytest.param(raw(b"data: {broken\n\n"), "无法识别", id="broken JSON"),
        pytest.param(says(""), "没有一句", id="nothing"),
        pytest.param(says("青岚云诊的营业收入为3.7亿元[1]。"), "没有一句", id="a wrong figure"),
        pytest.param(says("2029年，青岚云诊的营业收入为3.6亿元[1]。"), "没有一句", id="a wrong year"),
        pytest.param(says("抱歉，我无法回答这个问题。"), "没有一句", id="a refusal of its own"),
        pytest.param(says("资料不足"), "没有直接回答", id="the refusal it was told of"),
        pytest.param(says("<think>" + "想" * 200), "没有一句", id="thoughts alone"),
        pytest.param(says("```json\n{}\n```\n# 标题\n![x](http://evil.example/x.png)"), "没有一句", id="markup"),
        pytest.param(for_ever(event("哈哈"), 0.0), "说个没完", id="a loop without an end"),
        pytest.param(says("3.6亿" * 20_000, size=500), "说个没完", id="a huge answer"),
    ],
)
def test_where_the_model_gives_nothing_the_documents_answer_and_the_reply_says_so(
    bot: Bot, written: Bot, server: StandIn, script: Script, told: str
) -> None:
    server.script = script
    begun = time.monotonic()
    events, answer = steps(written)
    assert time.monotonic() - begun < 3
    plain = bot.answer(Ask(ASKED))
    assert (answer.text, answer.citations, answer.composer) == (plain.text, plain.citations, "quote")
    assert any(told in note for note in answer.notes), answer.notes
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text


def test_a_server_that_is_not_there_costs_next_to_no_time(bot: Bot, library: Library) -> None:
    away = Bot(library, READER, Guarded(Llm("http://127.0.0.1:9/v1", patience=Patience(1.5))))
    _, answer = steps(away)
    assert answer.text == bot.answer(Ask(ASKED)).text
    assert "连不上" in answer.notes[0]


LONG = (
    "2031年，青岚云诊的营业收入为3.6亿元[1]。\n\n"
    "- 2030年的营业收入为2.89亿元[2]\n- 注册药师达42万名，比上一年多9万名[3]\n\n配送成本下降，因为仓库搬到了河港边[4]。"
)
NONSENSE = {
    "no JSON": b"data: <<<\n\n",
    "half an event": event("复诊")[:-12],
    "another shape": b'data: {"choices": "none"}\n\n',
    "an error": b'data: {"error": {"message": "out of memory"}}\n\n',
    "no text": b"\xff\xfe\x00\xc3\x28",
}
ENDINGS: dict[str, Script] = {
    "dropped": Wire.drop,
    "hung up": Wire.hang_up,
    "stalled": Wire.stall,
    **{name: lambda wire, data=data: (wire.send(data), wire.end()) for name, data in NONSENSE.items()},  # type: ignore[misc]
}
ALONE = 4  # answers that are waited for at once


@pytest.mark.parametrize("ending", ENDINGS)
def test_cut_at_every_character_an_answer_comes_cited_and_in_time(library: Library, ending: str) -> None:
    def asked(characters: int) -> None:
        with stand_in() as server:
            server.script = then(LONG, characters, ENDINGS[ending], size=1)
            begun = time.monotonic()
            events, answer = steps(Bot(library, READER, Guarded(Llm(server.url, patience=Patience(1.5), sleep=lambda _: None))))
        assert time.monotonic() - begun < 3
        assert answer.answered
        assert re.search(r"3\.6亿元|３．６亿元", answer.text)
        assert answer.notes
        assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text

    with ThreadPoolExecutor(ALONE) as pool:
        assert list(pool.map(asked, range(len(LONG) + 1))) == [None] * (len(LONG) + 1)


def test_what_was_shown_before_the_model_broke_off_stays_and_is_completed(written: Bot, server: StandIn) -> None:
    server.script = then("青岚云诊的注册药师达42万名[2]。营业收入达", 24, Wire.drop)
    _, answer = steps(written)
    assert re.match(r"青岚云诊的注册药师达42万名。?\[1\]。?\n\n", answer.text)
    assert FIGURE in answer.text
    assert answer.composer == "llm"
    assert [note for note in answer.notes if "中途断开" in note]
    assert [note for note in answer.notes if "原话补上" in note]


def test_nothing_is_said_twice_where_the_model_had_said_it_before_it_broke_off(written: Bot, server: StandIn) -> None:
    server.script = then("2031年，青岚云诊的营业收入为3.6亿元[1]。同比增", 28, Wire.drop)
    _, answer = steps(written)
    assert re.fullmatch(r"2031年，青岚云诊的营业收入为3\.6亿元。?\[1\]。?", answer.text)


def test_a_list_stays_a_list_where_one_entry_was_struck(written: Bot, server: StandIn) -> None:
    server.script = says("业绩如下：\n\n- 营业收入为3.6亿元[1]\n- 利润为77亿元\n- 注册药师达42万名[2]\n")
    _, answer = steps(written)
    assert re.search(r"\n\n- 营业收入为3.6亿元\[1\]\n- 注册药师达42万名\[2\]", answer.text)


def test_what_fails_is_replaced_only_by_what_it_named(written: Bot, server: StandIn) -> None:
    server.script = says("注册药师达42万名[2]。营业收入增加了90亿元，十分可观。2031年，青岚云诊的营业收入为3.9亿元[1]。")
    _, answer = steps(written)
    assert len(answer.struck) == 2
    assert len(answer.citations) == 2
    assert FIGURE in answer.text


def test_half_a_sentence_is_never_shown(written: Bot, server: StandIn) -> None:
    server.script = says("2031年，青岚云诊的营业收入为3.6亿元[1]。2030年的营业收入为2.89亿[1]", end="length")
    _, answer = steps(written)
    assert "2.89" not in answer.text


def test_the_entries_of_a_list_that_were_not_written_are_added(written: Bot, bot: Bot, server: StandIn) -> None:
    plain = bot.answer(Ask(LIST))
    assert len(plain.citations) >= 3
    server.script = then("- 建档[2]\n- 分诊", 9, Wire.drop)
    _, answer = steps(written, LIST)
    assert "建档" in answer.text
    assert "复核" in answer.text


def test_a_wrong_figure_is_struck_told_and_made_good_from_the_quote(written: Bot, server: StandIn) -> None:
    server.script = says("注册药师达42万名[4]。2031年，青岚云诊的营业收入为3.9亿元[1]。")
    _, answer = steps(written)
    assert "3.9" not in answer.text
    assert FIGURE in answer.text
    assert ["3.9" in struck.text for struck in answer.struck] == [True]


def test_a_marker_that_does_not_exist_is_mended(written: Bot, server: StandIn) -> None:
    server.script = says("2031年，青岚云诊的营业收入为3.6亿元[98]。")
    _, answer = steps(written)
    assert answer.composer == "llm"
    assert [FIGURE in citation.quote for citation in answer.citations] == [True]


@pytest.mark.parametrize("marker", ["【1】", "[^1]", "[1, 1]", "[资料1]", "[citation:1]", "【1†source】"])
def test_markers_are_understood_as_models_write_them(written: Bot, server: StandIn, marker: str) -> None:
    server.script = says(f"2031年，青岚云诊的营业收入为3.6亿元{marker}。")
    _, answer = steps(written)
    assert answer.composer == "llm"
    assert re.fullmatch(r"2031年，青岚云诊的营业收入为3.6亿元(?:\[1\])+。", answer.text)


def test_a_sentence_is_not_shown_twice_and_a_loop_is_ended(written: Bot, server: StandIn) -> None:
    server.script = for_ever(event("2031年，青岚云诊的营业收入为3.6亿元[1]。"))
    _, answer = steps(written)
    assert answer.text.count("3.6亿元") == 1
    assert any("说个没完" in note for note in answer.notes)


def test_a_question_that_is_declined_is_no_business_of_the_model(written: Bot, server: StandIn) -> None:
    answer = written.answer(Ask("火星上有多少家医院？"))
    assert (answer.answered, answer.composer, server.seen) == (False, "quote", [])


def test_what_stands_beside_a_figure_is_told_whoever_composes(written: Bot, bot: Bot, server: StandIn) -> None:
    asked = "一线城市的药师用微信群的占比是多少？"
    plain = bot.answer(Ask(asked)).text
    assert "N=640" in plain
    server.script = says("一线城市有48%的药师通过微信群获取药品信息[1]。")
    _, answer = steps(written, asked)
    assert (answer.composer, "N=640" in answer.text) == ("llm", True)


def test_a_followup_reaches_the_model_as_it_stands_alone(written: Bot, server: StandIn) -> None:
    server.script = says("肿瘤科的问诊量为18万次[1]。")
    answer = written.answer(Ask("那肿瘤科呢？", (Turn("user", "皮肤科的问诊量是多少？"),)))
    assert "<问题>\n肿瘤科的问诊量是多少？\n</问题>" in server.seen[0].prompt
    assert any("按上文补全" in note for note in answer.notes)


def test_after_a_failure_the_next_question_is_written_again(written: Bot, server: StandIn) -> None:
    server.script = in_turn(fails(401), says(WRITTEN))
    assert [written.answer(Ask(ASKED)).composer for _ in range(2)] == ["quote", "llm"]


def test_where_it_quotes_the_same_bot_asks_no_model(written: Bot, server: StandIn) -> None:
    answer = written.quoting().answer(Ask(ASKED))
    assert answer.composer == "quote"
    assert answer.answered
    assert server.seen == []

"""A server that works, stumbles, stalls, lies about its format or is not there: what the one who asks it gets."""

from __future__ import annotations

import logging
import socket
import time

import pytest

from rag.composers.breaker import Breaker
from rag.composers.calls import LlmError, Message, Patience, Why
from rag.composers.llm import Llm, address
from tests.rag.composers.conftest import KEY
from tests.rag.composers.stand_in_llm import Script, StandIn, Wire, event, fails, for_ever, in_turn, raw, says, then

ASKED = (Message("system", "只用资料"), Message("user", "药师有多少名？"))
TEXT = "药师有42万名。[1]"


def answer(llm: Llm) -> str:
    return "".join(piece.text for piece in llm.stream(ASKED))


def failure(llm: Llm) -> LlmError:
    with pytest.raises(LlmError) as raised:
        answer(llm)
    return raised.value


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(says(TEXT), id="events"),
        pytest.param(says(TEXT, size=1), id="a character at a time"),
        pytest.param(says(TEXT, done=False), id="no [DONE]"),
        pytest.param(says(TEXT, end=None), id="no finish_reason"),
        pytest.param(says(TEXT, reasoning="先看资料。" * 20), id="thoughts in a field of their own"),
        pytest.param(says(f"<think>先看\n资料[1]。</think>{TEXT}", size=3), id="thoughts between tags"),
        pytest.param(raw((event(TEXT) + event(end="stop")).replace(b"\n", b"\r\n")), id="CRLF"),
        pytest.param(raw((event(TEXT) + event(end="stop")).replace(b"\n", b"\r")), id="CR"),
        pytest.param(raw(b": keep-alive\n\n" + event(TEXT) + b"event: x\nid: 3\n\n" + event(end="stop")), id="comments"),
        pytest.param(raw(event(TEXT).replace(b"data: ", b"data:") + event(end="stop")), id="no space after the colon"),
        pytest.param(raw(event(TEXT) + b'data: {"choices": [], "usage": {}}\n\n' + event(end="stop")), id="empty choices"),
        pytest.param(raw(event(TEXT) + event(end="stop")[:-2]), id="no line end behind the last event"),
        pytest.param(
            raw(
                '{"choices": [{"message": {"content": "药师有42万名。[1]"}, "finish_reason": "stop"}]}'.encode(),
                "application/json; charset=utf-8",
            ),
            id="not streamed at all",
        ),
    ],
)
def test_an_answer_is_read_in_whatever_way_servers_write_it(server: StandIn, llm: Llm, script: Script) -> None:
    server.script = script
    assert answer(llm) == TEXT


def test_a_character_cut_in_two_by_the_wire_is_one_character(server: StandIn, llm: Llm) -> None:
    data = event(TEXT) + event(end="stop")

    def script(wire: Wire) -> None:
        wire.begin()
        for at in range(len(data)):
            wire.send(data[at : at + 1])
        wire.end()

    server.script = script
    assert answer(llm) == TEXT


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(raw(b"<html>proxy</html>", "text/html"), Why.GARBLED, id="a page"),
        pytest.param(raw(b"data: {broken\n\n"), Why.GARBLED, id="broken JSON"),
        pytest.param(raw(b"data: [1, 2]\n\n"), Why.GARBLED, id="a list"),
        pytest.param(raw(b'data: {"choices": ["x"]}\n\n'), Why.GARBLED, id="a choice that is text"),
        pytest.param(raw(b'data: {"object": "x"}\n\n'), Why.GARBLED, id="no choices"),
        pytest.param(raw(b'{"choices": null}', "application/json"), Why.GARBLED, id="choices null"),
        pytest.param(raw(event("药师") + b'data: {"error": {"message": "out of memory"}}\n\n'), Why.GARBLED, id="error inside"),
        pytest.param(raw(b"data: " + b"[" * 100_000 + b"\n\n"), Why.GARBLED, id="deep JSON"),
        pytest.param(raw(b"x" * 300_000), Why.GARBLED, id="a line without an end"),
        pytest.param(for_ever(b"y" * 50_000), Why.GARBLED, id="bytes without an end"),
        pytest.param(raw(b""), Why.BROKEN, id="nothing at all"),
        pytest.param(says(TEXT, end=None, done=False), Why.BROKEN, id="an end without a reason"),
        pytest.param(then(TEXT, 6, Wire.drop), Why.BROKEN, id="closed within a chunk"),
        pytest.param(then(TEXT, 6, Wire.hang_up), Why.BROKEN, id="closed between chunks"),
        pytest.param(Wire.hang_up, Why.BROKEN, id="closed before a word"),
        pytest.param(Wire.stall, Why.SLOW, id="silent from the start"),
        pytest.param(then(TEXT, 0, Wire.stall), Why.SLOW, id="headers and no more"),
        pytest.param(then(TEXT, 6, Wire.stall), Why.SLOW, id="stalled"),
        pytest.param(for_ever(b": keep-alive\n\n", 0.05), Why.SLOW, id="kept alive and silent"),
        pytest.param(for_ever(event("药"), 0.05), Why.SLOW, id="slow and steady"),
        pytest.param(for_ever(event(reasoning_content="嗯"), 0.05), Why.SLOW, id="thinking for ever"),
        pytest.param(fails(401), Why.STATUS, id="401"),
        pytest.param(fails(404), Why.STATUS, id="404"),
        pytest.param(fails(500), Why.STATUS, id="500"),
        pytest.param(raw(b"", status=302, Location="http://example.invalid/"), Why.STATUS, id="a redirect"),
    ],
)
def test_a_server_that_gives_no_answer_is_told_apart_and_in_time(server: StandIn, llm: Llm, script: Script, why: Why) -> None:
    server.script = script
    begun = time.monotonic()
    assert failure(llm).why is why
    assert time.monotonic() - begun < 2.5


def test_a_server_that_is_not_there_is_unreachable_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        llm = Llm(f"http://127.0.0.1:{free.getsockname()[1]}/v1", patience=Patience(1.5))
        begun = time.monotonic()
        assert failure(llm).why is Why.UNREACHABLE
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(server: StandIn, status: int) -> None:
    server.script = in_turn(fails(status), fails(status), says(TEXT))
    assert answer(Llm(server.url, patience=Patience(20), sleep=lambda _: None)) == TEXT
    assert len(server.seen) == 3


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_server_that_would_say_the_same_again_is_asked_once(server: StandIn, llm: Llm, status: int) -> None:
    server.script = fails(status)
    assert failure(llm).status == status
    assert len(server.seen) == 1


def test_the_wait_that_a_server_asks_for_is_kept(server: StandIn) -> None:
    waits: list[float] = []
    llm = Llm(server.url, patience=Patience(20), sleep=waits.append)
    server.script = in_turn(fails(429, Retry_After="2"), fails(429), says(TEXT))
    assert answer(llm) == TEXT
    assert waits == [2, 1]


@pytest.mark.parametrize("wait", ["60", "Wed, 21 Oct 2037 07:28:00 GMT"])
def test_nobody_waits_a_minute_for_an_answer(server: StandIn, wait: str) -> None:
    waits: list[float] = []
    server.script = fails(429, Retry_After=wait)
    assert failure(Llm(server.url, patience=Patience(20), sleep=waits.append)).status == 429
    assert (len(server.seen), waits) == (1, [])


def test_what_has_begun_is_not_asked_for_again(server: StandIn, llm: Llm) -> None:
    server.script = then(TEXT, 6, Wire.drop)
    failure(llm)
    assert len(server.seen) == 1


def test_a_model_that_refuses_to_be_told_a_temperature_is_asked_without(server: StandIn, llm: Llm) -> None:
    server.script = in_turn(fails(400), says(TEXT))
    assert answer(llm) == TEXT
    assert server.seen[0].body["temperature"] == 0
    assert set(server.seen[1].body) == {"model", "messages", "stream"}


def test_after_three_failures_the_server_is_left_alone_until_one_try_succeeds(server: StandIn) -> None:
    now = [100.0]
    llm = Llm(server.url, patience=Patience(1.5), breaker=Breaker(3, 30, lambda: now[0]), sleep=lambda _: None)
    server.script = fails(401)
    assert [failure(llm).why for _ in range(5)] == [Why.STATUS] * 3 + [Why.RESTING] * 2
    assert len(server.seen) == 3
    now[0] += 31
    assert [failure(llm).why for _ in range(2)] == [Why.STATUS, Why.RESTING]
    now[0] += 31
    server.script = says(TEXT)
    assert [answer(llm) for _ in range(2)] == [TEXT] * 2


def test_while_one_tries_the_others_do_not() -> None:
    now = [0.0]
    breaker = Breaker(1, 30, lambda: now[0])
    with pytest.raises(LlmError), breaker.turn(LlmError):
        raise LlmError(Why.BROKEN)
    now[0] = 31
    with breaker.turn(LlmError) as first, breaker.turn(LlmError) as second:
        assert (first, second) == (True, False)
    with breaker.turn(LlmError) as later:
        assert later


def test_a_try_that_is_abandoned_leaves_the_way_free_for_the_next() -> None:
    now = [0.0]
    breaker = Breaker(1, 30, lambda: now[0])
    with pytest.raises(LlmError), breaker.turn(LlmError):
        raise LlmError(Why.BROKEN)
    now[0] = 31
    with pytest.raises(GeneratorExit), breaker.turn(LlmError):
        raise GeneratorExit
    with breaker.turn(LlmError) as allowed:
        assert allowed


def test_who_stops_listening_ends_the_call_on_the_server(server: StandIn) -> None:
    server.script = for_ever(event("药师"), 0.01)
    stream = Llm(server.url, patience=Patience(20)).stream(ASKED)
    assert next(piece.text for piece in stream if piece.text) == "药师"
    stream.close()
    begun = time.monotonic()
    while not server.gone and time.monotonic() - begun < 2:
        time.sleep(0.01)
    assert server.gone


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("https://llm.example/v1/chat/completions", "https://llm.example/v1"),
        ("https://llm.example/compatible-mode/v1/", "https://llm.example/compatible-mode/v1"),
        ("https://llm.example/api/paas/v4", "https://llm.example/api/paas/v4"),
    ],
)
def test_the_address_is_understood_as_people_write_it(written: str, meant: str) -> None:
    assert address(written) == (meant, None)


def test_a_login_in_the_address_goes_into_a_header_alone(server: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = says(TEXT)
    llm = Llm(server.url.replace("http://", "http://heron:hunter2@"), patience=Patience(1.5))
    assert answer(llm) == TEXT
    assert server.seen[0].headers["Authorization"].startswith("Basic ")
    assert "hunter2" not in caplog.text


def test_the_key_goes_to_the_server_and_nowhere_else(server: StandIn, llm: Llm, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = fails(401)
    error = failure(llm)
    assert server.seen[0].headers["Authorization"] == f"Bearer {KEY}"
    assert server.seen[0].path == "/v1/chat/completions"
    assert KEY not in caplog.text + str(error) + repr(error)


def test_the_models_of_a_server_are_told_by_name(llm: Llm) -> None:
    assert llm.models() == ("heron-7b", "heron-70b")

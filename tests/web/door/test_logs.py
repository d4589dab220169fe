"""Is every line one JSON object, whatever is logged?"""

from __future__ import annotations

import json
import logging
import logging.config
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.door.logs import JsonLines, configuration, request_id


def line(message: str, *arguments: object, error: bool = False, **more: Any) -> str:
    record = logging.LogRecord("yanda", logging.INFO, "x.py", 1, message, arguments, sys.exc_info() if error else None)
    record.__dict__.update(more)
    return JsonLines().format(record)


@given(st.text(), st.text())
def test_a_line_is_one_line_and_says_what_was_said(message: str, value: str) -> None:
    written = line("%s", message, seen={"value": value})
    assert len(written.splitlines()) == 1
    told = json.loads(written)
    assert (told["message"], told["value"]) == (message, value)
    assert told["time"].endswith("+00:00")


def test_a_traceback_is_part_of_the_line() -> None:
    try:
        raise ValueError("第一行\n第二行")
    except ValueError:
        written = line("failed", error=True)
    assert "\n" not in written
    assert json.loads(written)["traceback"].endswith("ValueError: 第一行\n第二行")


def test_what_belongs_to_no_request_names_none() -> None:
    assert "request_id" not in json.loads(line("x"))
    token = request_id.set("abc")
    assert json.loads(line("x"))["request_id"] == "abc"
    request_id.reset(token)


def test_what_cannot_be_json_is_written_as_text() -> None:
    assert json.loads(line("x", seen={"path": {1}}))["path"] == "{1}"


@pytest.mark.parametrize(("level", "shown"), [("debug", ["d", "i", "w"]), ("info", ["i", "w"]), ("warning", ["w"])])
def test_the_level_is_ours_and_others_only_warn(level: str, shown: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    try:
        logging.config.dictConfig(configuration(level))
        for name in ("web.desk", "somebody.else"):
            for log, message in zip(("debug", "info", "warning"), "diw", strict=True):
                getattr(logging.getLogger(name), log)(message)
        told = [json.loads(one) for one in capfd.readouterr().err.splitlines()]
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        for name in ("index", "rag", "web"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert [one["message"] for one in told if one["logger"] == "web.desk"] == shown
    assert [one["message"] for one in told if one["logger"] == "somebody.else"] == ["w"]

"""An answer as it grows: numbers in the order of their first use, lines that stay lines, nothing taken back."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.library import Library
from rag.composers.outward import tidied
from rag.composers.shown import Shown
from rag.types import Citation, Delta, Found


@pytest.fixture
def evidence(library: Library) -> tuple[Citation, ...]:
    return tuple(Citation(n, unit.passage, unit.span) for n, unit in enumerate(library.units[:9], 1))


def told(shown: Shown, *pieces: str) -> str:
    events = [event for piece in pieces for event in shown.add(piece)]
    known = 0
    for event in events:
        if isinstance(event, Found):
            known = len(event.citations)
        if isinstance(event, Delta):
            assert all(int(n) <= known for n in re.findall(r"(?<!\\)\[(\d{1,3})\]", event.text))
    assert "".join(event.text for event in events if isinstance(event, Delta)) == shown.text
    return shown.text


def test_citations_are_numbered_as_they_come(evidence: tuple[Citation, ...]) -> None:
    shown = Shown(evidence)
    assert told(shown, "甲[7]。", "乙[3][7]。") == "甲[1]。乙[2][1]。"
    assert [citation.quote for citation in shown.citations] == [evidence[6].quote, evidence[2].quote]
    assert [citation.n for citation in shown.citations] == [1, 2]


def test_an_escaped_bracket_is_no_marker(evidence: tuple[Citation, ...]) -> None:
    assert told(Shown(evidence), r"见\[7\]附录[2]。") == r"见\[7\]附录[1]。"


def test_lines_stay_lines_where_one_of_them_was_left_out(evidence: tuple[Citation, ...]) -> None:
    shown = Shown(evidence)
    assert told(shown, "- 甲[1]\n") == "- 甲[1]"
    shown.skip("- 乙[2]\n\n")
    list(shown.add("丙[3]。\n\n\n\n"))
    list(shown.add("丁[4]。"))
    assert shown.text == "- 甲[1]\n\n丙[2]。\n\n丁[3]。"


def test_a_paragraph_stays_one_where_the_sentence_before_it_was_left_out(evidence: tuple[Citation, ...]) -> None:
    shown = Shown(evidence)
    list(shown.add("甲[1]。"))
    for left_out in ("乙。\n", "\n"):
        shown.skip(left_out)
    list(shown.add("- 丙[2]\n"))
    shown.skip("- 丁\n")
    list(shown.add("- 戊[3]\n"))
    assert shown.text == "甲[1]。\n\n- 丙[2]\n- 戊[3]"


def test_nothing_but_space_is_told_before_there_are_words_to_follow(evidence: tuple[Citation, ...]) -> None:
    shown = Shown(evidence)
    assert told(shown, "\n\n", "  ", "甲[1]。\n") == "甲[1]。"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(alphabet="甲乙 \n-[1]29。"), max_size=8))
def test_whatever_comes_the_answer_neither_begins_nor_ends_in_space(library: Library, pieces: list[str]) -> None:
    shown = Shown([Citation(n, unit.passage, unit.span) for n, unit in enumerate((library.units * 999)[:999], 1)])
    text = told(shown, *[piece.replace("[0]", "") for piece in pieces if not re.search(r"\[0", piece)])
    assert text == text.strip()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("甲[1, 2]", "甲[1][2]"),
        ("甲[1、2]", "甲[1][2]"),
        ("甲【3】", "甲[3]"),
        ("甲[^4]", "甲[4]"),
        ("甲[资料5]", "甲[5]"),
        ("甲[citation:6]", "甲[6]"),
        ("甲[1](见附录)", "甲[1] (见附录)"),
        ("甲\u200b\u202e乙[1]", "甲乙[1]"),
        ("甲【重点】", "甲【重点】"),
    ],
)
def test_markers_have_one_form_and_nothing_is_hidden(written: str, meant: str) -> None:
    assert tidied(written) == meant

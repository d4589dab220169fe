"""An answer on the clipboard: three forms, the same sources."""

from __future__ import annotations

from typing import Any

import pytest

from web.copies import as_markdown, as_plain, as_references, by_document
from web.schemas import AnswerOut, CitationOut


def cited(n: int, document: str, section: str, **more: Any) -> CitationOut:
    given: dict[str, Any] = {"title": f"{document}报告", "publisher": "某院", "date": "2031"} | more
    return CitationOut(
        n=n, document=document, source="", section=section, passage="", quote=f"引文{n}", start=n, end=n + 3,
        url=f"/documents/{document}#c{n}-{n + 3}", **given,
    )  # fmt: skip


@pytest.fixture
def answer() -> AnswerOut:
    citations = [
        cited(1, "甲", "一 › 二"),
        cited(2, "乙", "", publisher="", date=""),
        cited(3, "甲", "一 › 三"),
        cited(4, "甲", "一 › 二"),
    ]
    return AnswerOut(
        id="x", question="那呢？", standalone_question="有多少？", answered=True, answer="- **3\\*4万**[1]\n- 其余[2][3][4]",
        citations=citations, figures=[], conflicts=[], nearest=[], suggestions=[], composer="quote", notes=[],
        index="", timings_ms={},
    )  # fmt: skip


def test_markdown_leads_back_to_the_cited_words(answer: AnswerOut) -> None:
    text = as_markdown(answer, "http://here")
    assert text.startswith("**有多少？**\n\n- **3\\*4万**[1]")
    assert "[1] 甲报告，某院，2031，一 › 二：「引文1」 http://here/documents/%E7%94%B2#c1-4" in text


def test_plain_text_has_neither_markup_nor_addresses(answer: AnswerOut) -> None:
    assert as_plain(answer) == (
        "有多少？\n\n- 3*4万[1]\n- 其余[2][3][4]\n\n[1] 某院：《甲报告》，2031：「引文1」\n[2] 《乙报告》：「引文2」\n"
        "[3] 某院：《甲报告》，2031：「引文3」\n[4] 某院：《甲报告》，2031：「引文4」"
    )


def test_references_are_one_a_document_with_the_sections_cited(answer: AnswerOut) -> None:
    assert as_references(answer, "http://here") == (
        "某院：《甲报告》，2031，二；三。http://here/documents/%E7%94%B2#c1-4\n《乙报告》，乙报告。http://here/documents/%E4%B9%99#c2-5"
    )


def test_documents_come_in_the_order_in_which_they_are_cited(answer: AnswerOut) -> None:
    assert [[citation.n for citation in group] for group in by_document(answer.citations)] == [[1, 3, 4], [2]]

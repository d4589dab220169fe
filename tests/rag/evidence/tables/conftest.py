"""Tables of our own, read by the real parsers and asked without any search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from index.chinese.fold import fold
from index.chinese.numbers import numbers
from index.formats import PARSERS, compose, front
from index.passages import passages
from index.types import Document, UnitKind
from index.units import units
from rag.composers.quote import Said
from rag.composers.quote import compose as said_as
from rag.evidence.tables import table_evidence
from rag.evidence.types import Candidate
from rag.question import read

Tabled = Callable[..., str]
Rows = Sequence[Sequence[str]]
Answered = Callable[..., Said | None]
Written = Sequence[tuple[Callable[[Rows], str], str]]

LEAD = "下表是雁鸣医药各大区2032年的经营情况。"
REGIONS = """
| 大区 | 2031年销售额（亿元） | 2032年销售额（亿元） | 门店数（家） | 占比（%，N=512） | 设有冷库 |
| --- | --- | --- | --- | --- | --- |
| 华北 | 3.2 | 4.1 | 120 | 41 | 是 |
| 华东 | 5.6 | 5.1 | 310 | 29 | 否 |
| 西南 | 1.4 | 2.0 | 88 | 18 | 是 |
| 东北 | 0.9 | 0.7 | 45 | 12 | 否 |
| 合计 | 11.1 | 11.9 | 563 | 100 | |
"""


def _answered(question: str, table: str, ending: str = ".md", lead: str = LEAD) -> Said | None:
    """What the one table of a document answers; None where it does not."""
    whole = f"<h1>雁鸣医药年报</h1><p>{lead}</p>{table}" if ending == ".html" else f"# 雁鸣医药年报\n\n{lead}\n\n{table}\n"
    parsed = PARSERS[ending](whole.encode(), f"a{ending}")
    text, blocks = compose(parsed.drafts)
    document = Document("a", text, blocks, front.describe(parsed.front, parsed.drafts, f"a{ending}"))
    rows = [unit for unit in units(tuple(passages(document))) if unit.kind is UnitKind.ROW]
    candidates = [
        Candidate(row, row.span, fold(row.text), fold(row.context), tuple(numbers(row.text)), score=9.0) for row in rows
    ]
    evidence = table_evidence(read(question), candidates)
    return said_as([evidence]) if evidence else None


@pytest.fixture(scope="session")
def ask() -> Tabled:
    """What is said to a question about the regions, or about another table."""

    def said(question: str, table: str = REGIONS, ending: str = ".md", lead: str = LEAD) -> str:
        found = _answered(question, table, ending, lead)
        return found.text if found else ""

    return said


def as_markdown(rows: Rows) -> str:
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))


def as_open_markdown(rows: Rows) -> str:
    """Markdown without bars at the ends of its lines."""
    head, *body = rows
    return "\n".join(" | ".join(row) for row in (head, ["---"] * len(head), *body))


def as_tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def as_html(rows: Rows) -> str:
    head, *body = rows
    lines = [f"<tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body]
    return f"<table>{''.join(lines)}</table>"


@pytest.fixture(scope="session")
def answered() -> Answered:
    """What the one table of a document answers, with its citations; None where it does not."""
    return _answered


@pytest.fixture(scope="session")
def written() -> Written:
    """The ways to write a table down, each with the ending of its file; Markdown with bars comes first."""
    return ((as_markdown, ".md"), (as_open_markdown, ".md"), (as_tabs, ".txt"), (as_html, ".html"))

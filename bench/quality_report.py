"""How the marks of all sets read: as tables in a terminal, as Markdown in a README, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from bench.baselines import System
from bench.scoring import Column, Row

__all__ = ["as_json", "markdown", "tables"]

_RANKING = (Column.RECALL_1, Column.RECALL_5, Column.RECALL_10, Column.NDCG_10)
_REPLY = (
    *(Column.FOUND_SHORT, Column.FOUND, Column.COVERED_SHORT, Column.LENGTH, Column.FIGURES, Column.FIGURE_LENGTH),
    *(Column.CITED_PRECISION, Column.CITED_RECALL),
)
_REFUSAL = (Column.DECLINED, Column.REFUSED, Column.REFUSED_STRANGERS, Column.REFUSAL_PRECISION)
_LENGTHS = (Column.LENGTH, Column.FIGURE_LENGTH)
_SOUGHT = (Column.FOUND_SHORT, Column.FOUND)
_RANKED = (System.YANDA, System.WORDS, System.VECTORS)  # the best sentence comes out of 研答's own ranking


@dataclass(frozen=True, slots=True)
class _Words:
    set: str
    system: str
    titles: tuple[str, str, str]
    systems: Mapping[System, str]
    columns: Mapping[Column, str]


_ENGLISH = _Words(
    set="set (questions)",
    system="system",
    titles=("Found: which passages come first", "Said: the reply", "Declined"),
    systems={
        System.YANDA: "研答",
        System.SENTENCE: "best sentence",
        System.WORDS: "BM25 alone",
        System.VECTORS: "vectors alone",
    },
    columns={
        Column.RECALL_1: "recall@1",
        Column.RECALL_5: "recall@5",
        Column.RECALL_10: "recall@10",
        Column.NDCG_10: "nDCG@10",
        Column.FOUND_SHORT: "answer in 120 characters",
        Column.FOUND: "in the whole reply",
        Column.COVERED_SHORT: "its words in 120",
        Column.LENGTH: "length",
        Column.FIGURES: "figures right",
        Column.FIGURE_LENGTH: "length there",
        Column.CITED_PRECISION: "citation precision",
        Column.CITED_RECALL: "citation recall",
        Column.DECLINED: "has an answer, declined",
        Column.REFUSED: "has none, refused",
        Column.REFUSED_STRANGERS: "another set's, refused",
        Column.REFUSAL_PRECISION: "refusals right",
    },
)
_CHINESE = _Words(
    set="问题集（提问数）",
    system="方法",
    titles=("检索：哪些段落排在前面", "回答", "拒答"),
    systems={
        System.YANDA: "研答",
        System.SENTENCE: "首段最佳句",
        System.WORDS: "仅 BM25",
        System.VECTORS: "仅向量",
    },
    columns={
        Column.RECALL_1: "召回率@1",
        Column.RECALL_5: "召回率@5",
        Column.RECALL_10: "召回率@10",
        Column.NDCG_10: "nDCG@10",
        Column.FOUND_SHORT: "前 120 字含答案",
        Column.FOUND: "全文含答案",
        Column.COVERED_SHORT: "前 120 字覆盖答案用字",
        Column.LENGTH: "字数",
        Column.FIGURES: "数字正确",
        Column.FIGURE_LENGTH: "问数字时字数",
        Column.CITED_PRECISION: "引用精确率",
        Column.CITED_RECALL: "引用召回率",
        Column.DECLINED: "有答案却拒答",
        Column.REFUSED: "无答案而拒答",
        Column.REFUSED_STRANGERS: "他集问题而拒答",
        Column.REFUSAL_PRECISION: "拒答正确",
    },
)
WORDS: Mapping[str, _Words] = {"en": _ENGLISH, "zh": _CHINESE}


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """The three tables for a terminal, in English."""
    for title, (head, *others) in _parts(rows, _ENGLISH):
        table = Table(title=title, title_justify="left")
        for place, name in enumerate(head):
            table.add_column(name, justify="right" if place > 1 else "left", no_wrap=place < 2)
        for cells in others:
            table.add_row(*cells)
        yield table


def markdown(rows: Sequence[Row], language: str) -> str:
    """The same tables as Markdown in that language."""
    parts = []
    for title, (head, *others) in _parts(rows, WORDS[language]):
        rule = ["---", "---", *("---:" for _ in head[2:])]
        parts += [f"{title}:", "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *others))]
    return "\n\n".join(parts)


def as_json(rows: Sequence[Row]) -> str:
    """One object a row: set, system, how many questions were asked and can be quoted, and the columns that apply."""
    told = [{"set": row.set, "system": row.system, "asked": row.asked, "verbatim": row.verbatim, **row.values} for row in rows]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _parts(rows: Sequence[Row], words: _Words) -> Iterator[tuple[str, list[list[str]]]]:
    for title, columns, systems in zip(
        words.titles, (_RANKING, _REPLY, _REFUSAL), (_RANKED, tuple(System), (System.YANDA,)), strict=True
    ):
        shown = [row for row in rows if row.system in systems and any(column in row.values for column in columns)]
        kept = [column for column in columns if any(column in row.values for row in shown)]
        head = [words.set, words.system, *(words.columns[column] for column in kept)]
        yield title, [head, *(_cells(row, kept, words) for row in shown)]


def _cells(row: Row, columns: Sequence[Column], words: _Words) -> list[str]:
    return [f"{row.set} ({row.asked})", words.systems[row.system], *(_value(row, column) for column in columns)]


def _value(row: Row, column: Column) -> str:
    value = row.values.get(column)
    if value is None:
        return "–"
    if column in _LENGTHS:
        return f"{value:.0f}"
    over = f" ({row.verbatim})" if column in _SOUGHT and row.verbatim < row.asked else ""
    return f"{value:.3f}{over}"

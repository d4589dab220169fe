"""Which figure of a statement is the one asked for, so that the answer may lead with it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from index.chinese.numbers import Number, NumberKind
from index.types import Span
from rag.evidence.features import Asked, wanted_values
from rag.evidence.trim import clauses_of
from rag.evidence.types import Candidate
from rag.matching import match
from rag.question import WANTED

_MOVED = re.compile(r"(?:增长|增加|提高|提升|上升|上涨|下降|下滑|减少|降低|涨|降|跌)了?(?:多少|几成|百分之)|[增降涨]幅")
_RIVAL = 1.5  # log-odds below the best within which another figure of the kind puts it in doubt
_SURE = 0.7  # share of the question that a statement must speak of before one of its figures leads the answer
_CLEARER = 1.0  # idf by which one clause must speak more of the question than the next


def figure_of(asked: Asked, candidate: Candidate, span: Span, others: Sequence[Candidate]) -> str:
    """The figure as printed; empty unless one alone can be meant and no near statement has another."""
    moved = bool(_MOVED.search(asked.question.text))
    kinds = (NumberKind.SHARE,) if moved else WANTED.get(asked.question.kind, ())
    if not kinds or candidate.features is None or candidate.features.covered < _SURE:
        return ""
    alike = [number for number in candidate.values if number.kind is kinds[0]]
    fresh = alike if moved else [candidate.values[p] for p in wanted_values(asked.question, candidate)]
    meant = alike[0] if len(alike) == 1 else _pointed(asked, candidate.unit.text, alike)
    if meant is None or meant not in fresh:
        return ""
    if any(_rivals(meant, other) for other in others if other.score >= candidate.score - _RIVAL):
        return ""
    said = meant.span.of(candidate.unit.text).strip()
    counted = re.search(r"\d", said) or meant.kind is NumberKind.SHARE  # 四个方面 counts what is listed, and answers nothing
    return said if counted and said in span.of(candidate.unit.document.text) else ""


def _pointed(asked: Asked, text: str, numbers: Sequence[Number]) -> Number | None:
    """Of several figures of the kind, the one in the clause of the year asked for, or in the clause that says most of it."""
    if not numbers:
        return None
    clauses = {number: _clause(text, number) for number in numbers}
    if asked.question.years:
        timed = [number for number in numbers if any(str(year) in clauses[number] for year in asked.question.years)]
        return timed[0] if len(timed) == 1 else None
    said = {number: sum(w * match(term, clauses[number]) for term, w in asked.weights.items()) for number in numbers}
    first, *rest = sorted(numbers, key=lambda number: -said[number])
    apart = sum(clauses[number] == clauses[first] for number in numbers) == 1
    return first if apart and all(said[first] >= said[other] + _CLEARER for other in rest) else None


def _clause(text: str, number: Number) -> str:
    return next((fold(text[start:end]) for start, end in clauses_of(text) if start <= number.span.start < end), "")


def _rivals(number: Number, other: Candidate) -> bool:
    """Whether the other candidate has a figure of the kind, and not this one: 2.84 亿 of the whole, 2.59 亿 of a part."""
    values = {rival.value for rival in other.values if rival.kind is number.kind}
    return bool(values) and number.value not in values

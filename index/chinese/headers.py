"""In which unit are the figures under a header: what its brackets, or the lines around a table, give."""

from __future__ import annotations

import re
from functools import lru_cache

from index.chinese.numbers import NumberKind, numbers

_BRACKET = re.compile(r"[（(\[【]([^（）()\[\]【】]*)[）)\]】]")
_STATED = re.compile(r"单位\s*[:：为]?\s*([^\s，,。；;）)]{1,6})")
_NO_UNIT = frozenset({NumberKind.PLAIN, NumberKind.DATE, NumberKind.RANK})


def unit_in(label: str) -> str:
    """The unit that a header or the name of a row gives in brackets: 占比（%，N=512） → %, 收入（亿元） → 亿元."""
    for inner in _BRACKET.findall(label):
        for piece in re.split(r"[，,、;；\s]+", inner):
            piece = _STATED.sub(r"\1", piece)
            if piece and is_unit(piece):
                return piece
    return ""


def unit_stated(text: str) -> str:
    """The one unit that the lines around a table state: 单位：万元."""
    found = {piece for piece in _STATED.findall(text) if is_unit(piece)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=8192)
def is_unit(piece: str) -> bool:
    """Whether the word measures: 万人, %, 亿元; 2024年 says when, not how much."""
    if piece[0].isdecimal():
        return False
    read = next(numbers(f"1{piece}"), None)
    return read is not None and read.kind not in _NO_UNIT and read.span.end == len(piece) + 1


def without_unit(label: str) -> str:
    """A name with its unit taken out, everything else in its brackets kept."""
    unit = unit_in(label)
    if not unit:
        return label
    for found in _BRACKET.finditer(label):
        kept = [p for p in re.split(r"[，,、;；]\s*", found[1]) if _STATED.sub(r"\1", p.strip()) != unit]
        if len(kept) < len(re.split(r"[，,、;；]\s*", found[1])):
            inner = f"（{'，'.join(kept)}）" if kept else ""
            return label[: found.start()] + inner + label[found.end() :]
    return label

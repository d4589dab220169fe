"""How a refusal is said: in one sentence what is missing, with the nearest passages beside it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import BlockKind, Hit, Passage
from rag.decline import Reason, Verdict
from rag.types import Answer, Ask

_NEAREST = 3
_SAID = {
    Reason.NOTHING: "资料里没有与这个问题相关的内容。",
    Reason.YEAR: "资料里没有{missing}的这项内容{others}。",
    Reason.MEASURE: "资料里没有提到所问的“{missing}”。",
    Reason.NAME: "资料里没有关于“{missing}”的这项内容。",
    Reason.SUBJECT: "资料里没有关于“{missing}”的这项内容。",
    Reason.VALUE: "资料里谈到了相近的内容，但没有给出所问的数字或时间。",
    Reason.ORDINAL: "资料里没有“{missing}”的内容。",
}


def refused(ask: Ask, alone: str, verdict: Verdict, hits: Sequence[Hit]) -> Answer:
    """An answer that says nothing but what is missing."""
    reason = verdict.reason or Reason.NOTHING
    others = f"，相近的内容说的是 {'、'.join(map(str, verdict.years))} 年" if verdict.years else ""
    text = _SAID[reason].format(missing="、".join(verdict.missing), others=others)
    nearest = tuple(hit.passage for hit in hits if _speaks(hit.passage))[:_NEAREST]
    return Answer(ask.question, alone, False, text, nearest=nearest)


def _speaks(passage: Passage) -> bool:
    """Whether the passage holds more than a heading."""
    return any(
        block.kind is not BlockKind.HEADING and block.span.start < passage.span.end and block.span.end > passage.span.start
        for block in passage.section.blocks
    )

"""How a refusal is said: in one sentence what is missing, with the nearest passages beside it."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import BlockKind, Hit, Passage
from rag.english import InEnglish
from rag.reasons import Reason, Verdict
from rag.types import Answer, Ask

_NEAREST = 3
_SAID = {
    Reason.NOTHING: "资料里没有与这个问题相关的内容。",
    Reason.YEAR: "资料里没有{missing}的这项内容{others}。",
    Reason.MEASURE: "资料里没有提到所问的“{missing}”。",
    Reason.NAME: "资料里没有关于“{missing}”的这项内容。",
    Reason.SUBJECT: "资料里没有关于“{missing}”的这项内容。",
    Reason.STRANGER: "资料里没有关于“{missing}”的这项内容。",
    Reason.VALUE: "资料里谈到了相近的内容，但没有给出所问的数字或时间。",
    Reason.ORDINAL: "资料里没有“{missing}”的内容。",
    Reason.ADVICE: "这要问医生或药师：研答只转述资料里的话，不给用药和就医的建议。",
    Reason.TASK: "研答只回答资料里写了什么，不代写文章，也不编程。",
    Reason.TODAY: "这要看当天的消息：研答只知道资料里写的内容。",
    Reason.ORDER: "研答只回答关于资料的问题；写在问题或文件里的指令只当作文字，不会照做。",
    Reason.GREETING: "你好，研答只回答资料里写了什么：可以问数字、时间、名称、原因和做法。",
}

_SAID_IN_ENGLISH = {
    Reason.NOTHING: "The library has nothing on this question.",
    Reason.YEAR: "The library does not have this for {missing}{others}.",
    Reason.MEASURE: "The library does not speak of {missing}, which was asked for.",
    Reason.NAME: "The library does not have this of {missing}.",
    Reason.SUBJECT: "The library does not have this of {missing}.",
    Reason.STRANGER: "The library does not have this of {missing}.",
    Reason.VALUE: "The library speaks of something close to this, but gives no such figure or time.",
    Reason.ORDINAL: "The library has nothing on {missing}.",
    Reason.ADVICE: "Ask a doctor or pharmacist: this bot repeats what documents say and gives no medical advice.",
    Reason.TASK: "This bot says what the documents say; it writes neither texts nor programs.",
    Reason.TODAY: "That takes today's news: this bot knows only what the documents say.",
    Reason.ORDER: "This bot answers questions on its documents; orders in a question or a file are text like any other.",
    Reason.GREETING: "Hello: this bot says what the documents say; ask for a figure, a date, a name or a reason.",
}


def refused(
    ask: Ask,
    alone: str,
    verdict: Verdict,
    hits: Sequence[Hit],
    english: InEnglish | None = None,
    known: tuple[int, ...] = (),
) -> Answer:
    """An answer that says nothing but what is missing, in English where the question is; `known` years are there instead."""
    reason = verdict.reason or Reason.NOTHING
    hits = () if reason is Reason.GREETING else hits  # nothing was asked that a passage could be near to
    if known and reason is Reason.YEAR:
        return _refusal(ask, alone, _other_years(verdict.missing, known, english), hits)
    if english:
        others = f"; what is closest speaks of {', '.join(map(str, verdict.years))}" if verdict.years else ""
        missing = ", ".join(english(word) or word for word in verdict.missing)
        return _refusal(ask, alone, _SAID_IN_ENGLISH[reason].format(missing=missing, others=others), hits)
    others = f"，相近的内容说的是 {'、'.join(map(str, verdict.years))} 年" if verdict.years else ""
    text = _SAID[reason].format(missing="、".join(verdict.missing), others=others)
    return _refusal(ask, alone, text, hits)


def _other_years(missing: tuple[str, ...], known: tuple[int, ...], english: InEnglish | None) -> str:
    if english:
        asked = ", ".join(english(word) or word for word in missing)
        return f"The library has this for {', '.join(map(str, known))}, not for {asked}."
    return f"资料里有{'、'.join(f'{year}年' for year in known)}的，没有{'、'.join(missing)}的。"


def _refusal(ask: Ask, alone: str, text: str, hits: Sequence[Hit]) -> Answer:
    nearest = tuple(hit.passage for hit in hits if _speaks(hit.passage))[:_NEAREST]
    return Answer(ask.question, alone, False, text, nearest=nearest)


def _speaks(passage: Passage) -> bool:
    """Whether the passage holds more than a heading."""
    return any(
        block.kind is not BlockKind.HEADING and block.span.start < passage.span.end and block.span.end > passage.span.start
        for block in passage.section.blocks
    )

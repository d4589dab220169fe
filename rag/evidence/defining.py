"""Which statement says what the term means: 所谓X，是指…, X：指…, X即…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.chinese.fold import fold
from index.chinese.words import words
from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.question import Kind

_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,16})[”\"」』》]")
_ASKED = (
    re.compile(r"(?:什么是|什么叫做?|何谓|何为|所谓的?|啥叫|啥是)([^，,？?。]{2,16}?)(?:啊|呀|呢)?[？?。]?$"),
    re.compile(r"(?:怎么|如何|怎样)(?:定义|界定|理解)(?:的)?([^，,？?。的]{2,16})[？?]?$"),
    re.compile(
        r"([^，,？?。“”的]{2,16}?)(?:具体|到底|究竟|都|又|在[^，]{1,8}[里中])?"
        r"(?:是(?:什么|啥)意思|(?:什么|啥)意思|指的?是?(?:什么|啥)|是?(?:怎么|如何|怎样)(?:定义|界定|理解|计算|算)"
        r"|的?(?:定义|含义|概念)|是(?:什么|啥)概念|是(?:什么|啥)[？?]?$)"
    ),
)
_MEANS = (
    r"[”\"」』》]?(?:[（(][^（）()]{1,40}[）)])?[”\"」』》]?[，,：:]?\s*(?:本文|本报告|本次|业内|一般|通常|这里|则)*"
    r"(?:是指|指的是|系指|意指|定义为|意为|就是指|指|即(?![使便可将日刻时])|[：:])"
)
_LEADS_UP = re.compile(r"[里中的说讲称叫]$|报告|文章|作者|资料")  # what may stand before the term in a question
_LOOKED_AT, _NEAR = 8, 3.5  # how many candidates, and how far in log-odds below the best, may define the term


def defined_first(asked: Asked, ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates as they are, unless one near the best defines the very term that is asked for: then that one leads."""
    term = _term(fold(asked.question.text)) if asked.question.kind in (Kind.DEFINITION, Kind.HOW) else ""
    if not term:
        return ranked
    for place, candidate in enumerate(ranked[:_LOOKED_AT]):
        if candidate.score < ranked[0].score - _NEAR:
            break
        if _defines(term, candidate.reading):
            lead = replace(candidate, score=ranked[0].score)
            return [lead, *ranked[:place], *ranked[place + 1 :]]
    return ranked


def _term(text: str) -> str:
    """What the question asks the meaning of, with what may stand before it."""
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1]
    found = next((hit for pattern in _ASKED if (hit := pattern.search(text))), None)
    return found[1].strip() if found else ""


def _defines(term: str, reading: str) -> bool:
    """Whether the text says what the term means, or the last words of it: 文章里赔付率, 赔付率."""
    found = [word for word, _ in words(term)]
    tails = ["".join(found[place:]) for place in range(len(found)) if not place or _LEADS_UP.search("".join(found[:place]))]
    return any(len(tail) > 1 and re.search(rf"{re.escape(tail)}{_MEANS}", reading) for tail in tails)

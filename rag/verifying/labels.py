"""Which words of a sentence name each of its figures, and which only stand around it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span

__all__ = ["Label", "clause_of", "in_turn", "labels"]

_BEHIND = re.compile(r"的(?!是|有)|\s*of\b|\s*(?:医生|受访者?|用户|患者|人|企业|公司)(?!数)")
_RESPECTIVELY = re.compile("分别|依次|各自?")
_LIST_END = re.compile(r"[、，,]|和|与|及|以及|\band\b")
_SAYS_NOTHING = re.compile(
    r"[\u3400-\u9fff]?[升降增减涨跌提回缩砍滑落][到至]|猛增到?|[增提减降][加高少低]到|达到|约占|占比|分别|其中|同比|环比|高达|仅为|上年|去年|前一?年|一年前|上一?财?年|还是|只有|仅有|不过|(?:19|20)\d\d年?[底末初]?"
)
_HAN = re.compile("[\u3400-\u9fff]")
_SHORT = 6  # characters of a label to which the clause before it is added
_WORD = re.compile(r"[\u3400-\u9fff]{2}|[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Label:
    """The words that name a figure, and those around it."""

    named: str
    beside: str
    lead: str = ""  # the clause before, where the figure's own says little


def labels(text: str, figures: Sequence[Span], cut: Sequence[tuple[int, int]]) -> list[Label]:
    """For each figure of a read text the words of its clause; where they name nothing, those of the clause before."""
    found = []
    lead = ""
    opening = text[: figures[0].start] if figures else ""
    for place, figure in enumerate(figures):
        start, end = clause_of(figure, cut, len(text))
        before = figures[place - 1].end if place else 0
        after = figures[place + 1].start if place + 1 < len(figures) else len(text)
        left, right = text[max(start, before) : figure.start], text[figure.end : min(end, after)]
        ahead = text[min(before, start) : start]
        named, beside = (f"{left} {right}", left) if _BEHIND.match(right) or not re.search(r"\w", left) else (left, right)
        if not _names(named):
            # 占员工总数5,840人的33.0%: what stands before the figure before it, in one clause
            ahead = next(
                (said for said in (ahead, text[start : figure.start], _clause_before(text, start, cut)) if _names(said)), ""
            )
            lead = ahead if _names(ahead) else lead
            named = f"{named} {beside} {lead}"
        elif len(_HAN.findall(_SAYS_NOTHING.sub("", named))) < _SHORT and _names(ahead):
            found.append(Label(named, f"{beside} {opening}", ahead))
            continue
        found.append(Label(named, f"{beside} {ahead} {opening}"))
    return found


def in_turn(text: str, figures: Sequence[Span], cut: Sequence[tuple[int, int]]) -> dict[int, Label]:
    """甲、乙、丙分别为1、2、3: the figures that have a name of their own in a list before them, by their place."""
    found = _RESPECTIVELY.search(text)
    behind = [place for place, figure in enumerate(figures) if found and figure.start >= found.end()]
    if found is None or len(behind) < 2:
        return {}
    start = max((a for a, _ in cut if a <= found.start()), default=0)
    names = _split(text[start : found.start()])
    names = names if len(names) >= len(behind) else _split(text[: found.start()])
    if len(names) < len(behind):
        return {}
    ahead = text[: found.start()]
    return {place: Label(name, ahead) for place, name in zip(behind, names[-len(behind) :], strict=True)}


def clause_of(span: Span, cut: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The clause that something stands in."""
    return next(((a, b) for a, b in cut if a <= span.start < b), (0, length))


def _clause_before(text: str, start: int, cut: Sequence[tuple[int, int]]) -> str:
    return next((text[a:b] for a, b in reversed(cut) if b <= start), "")


def _names(text: str) -> bool:
    return bool(_WORD.search(_SAYS_NOTHING.sub("", text)))


def _split(text: str) -> list[str]:
    return [piece.strip() for piece in _LIST_END.split(text)]

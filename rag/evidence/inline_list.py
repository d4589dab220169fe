"""Which entries does one sentence count: 第一，…；第二，…, （一）…；（二）…, 首先…；其次…, each quoted for itself?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Span, UnitKind
from rag.evidence.types import Candidate, Claim, Evidence, Shape

_DIGITS = "一二三四五六七八九十"
_BEFORE = r"(?:^|(?<=[，；。：:;,、—]))[“\"]?"
_COUNTED = (
    re.compile(rf"{_BEFORE}第([{_DIGITS}]|\d)(?:[层步类种点条个项阶段关环节]{{1,2}})?[,，、：:是]"),
    re.compile(rf"[（(]([{_DIGITS}]|\d{{1,2}})[)）]"),
    re.compile(rf"{_BEFORE}([{_DIGITS}])是"),
    re.compile(rf"{_BEFORE}其([{_DIGITS}])[,，、：:是]?"),
    re.compile(r"([①-⑨])"),
)
_TOLD = re.compile(rf"{_BEFORE}(首先|其次|再次|再者|然后|接着|最后|此外)(?=[,，、：:\u3400-\u9fff])")
_FEWEST = 3
_END = "，；、。;, "


@dataclass(frozen=True, slots=True)
class Inline:
    """The entries of one unit, and what stands before them; the lead is empty where they begin at once."""

    lead: Span
    entries: tuple[Span, ...]


def inline_list(candidate: Candidate) -> Inline | None:
    """Three or more entries that a statement or field counts from one on; None where it counts none."""
    if candidate.column >= 0 or candidate.unit.kind in (UnitKind.ROW, UnitKind.HEADING):
        return None
    span = candidate.span
    text = span.of(candidate.unit.document.text)
    starts = next((found for style in _COUNTED if (found := _counted(text, style))), ()) or _told(text)
    if len(starts) < _FEWEST:
        return None
    ends = (*starts[1:], len(text))
    entries = tuple(_trimmed(span.start, text, first, last) for first, last in zip(starts, ends, strict=True))
    return Inline(_trimmed(span.start, text, 0, starts[0]), entries)


def as_list(candidate: Candidate) -> Evidence | None:
    """The same as evidence: the lead opens the list."""
    found = inline_list(candidate)
    if found is None:
        return None
    passage = candidate.unit.passage
    opening = Claim(passage, found.lead) if found.lead.end > found.lead.start else None
    return Evidence(
        Shape.LIST, tuple(Claim(passage, entry) for entry in found.entries), candidate.score, opening, candidate=candidate
    )


def _counted(text: str, style: re.Pattern[str]) -> tuple[int, ...]:
    """Where the entries begin that count on from one without a gap."""
    starts: list[int] = []
    for found in style.finditer(text):
        if _number(found[1]) == len(starts) + 1:
            starts.append(found.start())
    return tuple(starts) if len(starts) >= _FEWEST else ()


def _told(text: str) -> tuple[int, ...]:
    found = list(_TOLD.finditer(text))
    return tuple(one.start() for one in found) if found and found[0][1] == "首先" else ()


def _number(sign: str) -> int:
    if sign in _DIGITS:
        return _DIGITS.index(sign) + 1
    return int(sign) if sign.isdecimal() else ord(sign) - ord("①") + 1


def _trimmed(offset: int, text: str, start: int, end: int) -> Span:
    kept = text[start:end].rstrip(_END)
    return Span(offset + start, offset + start + len(kept))

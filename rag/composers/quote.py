"""How evidence is said without any model: the documents' own words, led by what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from index.chinese.numbers import NumberKind, numbers
from index.types import Span
from rag.composers.types import Brief, Said
from rag.english import InEnglish
from rag.evidence.lists import head
from rag.evidence.types import Claim, Evidence, Shape
from rag.types import Citation, Figure

_SAID_ONCE = 3  # cells from which the row or column they share is said once, above them
_LONG_LIST = 420  # characters; the items of a longer list are named by their first words
_MARKDOWN = re.compile(r"([*_`\[\]<>|\\])")
_END = re.compile(r"[，；、,;：:\s]+$")


@dataclass(slots=True)
class _Numbered:
    """Citations numbered as they come, the same words once."""

    found: dict[tuple[int, Span], Citation] = field(default_factory=dict)

    def mark(self, claim: Claim) -> str:
        key = (id(claim.passage.document), claim.span)
        if key not in self.found:
            self.found[key] = Citation(len(self.found) + 1, claim.passage, claim.span)
        return f"[{self.found[key].n}]"


class Quote:
    """The composer that needs no model."""

    def compose(self, brief: Brief) -> Iterator[Said]:
        yield compose(brief.evidence, brief.english)


def compose(evidence: Sequence[Evidence], english: InEnglish | None = None) -> Said:
    """The evidence in its order, each piece said once, led by its figure or name in English where that is asked for."""
    numbered = _Numbered()
    paragraphs = [paragraph for piece in evidence for paragraph in _led(_SAY[piece.shape](piece, numbered), piece, english)]
    citations = tuple(numbered.found.values())
    return Said("\n\n".join(dict.fromkeys(paragraphs)), citations, tuple(figures(citations)))


def _led(paragraphs: Iterator[str], evidence: Evidence, english: InEnglish | None) -> Iterator[str]:
    """The paragraphs, before them in English the figure that leads or the one cell, unless it reads the same."""
    claim = evidence.claims[0]
    alone = f"{claim.quote}{claim.unit}" if evidence.shape is Shape.CELLS and len(evidence.claims) == 1 else ""
    said = evidence.headline or alone
    lead = english(said) if english and said else ""
    opening = f"**{plain(lead)}**: " if lead and lead != said else ""
    yield from (f"{opening if place == 0 else ''}{paragraph}" for place, paragraph in enumerate(paragraphs))


def plain(text: str) -> str:
    """Words of a document as Markdown shows them: one line, nothing in them taken for markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _statements(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    for place, claim in enumerate(evidence.claims):
        headline = f"**{plain(evidence.headline)}**：" if place == 0 and evidence.headline else ""
        yield f"{headline}{_ended(plain(claim.quote))}{numbered.mark(claim)}"
    if evidence.closing:
        yield plain(evidence.closing)


def _cells(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    shared, leads = _shared(evidence.claims)
    pairs = zip(leads, evidence.claims, strict=True)
    lines = [f"{_cell(lead, claim)}{numbered.mark(claim)}" for lead, claim in pairs]
    if shared:
        yield f"{plain(shared)}："
    yield "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0]
    if evidence.closing:
        yield plain(evidence.closing)


def _cell(lead: str, claim: Claim) -> str:
    said = f"{plain(claim.quote)}{plain(claim.unit)}"
    return f"{plain(lead)}：**{said}**" if lead else said


def _shared(claims: Sequence[Claim]) -> tuple[str, list[str]]:
    """The row or column that all of several cells stand in, and what is left to name each of them by."""
    leads = [claim.lead for claim in claims]
    named = [lead.split(" · ") for lead in leads]
    if len(claims) < _SAID_ONCE or any(len(names) != 2 for names in named):
        return "", leads
    for place in (0, 1):
        if len({names[place] for names in named}) == 1:
            return named[0][place], [names[1 - place] for names in named]
    return "", leads


def _list(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    claims = evidence.claims
    if sum(len(claim.quote) for claim in claims) > _LONG_LIST:
        claims = tuple(_named(claim) for claim in claims)
    if evidence.opening:
        yield f"{_END.sub('', plain(evidence.opening.quote))}{numbered.mark(evidence.opening)}："
    yield "\n".join(f"- {_END.sub('', plain(claim.quote))}{numbered.mark(claim)}" for claim in claims)


def _summary(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    """The statements as a list, document by document."""
    for lead, claims in groupby(evidence.claims, key=lambda claim: claim.lead):
        lines = "\n".join(f"- {_ended(plain(claim.quote))}{numbered.mark(claim)}" for claim in claims)
        yield f"**{plain(lead)}**\n\n{lines}" if lead else lines


def _named(claim: Claim) -> Claim:
    return Claim(claim.passage, Span(claim.span.start, claim.span.start + len(head(claim.quote))))


def _ended(text: str) -> str:
    text = _END.sub("", text)
    return text if text.endswith(("。", "！", "？", ".", "!", "?", "”", "）", "…")) else f"{text}。"


def figures(citations: Sequence[Citation]) -> Iterator[Figure]:
    """The figures that stand in the words cited."""
    for citation in citations:
        for number in numbers(citation.quote):
            if number.kind not in (NumberKind.DATE, NumberKind.RANK, NumberKind.PLAIN):
                yield Figure(number.span.of(citation.quote).strip(), number.value, number.unit, citation.n)


_SAY = {Shape.STATEMENT: _statements, Shape.CELLS: _cells, Shape.LIST: _list, Shape.SUMMARY: _summary}

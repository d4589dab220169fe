"""How evidence is said without any model: the documents' own words, led by what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.chinese.numbers import NumberKind, numbers
from index.types import Span
from rag.evidence.lists import head
from rag.evidence.types import Claim, Evidence, Shape
from rag.types import Citation, Figure

_LONG_LIST = 420  # characters; the items of a longer list are named by their first words
_MARKDOWN = re.compile(r"([*_`\[\]<>|\\])")
_END = re.compile(r"[，；、,;：:\s]+$")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words: Markdown with markers, the citations they name, the figures in it."""

    text: str
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]


@dataclass(slots=True)
class _Numbered:
    """Citations numbered as they come, the same words once."""

    found: dict[tuple[int, Span], Citation] = field(default_factory=dict)

    def mark(self, claim: Claim) -> str:
        key = (id(claim.passage.document), claim.span)
        if key not in self.found:
            self.found[key] = Citation(len(self.found) + 1, claim.passage, claim.span)
        return f"[{self.found[key].n}]"


def compose(evidence: Sequence[Evidence]) -> Said:
    """The evidence in its order, each piece said once."""
    numbered = _Numbered()
    paragraphs = [paragraph for piece in evidence for paragraph in _SAY[piece.shape](piece, numbered)]
    citations = tuple(numbered.found.values())
    return Said("\n\n".join(dict.fromkeys(paragraphs)), citations, tuple(_figures(citations)))


def plain(text: str) -> str:
    """Words of a document as Markdown shows them: one line, nothing in them taken for markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _statements(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    for place, claim in enumerate(evidence.claims):
        headline = f"**{plain(evidence.headline)}**：" if place == 0 and evidence.headline else ""
        yield f"{headline}{_ended(plain(claim.quote))}{numbered.mark(claim)}"


def _cells(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    lines = [f"{plain(claim.lead)}：**{plain(claim.quote)}**{numbered.mark(claim)}" if claim.lead else
             f"{plain(claim.quote)}{numbered.mark(claim)}" for claim in evidence.claims]  # fmt: skip
    yield "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0]


def _list(evidence: Evidence, numbered: _Numbered) -> Iterator[str]:
    claims = evidence.claims
    if sum(len(claim.quote) for claim in claims) > _LONG_LIST:
        claims = tuple(_named(claim) for claim in claims)
    if evidence.opening:
        yield f"{_END.sub('', plain(evidence.opening.quote))}{numbered.mark(evidence.opening)}："
    yield "\n".join(f"- {_END.sub('', plain(claim.quote))}{numbered.mark(claim)}" for claim in claims)


def _named(claim: Claim) -> Claim:
    return Claim(claim.passage, Span(claim.span.start, claim.span.start + len(head(claim.quote))))


def _ended(text: str) -> str:
    text = _END.sub("", text)
    return text if text.endswith(("。", "！", "？", ".", "!", "?", "”", "）", "…")) else f"{text}。"


def _figures(citations: Sequence[Citation]) -> Iterator[Figure]:
    for citation in citations:
        for number in numbers(citation.quote):
            if number.kind not in (NumberKind.DATE, NumberKind.RANK, NumberKind.PLAIN):
                yield Figure(number.span.of(citation.quote).strip(), number.value, number.unit, citation.n)


_SAY = {Shape.STATEMENT: _statements, Shape.CELLS: _cells, Shape.LIST: _list}

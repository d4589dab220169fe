"""What does one sentence of an answer claim, and which citations does it name?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from index.chinese.fold import fold
from rag.verifying.calendar import Day, days
from rag.verifying.content import names_of, terms_of
from rag.verifying.marks import Mark, marks
from rag.verifying.opposites import Turn, denials, turns
from rag.verifying.reading import clauses, read

__all__ = ["Claim"]

_LATIN = re.compile(r"[a-z][a-z0-9.&+'-]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
# who says it: the date and the name there are those of the document, not of what it says
_PAPER = r"(?:报道|报告|调查|调研|数据|资料|文章|统计|公告|财报|年报|研究|白皮书|一文|文件|记录|问卷)"
_ATTRIBUTED = re.compile(
    rf"^(?:据|根据|按照|依据|援引|来自)[^，。；：]{{0,40}}?[，,：:]"
    rf"|^[^，。；：\d]{{0,24}}?{_PAPER}(?:中|里)?(?:显示|指出|表明|披露|称|提到|认为|介绍|来看)[，,：:]"
    r"|^《[^》]+》(?:一文)?(?:中|里)?(?:显示|指出|表明|披露|称|提到|认为|介绍|报道)[，,：:]"
    r"|^(?:according to|as reported by|based on)[^,]{2,60},\s*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a claim: its place in the read text, and the words that carry its content."""

    start: int
    end: int
    terms: tuple[str, ...]


class Claim:
    """One sentence without markup and markers, read; everything is worked out when first asked for."""

    def __init__(self, said: str, question: str = "", led: str = "") -> None:
        self.said = said
        self.led = led
        self._question = question
        whole = read(_without_headline(said))
        found = _ATTRIBUTED.match(whole)
        self.attribution = found.group() if found else ""
        self.text = whole[len(self.attribution) :]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Its figures; what stands around them is the lead-in above, too, and its time where they name none."""
        own = marks(self.text)
        if not self.led or not own:
            return own
        led = marks(f"{read(self.led)}：{self.text}")[-len(own) :]
        return tuple(
            replace(mark, when=mark.when if mark.when.year else other.when, beside=f"{mark.beside} {read(self.led)}")
            for mark, other in zip(own, led, strict=True)
        )

    @cached_property
    def days(self) -> tuple[Day, ...]:
        return days(self.text)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        return turns(self.text, tuple((mark.number.span.start, mark.number.span.end) for mark in marks(self.text)))

    @cached_property
    def denials(self) -> tuple[tuple[int, int], ...]:
        return denials(self.text)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(Clause(a, b, terms_of(self.text[a:b])) for a, b in clauses(self.text))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for clause in self.clauses for term in clause.terms))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Words that look like names, folded."""
        return names_of(self.text)

    @cached_property
    def english(self) -> bool:
        said = fold(self.said)
        return len(_LATIN.findall(said)) > len(_HAN.findall(said))


def _without_headline(said: str) -> str:
    """What a sentence says after the figure or name it leads with, where it says that again: 310万：…增长到310万。"""
    head, colon, rest = said.partition("：")
    return rest if colon and len(head) <= 24 and head.strip() and read(head).strip() in read(rest) else said

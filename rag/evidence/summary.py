"""What does the library say about a subject: several statements, each of something else, the telling ones first?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.library import Library
from index.types import Document, Passage, Span, Unit, UnitKind
from rag.content import strangers
from rag.evidence.features import Asked
from rag.evidence.trim import trimmed
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.matching import close_up, coverage, match
from rag.topic import topic

_MOST, _FEWEST = 5, 2
_ROOM = 290  # characters of the statements and the titles over them
_PROFILE = 360  # the same of a section that is said whole
_DOCUMENTS = 3
_LOOKED_AT = 30  # of the best candidates, whose documents are read
_STRANGE = 4.0  # weight of a name that no dictionary has
_FOUND = 1.5  # worth of being the best candidate
_NAMED = 0.6  # share of the subject's words from which a title or a heading names it
_SAID = 0.45  # share that a statement of another document must say itself
_RELATED, _ALIKE = 0.25, 0.45  # share of character pairs from which two statements share something, and say the same
_LONG = 150  # characters; what is still longer takes the room of two
_KEY = 0.5  # match from which a text speaks of the word that tells the most
_SHORT = 12  # characters; what is shorter says too little
_TITLE = 24  # characters of a title that is led with

_HANGING = re.compile(
    r"(?:[“\"（(])?(?:它|他|她|其(?!他|实)|该|这|此|那|上述|前者|后者|两者|二者|三者|同时|另外|另有|但|而|因此|所以|不过|对此|当时|余下|其余|也就是|或者|并|且)"
)
_APPARATUS = re.compile(
    r"^[下上附]?[表图]\s*[\d一二三四五六七八九十]*\s*(?:是|为|列|显示|中|示|给出)"
    r"|^(?:问题|基数|注|说明|来源|数据来源|执行时间|单位|口径|问|作者|发布|编制|撰文|整理|主持人|责任编辑|记者|联系|电话|网址|版权)\s*[：:]|[？?]$|[：:]$"
)
_DIGEST = re.compile(
    r"核心(?:发现|观点|结论)|主要(?:发现|结论|观点)|^(?:[一二三四五六七八九十\d]+[、.．]\s*)?(?:摘要|要点|概要|小结|结论|总结|导语|亮点)"
)
_TELLING = re.compile(
    r"增长|下降|上升|减少|提升|降|升|首次|最[大高多低少]|第一|预计|认为|占|主要|关键|总体|趋势|超过|成为|分为|包括"
)
# nouns so wide that a statement on the subject seldom repeats them
_WIDE = re.compile(
    r"(?:19|20)\d\d年?|[这那][篇份个家场次年]?|[这那篇份]?(?:业绩|经营|业务|发展|表现|行业|市场|公司|企业|机构|报告?|年报|调查|调研|结论|主要|内容"
    r"|情况|案例|看法|整体|方面|工作|文章|底稿|讲课|经验|核心|观点|年度?)"
)
# what a word means here, how a survey was done, where a report was filed: seldom what a reader wants to know
_ASIDE = re.compile(
    r"(?:本文|本报告|本次|文中|这里)(?:中|里)?所?(?:称|说|指)|是指|指的是|问卷|回收|有效样本|抽样|访问|执行时间|调查方式|\d日(?:电|讯)"
)
_BYLINE = re.compile(r"(?:作者|撰文|主笔|主讲|主講|记者|記者|编制|編製|发布|發布|文)\s*[：:／/]\s*([^\n。]{2,40})")
_OPENING = 400  # characters of a document in which it says who wrote it
_NARROW = re.compile(r"[，：:；;—|（(]")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A unit that may be said, how much it is worth, and the words it would be said in."""

    unit: Unit
    worth: float
    span: Span

    @property
    def text(self) -> str:
        return self.span.of(self.unit.document.text)


def overview(asked: Asked, candidates: Sequence[Candidate], library: Library) -> Evidence | None:
    """Up to five statements on the subject, grouped by document in its order; None where there are too few."""
    weights = {term: weight * (0.2 if _WIDE.fullmatch(term) else 1.0) for term, weight in asked.weights.items()}
    weights |= dict.fromkeys(strangers(topic(fold(asked.question.text))), _STRANGE)
    asked = replace(asked, weights=weights)
    documents = _documents(asked, candidates)
    if profile := _profile(asked, candidates, library):
        return profile
    found_at = {
        (c.unit.document.id, c.unit.span.start): place for place, c in reversed(list(enumerate(candidates[:_LOOKED_AT])))
    }
    ranked: list[_Statement] = []
    for place, document in enumerate(documents):
        titled = coverage(asked.weights, _named(document))  # where the title is the subject, the best match says what is known
        for found in _statements(asked, document, library, first=place == 0):
            rank = found_at.get((document.id, found.unit.span.start))
            ranked.append(
                found if rank is None else replace(found, worth=found.worth + _FOUND / (1 + rank / 4) * (1.0 - 0.6 * titled))
            )
    chosen = _varied(ranked)
    if len(chosen) < _FEWEST:
        return None
    order = {document.id: place for place, document in enumerate(documents)}
    chosen.sort(key=lambda found: (order[found.unit.document.id], found.span.start))
    several = len({found.unit.document.id for found in chosen}) > 1
    claims = tuple(Claim(found.unit.passage, found.span, _title(found.unit.document) if several else "") for found in chosen)
    return Evidence(Shape.SUMMARY, claims, candidates[0].score, candidate=candidates[0])


def _documents(asked: Asked, candidates: Sequence[Candidate]) -> list[Document]:
    """The documents of the best candidates, the one that the subject is the title of, or most is found in, first."""
    found: dict[str, Document] = {}
    worth: dict[str, float] = {}
    for place, candidate in enumerate(candidates[:_LOOKED_AT]):
        document = candidate.unit.document
        found[document.id] = document
        worth[document.id] = worth.get(document.id, 0.0) + 1.0 / (1 + place / 3)
    for name, document in found.items():
        worth[name] += 6.0 * coverage(asked.weights, _named(document))
    return sorted(found.values(), key=lambda document: -worth[document.id])[:_DOCUMENTS]


def _statements(asked: Asked, document: Document, library: Library, *, first: bool) -> Iterator[_Statement]:
    """What the document says of the subject, each with its worth."""
    passages = library.passage_range(document.id)
    units = [number for passage in passages for number in library.unit_range(passage)]
    cosines = library.unit_similarity(library.embed(asked.question.text), units)
    middle, spread = float(cosines.mean()), float(cosines.std()) or 1.0
    titled = coverage(asked.weights, _named(document))
    key = max(asked.weights, key=asked.weights.__getitem__)
    around = {id(p): _about(asked, p, titled) for p in (library.passages[number] for number in passages)}
    for number, cosine in zip(units, cosines.tolist(), strict=True):
        unit = library.units[number]
        if not _says_something(unit):
            continue
        reading = asked.as_asked(close_up(fold(unit.text)))
        said, headed = coverage(asked.weights, reading), around[id(unit.passage)] if first else 0.0
        reached = coverage(asked.weights, f"{reading} {_path(unit.passage)} {_named(document)}")
        if max(reached, headed) < _NAMED or (not first and said < _SAID and headed < _NAMED):
            continue
        if match(key, f"{reading} {_path(unit.passage)} {_named(document)}") < _KEY and headed < _NAMED:
            continue
        worth = 0.5 * said + 2.0 * max(said - titled, 0.0) + 2.2 * max(headed - titled, 0.0)
        worth += 0.25 * (cosine - middle) / spread + _telling(unit, reading, profile=headed >= _NAMED > titled)
        worth += titled * _place(unit, reading, library.passages[passages[0]]) + _year(asked, reading, _named(document))
        span = _said(asked, unit, reading)
        yield _Statement(unit, worth - (1.0 if span.end - span.start > _LONG else 0.0), span)


@lru_cache(maxsize=512)
def _known_as(title: str, publisher: str, opening: str) -> str:
    by = " ".join(_BYLINE.findall(opening))
    return close_up(fold(f"{title} {publisher} {by}"))


def _named(document: Document) -> str:
    """What a document is called by: its title, who publishes it, and who wrote it where its first lines say so."""
    return _known_as(document.meta.title, document.meta.publisher, document.text[:_OPENING])


def _path(passage: Passage) -> str:
    return close_up(fold(" ".join(passage.section.path[1:])))


def _about(asked: Asked, passage: Passage, titled: float) -> float:
    """How surely the passage is about the subject: by its headings, or by all of its text where the title is not."""
    headed = coverage(asked.weights, _path(passage)) if passage.section.path[1:] else 0.0
    return max(headed, 0.9 * coverage(asked.weights, close_up(fold(passage.text)))) if titled < _NAMED else headed


def _place(unit: Unit, reading: str, opening: Passage) -> float:
    """A digest tells what the whole document says, and so do its first lines."""
    if _DIGEST.search(unit.passage.section.path[-1] if unit.passage.section.path else ""):
        return 3.6
    if _ASIDE.search(reading):
        return 0.0
    early = 0.5 * (1 - unit.span.start / max(len(unit.document.text), 1))
    return early if unit.passage is not opening else 2.0 if _TELLING.search(reading) else 0.9


def _year(asked: Asked, reading: str, named: str) -> float:
    """A statement of the year asked for is worth more, one of other years only less, where the document is not of that year."""
    here = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?=年|财年|-)", reading)}
    if not here or not asked.question.years or any(str(year) in named for year in asked.question.years):
        return 0.0
    return 0.3 if here & set(asked.question.years) else -0.6


def _profile(asked: Asked, candidates: Sequence[Candidate], library: Library) -> Evidence | None:
    """The section that the subject is, whole, where it is a short run of label：value."""
    passage = candidates[0].unit.passage
    here = [library.units[number] for number in library.unit_range(library.number(passage))]
    fields = tuple(unit for unit in here if unit.kind is UnitKind.FIELD)
    said = [unit for unit in here if unit.kind is not UnitKind.HEADING]
    titled = coverage(asked.weights, _named(passage.document))
    if len(fields) < _FEWEST + 1 or len(fields) < 0.8 * len(said) or sum(len(unit.text) for unit in fields) > _PROFILE:
        return None
    if titled >= _NAMED or coverage(asked.weights, close_up(fold(passage.text)), _path(passage)) < _NAMED:
        return None
    heading = passage.section.heading
    opening = Claim(passage, heading.span) if heading else None
    claims = tuple(Claim(passage, unit.span) for unit in fields)
    return Evidence(Shape.LIST, claims, candidates[0].score, opening, candidate=candidates[0])


def _says_something(unit: Unit) -> bool:
    """Whether the unit can stand by itself: no heading, row, question or remark on how a survey was done."""
    text = unit.text.strip()
    return (
        unit.kind in (UnitKind.STATEMENT, UnitKind.ITEM, UnitKind.FIELD) and len(text) >= _SHORT and not _APPARATUS.search(text)
    )


def _telling(unit: Unit, reading: str, *, profile: bool) -> float:
    """Figures and findings are worth saying; what hangs on the sentence before it is not."""
    figures = sum(number.kind not in (NumberKind.DATE, NumberKind.PLAIN, NumberKind.RANK) for number in numbers(unit.text))
    worth = 0.5 * math.sqrt(min(figures, 3)) + (0.4 if _TELLING.search(reading) else 0.0)
    starts = unit.block is None or unit.span.start == unit.block.span.start
    worth += 0.5 if starts and unit.kind is UnitKind.STATEMENT else 0.0
    worth -= 1.3 if _HANGING.match(reading) else 1.6 if _ASIDE.search(reading) else 0.0
    return worth - (0.7 if unit.kind is UnitKind.FIELD and not profile else 0.0)


def _said(asked: Asked, unit: Unit, reading: str) -> Span:
    return trimmed(asked, Candidate(unit, unit.span, reading, "", tuple(numbers(unit.text))))


def _varied(ranked: Sequence[_Statement]) -> list[_Statement]:
    """The best of them, each time the one that adds most to what is said already, within the room."""
    left = list(ranked)
    chosen: list[_Statement] = []
    room = _ROOM
    while left and len(chosen) < _MOST:
        best = max(left, key=lambda found: found.worth - _stale(found, chosen))
        left.remove(best)
        new = best.unit.document.id not in {found.unit.document.id for found in chosen}
        size = len(best.text) + (_TITLE + 4 if chosen and new else 0)
        if size > room or any(_likeness(best.text, found.text) > _ALIKE for found in chosen):
            continue
        chosen.append(best)
        room -= size
    return chosen


def _stale(found: _Statement, chosen: Sequence[_Statement]) -> float:
    """What a statement loses to those of its passage, and to those it resembles."""
    here = sum(found.unit.passage is other.unit.passage for other in chosen)
    near = max((_likeness(found.text, other.text) for other in chosen), default=0.0)
    return 0.4 * max(here - 1, 0) + 3.0 * max(near - _RELATED, 0.0)


def _likeness(one: str, other: str) -> float:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(min(len(first), len(second)), 1)


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", fold(text))
    return frozenset(bare[place : place + 2] for place in range(len(bare) - 1))


def _title(document: Document) -> str:
    """The title as far as its first comma where it is long."""
    title = document.meta.title.strip()
    if len(title) <= _TITLE:
        return title
    short = _NARROW.split(title)[0].strip()
    return short if 4 <= len(short) <= _TITLE else f"{title[: _TITLE - 1]}…"

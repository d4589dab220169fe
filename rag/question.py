"""What is asked: the kind of answer wanted, the words that carry the content, the years, the parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer, numbers
from rag.content import content, measure, subject_of
from rag.kinds import WANTED, Kind, kind_of
from rag.parts import answered_by, parts, sides
from rag.topic import topic

__all__ = ["WANTED", "Kind", "Question", "after", "kind_of", "read", "read_parts", "subject_of"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, read: `terms` are its folded content words, `names` those that name something."""

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: tuple[str, ...]
    things: tuple[str, ...] = ()  # the content words that are nouns: what the evidence has to speak of
    measure: tuple[str, ...] = ()  # the words of the noun beside "how much": 净利润 in 净利润是多少
    years: tuple[int, ...] = ()
    english: bool = False
    compares: bool = False
    sources: bool = False  # it asks whether several sources agree
    superlative: int = 0  # 1 the greatest is asked for, -1 the least
    rank: int = 0  # the third → 3
    parts: tuple[str, ...] = ()  # the questions in it, where there are several
    sides: tuple[str, ...] = ()  # the same question about each of two things that are compared

    @property
    def numeric(self) -> bool:
        return self.kind in WANTED


_COMPARES = re.compile(
    r"相比|比较|对比|区别|不同|差别|差异|差(?:了|多少)|谁(?:更|的|家)"
    r"|(?:更|还是).{0,12}(?:多|高|大|吃|强|好|快|早)|哪(?:边|个|家|一)更|一样吗|vs|versus|compare|differ"
)
_SOURCES = re.compile(
    r"(?:几|两|多|各|三|不同)(?:份|个|家|种)?(?:行业|调研|研究)?(?:报告|资料|来源|文件|说法|口径|媒体)"
    r".{0,12}(?:一样|一致|对得上|相同|不同|矛盾|吗|差|各|分别|怎么[写说])"
    r"|说法(?:一样|一致)|口径(?:一样|一致)|sources (?:agree|differ)"
)
_SUPERLATIVES = (
    (
        1,
        re.compile(
            r"最(?!低|少|小|差|后|不|近|新|早|终|期|盼|起)|榜首|首位|第一(?!次|批|轮|步|个)|名列前茅|冠军|\b(?:most|highest|largest|top)\b"
        ),
    ),
    (-1, re.compile(r"最(?:低|少|小|差|不|短|弱|轻)|垫底|末位|倒数|\b(?:least|lowest|smallest)\b")),
)
_RANK = re.compile(
    r"(?<!第三)第([一二三四五六七八九十]{2,3}|[二三四五六七八九十]|\d{1,2})(?:名|位|多|高|大|的)?"
    r"(?!季度|批|轮|次|步|章|方|年|期|一)"
)
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read(text: str) -> Question:
    """The question as the rest of the journey needs it; `text` must stand alone already."""
    folded = fold(text)
    latin, han = len(_LATIN.findall(folded)), len(_HAN.findall(folded))
    rank = _RANK.search(folded)
    about = topic(folded)
    terms, names, things = content(about or folded)
    return Question(
        text=text,
        kind=kind_of(text),
        terms=terms,
        names=names,
        things=things,
        measure=measure(folded),
        years=tuple(year for number in numbers(text) for year in _years(number.year, number.high)),
        english=latin > 2 * han,
        compares=bool(_COMPARES.search(folded)),
        sources=bool(_SOURCES.search(folded)),
        superlative=next((sign for sign, pattern in reversed(_SUPERLATIVES) if pattern.search(folded)), 0),
        rank=_ordinal(rank[1]) if rank else 0,
        parts=() if about else parts(folded),
        sides=() if about else sides(folded),
    )


def read_parts(question: Question) -> tuple[Question, ...]:
    """The questions in a question, each read by itself; the sides of a comparison where it has no parts."""
    return tuple(read(part) for part in question.parts or question.sides)


def after(part: Question, name: str) -> Question:
    """The part of a question once the part before it has been answered by a name."""
    said = answered_by(part.text, name)
    return part if said == part.text else read(said)


def _years(first: int | None, last: float | None) -> tuple[int, ...]:
    if first is None:
        return ()
    return (first, int(last)) if last else (first,)


def _ordinal(digits: str) -> int:
    return int(digits) if digits.isdigit() else int(chinese_integer(digits))

"""Twins of a lesson: one thing that is asked for is exchanged for another of its sort, in the question or in its answer."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.reader.lessons import Lesson
from index.chinese.fold import fold
from index.chinese.words import words
from index.types import Document
from rag.content import content
from rag.lexicon import same
from rag.names.known import organisations
from rag.owners import Owners
from rag.verifying.opposites import contraries

__all__ = ["Exchange", "Siblings", "exchanges", "twins"]

_MOST = 2  # exchanges of a lesson
_TIMES = 2  # how often a word stands in a library that others are exchanged for
_LONGEST = 6  # characters of such a word
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = re.compile(
    r"(?<=第)(?:[一二三四五六七八九]|\d{1,2})(?![十\d])|(?<![\d一二三四五六七八九十年])(?:[一二三四五六七八九]|\d{1,2})(?=季度|月|[批轮届])"
)
_LETTER = re.compile(r"(?<![a-z])[a-e](?=轮|类|级)")
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What stands in question and answer alike, and what takes its place."""

    was: str
    became: str


class Siblings:
    """Words of the same sort in one library: organisations among each other, nouns that end alike, opposites."""

    def __init__(self, texts: Iterable[str], names: Sequence[str]) -> None:
        counted = Counter(
            word
            for text in texts
            for word, tag in words(fold(text))
            if tag.startswith("n") and 1 < len(word) <= _LONGEST and not word.isascii()
        )
        self._names = tuple(name for name in map(fold, names) if 1 < len(name) <= 2 * _LONGEST)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for word, times in counted.items():
            if times >= _TIMES:
                self._alike[word[-1]].append(word)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Siblings:
        """Out of the documents of a library, whose organisations are found as the bot finds them."""
        known = tuple(documents)
        texts = [document.text for document in known]
        whole = fold("\n".join(texts))
        return cls(texts, organisations(known, Owners(texts).names, whole.count))

    def named(self, text: str) -> Iterator[tuple[str, Sequence[str]]]:
        """The organisations in a text, each with the others."""
        for name in self._names:
            if name in text:
                yield name, self._names

    def alike(self, noun: str) -> Sequence[str]:
        """The nouns that end as this one does and are about as long."""
        return [word for word in self._alike.get(noun[-1:], ()) if abs(len(word) - len(noun)) <= 1]


def twins(lesson: Lesson, siblings: Siblings, dice: random.Random) -> Iterator[Lesson]:
    """The lesson with answers among its wrong texts in which one thing is another; and lessons that ask for that other.

    Of four pairs made of two questions and two texts, two answer: what tells them apart is the one thing alone.
    """
    if not lesson.right:
        yield lesson
        return
    wrong, turned = [], []
    for text in dice.sample(lesson.right, min(_MOST, len(lesson.right))):
        for one in _chosen(exchanges(lesson.question, text, siblings, dice), dice):
            other = text.replace(one.was, one.became)
            wrong.append(other)
            turned.append(Lesson(lesson.question.replace(one.was, one.became), (other,), (text,)))
    yield Lesson(lesson.question, lesson.right, (*wrong[:_MOST], *lesson.wrong))
    yield from turned[:_MOST]


def exchanges(question: str, text: str, siblings: Siblings, dice: random.Random) -> tuple[Exchange, ...]:
    """One exchange of each sort that is possible: of a year, a count, a name, a noun, a direction."""
    both = f"{question} {text}"
    found = []
    for find in _SORTS:
        possible = [
            Exchange(was, became)
            for was, others in find(question, siblings)
            if was in text and (became := _another(was, others, both, dice))
        ]
        if possible:
            found.append(dice.choice(possible))
    return tuple(found)


def _chosen(found: Sequence[Exchange], dice: random.Random) -> list[Exchange]:
    return dice.sample(found, min(_MOST, len(found)))


def _another(was: str, others: Iterable[str], both: str, dice: random.Random) -> str:
    """One of the others that neither says the same nor stands there already; empty where there is none."""
    means = same(was)
    left = [
        other for other in others if other not in both and other not in means and was not in other and not means & same(other)
    ]
    return dice.choice(left) if left else ""


_Found = Iterator[tuple[str, Sequence[str]]]


def _years(question: str, _: Siblings) -> _Found:
    for year in _YEAR.findall(question):
        yield year, [str(int(year) + step) for step in (-3, -2, -1, -1, 1, 1, 2)]


def _counts(question: str, _: Siblings) -> _Found:
    for hit in (*_COUNTED.finditer(question), *_LETTER.finditer(question)):
        said, around = hit.group(), (question[: hit.start()][-1:], question[hit.end() :][:1])
        known = _DIGITS if said in _DIGITS else "abcde" if said.isalpha() and said.isascii() else None
        others = list(known) if known else [str(int(said) + step) for step in (-2, -1, 1, 2) if int(said) + step > 0]
        before = around[0] if around[0] == "第" else ""
        yield f"{before}{said}{around[1]}", [f"{before}{other}{around[1]}" for other in others]


def _names(question: str, siblings: Siblings) -> _Found:
    yield from siblings.named(question)


def _nouns(question: str, siblings: Siblings) -> _Found:
    for noun in content(question)[2]:
        yield noun, siblings.alike(noun)


def _directions(question: str, _: Siblings) -> _Found:
    for sides in contraries():
        for own, others in (sides, sides[::-1]):
            for word in own:
                if len(word) > 1 and word in question:
                    yield word, [other for other in others if len(other) == len(word)][:3]


_SORTS: tuple[Callable[[str, Siblings], _Found], ...] = (_years, _counts, _names, _nouns, _directions)

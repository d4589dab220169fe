"""Which rows and columns does a question mean, by whole name, short form, synonym or what no other label has?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.headers import unit_in
from rag.lexicon import same
from rag.matching import close_up, stands

_PIECE = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.+%]+")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])([1-3]\d)(?=年(?!龄|级))")
LEVEL = " › "  # between the outer and the inner name of a row or column
_FIRM = 1.6  # marks of its own by which a label is meant beside one that is named whole
_CLEAR = 1.4  # how much surer a label must be than the next one to be meant alone


@dataclass(frozen=True, slots=True)
class Meant:
    """Places of the labels that a question means, the surest first; `whole` are those named as they are printed."""

    places: tuple[int, ...] = ()
    whole: frozenset[int] = frozenset()
    sums: tuple[tuple[int, float], ...] = ()
    said: tuple[tuple[int, int], ...] = ()  # where in the question a label that is named whole stands

    def without(self, totals: Iterable[int]) -> Meant:
        """The same without totals, where anything else is meant: 合计 asks for a sum more often than it names the row."""
        left = set(self.places) - set(totals)
        if not left:
            return self
        places = tuple(place for place in self.places if place in left)
        return Meant(places, self.whole & left, self.sums, tuple((place, at) for place, at in self.said if place in left))

    @property
    def one(self) -> int | None:
        """The label that is meant and no other; None where several are as likely."""
        if len(self.whole) == 1:
            return next(iter(self.whole))
        if len(self.places) == 1:
            return self.places[0]
        sums = dict(self.sums)
        clear = len(self.places) > 1 and not self.whole and sums[self.places[0]] >= _CLEAR * sums[self.places[1]]
        return self.places[0] if clear else None

    @property
    def several(self) -> tuple[int, ...]:
        """The labels that are meant together, in their order; empty where it is unclear which."""
        if self.whole:
            return tuple(sorted(self.firm)) if len(self.firm) > 1 else ()
        return tuple(sorted(self.places)) if len(self.places) == 2 else ()

    @property
    def firm(self) -> tuple[int, ...]:
        """Beside what is named whole only what the rest of the question plainly points at."""
        sums, floor = dict(self.sums), _FIRM * math.log(len(self.sums) + 0.5)
        return tuple(place for place in self.places if place in self.whole or sums[place] >= floor)


def meant(question: str, rows: Sequence[str], columns: Sequence[str]) -> tuple[Meant, Meant]:
    """The rows and the columns: those named whole, then those that the rest of the question points at."""
    asked = _SHORT_YEAR.sub(r"20\1", close_up(fold(question)))
    said, rest = _named(asked, (rows, columns))
    # what names a row no longer points at a column: 营销 of 数字营销 does not mean the row 营销结果
    return _meant(rest, rows, said[0]), _meant(rest, columns, said[1])


def _meant(rest: str, labels: Sequence[str], said: dict[int, int]) -> Meant:
    places = sorted(said, key=lambda place: said[place])
    weighed = _weighed(rest, labels)
    places += [place for place in _chosen(weighed) if place not in said]
    sums = tuple((place, weighed[place][0]) for place in range(len(labels)))
    return Meant(tuple(places), frozenset(said), sums, tuple(said.items()))


def mentioned(question: str, labels: Sequence[str]) -> tuple[int, ...]:
    """Which labels the question means: those that share with it what the other labels do not have, the surest first."""
    return _chosen(_weighed(fold(question), labels))


def _named(asked: str, axes: Sequence[Sequence[str]]) -> tuple[list[dict[int, int]], str]:
    """For each axis the labels whose name stands in the question and is no other label's, with where; what is left then."""
    written: dict[str, set[tuple[int, int]]] = {}
    for axis, labels in enumerate(axes):
        for place, label in enumerate(labels):
            for name in _names(close_up(fold(label))):
                written.setdefault(name, set()).add((axis, place))
    found, rest = _levels(asked, axes)
    for name in sorted(written, key=len, reverse=True):
        if name not in rest or not stands(name, rest):
            continue
        at = rest.index(name)
        for axis in range(len(axes)):
            places = [place for other, place in written[name] if other == axis]
            if len(places) == 1:
                found[axis].setdefault(places[0], at)
        if any(at in places.values() for places in found):
            rest = rest[:at] + "\n" * len(name) + rest[at + len(name) :]
    return found, rest


def _levels(asked: str, axes: Sequence[Sequence[str]]) -> tuple[list[dict[int, int]], str]:
    """The labels of two levels of which both are named, wherever they stand."""
    found: list[dict[int, int]] = [{} for _ in axes]
    rest = asked
    for axis, labels in enumerate(axes):
        for place, label in enumerate(labels):
            parts = [_BRACKET.sub("", part).strip() for part in close_up(fold(label)).split(LEVEL)]
            if len(parts) > 1 and all(part and part in asked for part in parts):
                found[axis][place] = min(asked.index(part) for part in parts)
                for part in parts:
                    rest = rest.replace(part, "\n" * len(part))
    return found, rest


def _names(label: str) -> set[str]:
    """How a label may be named: whole, without its brackets, by what is in them, by a part beside a stroke, by its year."""
    bare = _BRACKET.sub("", label).strip()
    names = {label.strip(), bare, *re.split("[/›]", bare)}
    if not unit_in(label):
        names |= {inner.strip() for inner in _BRACKET.findall(label) if "=" not in inner}
    years = _YEAR.findall(label)
    names |= {years[0]} if len(years) == 1 else set()
    return {name.strip() for name in names if len(name.strip()) > 1}


def _weighed(asked: str, labels: Sequence[str]) -> list[tuple[float, bool]]:
    """For each label how much of the question it alone holds, and whether it has a mark of its own."""
    marks = [_marks(fold(label), asked) for label in labels]
    spread = Counter(mark for found in marks for mark in found)
    weight = {mark: math.log((len(labels) + 0.5) / times) for mark, times in spread.items()}
    return [
        (
            sum(weight[mark] * worth for mark, worth in found.items()),
            any(spread[mark] == 1 and worth >= 0.9 for mark, worth in found.items()),
        )
        for found in marks
    ]


def _chosen(weighed: Sequence[tuple[float, bool]]) -> tuple[int, ...]:
    best = max((total for total, _ in weighed), default=0.0)
    floor = max(0.6 * best, 0.5 * math.log(len(weighed) + 0.5)) if len(weighed) > 1 else 0.1
    # a label that has a mark of its own is meant too, however long the other one's name is
    chosen = [n for n, (total, own) in enumerate(weighed) if total > 0 and (total >= floor or own)]
    return tuple(sorted(chosen, key=lambda n: -weighed[n][0]))


def _marks(label: str, question: str) -> dict[str, float]:
    """Pairs of characters of the question that the label holds: side by side 1, some characters apart less."""
    found: dict[str, float] = {}
    for piece in _PIECE.findall(question):
        if piece.isascii():
            if len(piece) > 1 and piece in label and _apart(piece, label):
                found[piece] = 1.5
            continue
        for place in range(len(piece) - 1):
            first, second = piece[place], piece[place + 1]
            if first + second in label:
                found[first + second] = 1.0
            elif _near(first, second, label):
                found[first + second] = 0.7
            elif any(other != first + second and len(other) > 1 and other in label for other in same(first + second)):
                found[first + second] = 0.8
    return found


def _apart(piece: str, label: str) -> bool:
    """Whether the Latin piece stands in the label as a word of its own."""
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(piece)}(?![a-z0-9])", label))


def _near(first: str, second: str, label: str) -> bool:
    """Whether one character follows the other with one to three Chinese ones between."""
    at = label.find(first)
    while at >= 0:
        end = label.find(second, at + 2, at + 5)
        if end >= 0 and all("\u3400" <= character <= "\u9fff" for character in label[at + 1 : end]):
            return True
        at = label.find(first, at + 1)
    return False

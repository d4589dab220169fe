"""Which name was meant, where one is typed wrong: sounds the same, looks the same, lacks, doubles or swaps a character?

A name that is corrected wrongly gives somebody else's figure. So what is corrected must stand nowhere in the library,
be no word of the dictionary, end where words end, and leave one name only that it can mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.likeness import look_alike, sounds, spelt
from index.chinese.words import is_word, words
from rag.lexicon import same
from rag.names.trade import brand

__all__ = ["Slip", "Slips"]

_SHORTEST, _LONGEST = 2, 10
_OWN = 4  # characters of a name's own part from which one of them may be missing
_SPELT = 5  # letters from which a Latin word may be the pinyin of a name
_LATIN = re.compile(r"(?<![a-z0-9])[a-z]{5,}(?![a-z0-9])")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Slip:
    """Characters of a question, and the name or term that they must mean."""

    start: int
    end: int
    meant: str


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of the question from word to word; `unsure` has the places of characters that no dictionary word covers."""

    start: int
    text: str
    unsure: frozenset[int]
    whole: bool  # it is one word as it is cut
    cut: bool  # it begins and ends where words do


class Slips:
    """What names and terms sound like, look like and lack; folded ones come in, folded ones go out."""

    def __init__(self, names: Iterable[str], terms: Iterable[str], stands: Callable[[str], bool]) -> None:
        self._stands = stands
        self._names = frozenset(name for name in names if _HAN.fullmatch(name) and _SHORTEST <= len(name) <= _LONGEST)
        self._latin = frozenset(name for name in names if _LATIN.fullmatch(name) and len(name) > _SPELT)
        self._known = self._names | frozenset(terms)
        self._sounds = _by(self._known, sounds)
        self._short = _by((name for name in self._names if len(name) > 2), _shortened)
        self._spelt = _by(self._names, lambda name: {*spelt(name), *spelt(brand(name))})

    def of(self, text: str) -> tuple[Slip, ...]:
        """The slips in a question, from left to right; none of them overlap."""
        folded = fold(text)
        found: list[Slip] = []
        taken: list[range] = []
        for window in sorted(_windows(folded), key=lambda window: -len(window.text)):
            place = range(window.start, window.start + len(window.text))
            if any(place.start < other.stop and other.start < place.stop for other in taken):
                continue
            if window.text in self._known:
                taken.append(place)
            elif meant := self._meant(window):
                taken.append(place)
                found.append(Slip(place.start, place.stop, meant))
        return tuple(sorted((*found, *self._letters(folded)), key=lambda slip: slip.start))

    def _meant(self, window: _Window) -> str:
        """The one name that the window can mean; empty where there is none, or more than one."""
        text = window.text
        if is_word(text) or (len(text) == 2 and not window.whole):
            return ""
        alike = {name for said in sounds(text) for name in self._sounds.get(said, ()) if self._said_like(name, window)}
        near = alike or (self._edited(window) if len(text) > 2 and window.cut else set())
        return next(iter(near)) if len(near) == 1 and not self._stands(text) else ""

    def _said_like(self, name: str, window: _Window) -> bool:
        differing = [place for place, character in enumerate(name) if window.text[place] != character]
        if not differing or 2 * len(differing) > len(name):
            return False
        own = name in self._names and len(name) > 2
        return own or all(place in window.unsure for place in differing)

    def _edited(self, window: _Window) -> set[str]:
        text = window.text
        doubled = {text[:n] + text[n + 1 :] for n in range(1, len(text)) if text[n] == text[n - 1]}
        swapped = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
        found = (doubled | swapped) & self._names if window.unsure or doubled else set()
        found |= {name for name in self._short.get(text, ()) if _may_lack(name, text) and window.unsure}
        for place in window.unsure:
            for name in self._short.get(text[:place] + text[place + 1 :], ()):
                if len(name) == len(text) and _may_differ(name, text, place):
                    found.add(name)
        return found

    def _letters(self, folded: str) -> Iterator[Slip]:
        """Names in Latin letters: the pinyin of a Chinese one, or one with a letter missing, doubled or swapped."""
        for hit in _LATIN.finditer(folded):
            word = hit.group()
            explained = re.match(r"\s*\(\s*[\u3400-\u9fff]", folded[hit.end() :])  # Jichuan（霁川医药）
            if explained or word in self._latin or len(same(word)) > 1:
                continue
            meant = set(self._spelt.get(word, ()))
            if not meant and not self._stands(word):
                meant = {name for name in self._latin if _misspelt(word, name)}
            shortest = min(meant, key=len, default="")
            # 霁川 and 霁川医药 are one thing, 霁川医药 and 季川药业 are two
            if shortest and all(name.startswith(brand(shortest)) for name in meant):
                yield Slip(hit.start(), hit.end(), max(meant, key=len) if len(meant) == 1 else shortest)


def _windows(folded: str) -> Iterator[_Window]:
    for run in _HAN.finditer(folded):
        cut, wholes, at = [], set[tuple[int, int]](), run.start()
        for word, tag in words(run.group()):
            strange = not is_word(word) and not tag.startswith("m")
            wholes.add((at, len(word)))
            # where a word that no dictionary has begins and ends is a guess: it may as well be within
            for piece in word if strange else [word]:
                cut.append((at, piece, strange))
                at += len(piece)
        starts = {start for start, _ in wholes}
        for first, (start, _, _) in enumerate(cut):
            text, unsure = "", set[int]()
            for at, piece, strange in cut[first:]:
                unsure |= set(range(len(text), len(text) + len(piece))) if strange else set()
                text += piece
                if len(text) > _LONGEST:
                    break
                if len(text) >= _SHORTEST:
                    between = start in starts and (at + len(piece) in starts or at + len(piece) == run.end())
                    yield _Window(start, text, frozenset(unsure), (start, len(text)) in wholes, between)


def _shortened(name: str) -> set[str]:
    return {name[:place] + name[place + 1 :] for place in range(len(name))}


def _may_lack(name: str, text: str) -> bool:
    """Whether enough of the name is left: all that is its own, or three characters of it."""
    if len(text) != len(name) - 1 or len(text) < 3:
        return False
    own = brand(name)
    return text.startswith(own) or (len(own) >= _OWN and text[0] == name[0])


def _may_differ(name: str, text: str, place: int) -> bool:
    """Whether the character in this place is taken for the name's: with any other it may be somebody else's name."""
    if name[:place] != text[:place] or name[place + 1 :] != text[place + 1 :]:
        return False
    return look_alike(name[place], text[place])


def _misspelt(word: str, name: str) -> bool:
    """Whether the Latin word is the name with one letter missing, one doubled, or two swapped."""
    if len(word) + 1 == len(name):
        return word[0] == name[0] and word in _shortened(name)
    if len(word) == len(name) + 1:
        return any(word[n] == word[n - 1] and word[:n] + word[n + 1 :] == name for n in range(1, len(word)))
    return any(word[:n] + word[n + 1] + word[n] + word[n + 2 :] == name for n in range(len(word) - 1))


def _by(names: Iterable[str], keys: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in keys(name):
            found[key].add(name)
    return dict(found)

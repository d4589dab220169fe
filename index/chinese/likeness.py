"""Which characters are taken for one another: those that sound or look alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from itertools import product
from math import prod

__all__ = ["look_alike", "sounds", "spelt"]

# what much of the country does not tell apart: zh and z, ng and n at the end, n and l at the beginning
_MERGERS = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"(?<=[aei])ng$"), "n"), (re.compile(r"^n(?=.)"), "l"))
_MOST = 64  # readings of one word that are followed


def look_alike(one: str, other: str) -> bool:
    """Whether `data/shapes.txt` has two characters in one group."""
    return other in _shapes().get(one, "")


def sounds(word: str) -> frozenset[str]:
    """The ways to say a word, tones and regional mergers aside; empty where a character has no known reading."""
    return _said(word, " ", _merged)


def spelt(word: str) -> frozenset[str]:
    """A word in the Latin letters of its pinyin, without tones and spaces, for each way to say it."""
    return _said(word, "", _plain)


def _said(word: str, between: str, readings: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    each = [readings(character) for character in word]
    if not all(each):
        return frozenset()
    return frozenset(map(between.join, product(*each) if prod(map(len, each)) <= _MOST else [[said[0] for said in each]]))


def _plain(character: str) -> tuple[str, ...]:
    return _readings().get(character, ())


@lru_cache(maxsize=8192)
def _merged(character: str) -> tuple[str, ...]:
    found = []
    for syllable in _plain(character):
        for pattern, plain in _MERGERS:
            syllable = pattern.sub(plain, syllable)
        found.append(syllable)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("sounds.txt"):
        syllable, characters = line.split(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines("shapes.txt"):
        for character in line:
            found[character] = found.get(character, "") + line
    return found


def _lines(name: str) -> list[str]:
    lines = files("index.chinese").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]

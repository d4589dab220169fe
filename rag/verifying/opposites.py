"""Which words of a text would turn it round if they were exchanged, and which are denied?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = ["Turn", "contraries", "denials", "turns"]

_DENIED = re.compile(
    r"(?:不再|不会|不是|没有|没|未能|未曾|未|并非|并未|无法|难以|尚未|不|\bnot\b|\bno\b|n't|\bnever\b)[^，。；,;]{0,3}$"
)
_NO_WORD = re.compile(
    r"不(?:出户|仅|但|过|同|断|少|足|到|超过|低于|少于|高于|多于|管|论|只|止|光|一|等|久|及|如|得不|可或缺|妨|易|良|锈|动产)"
    r"|未(?:来|必|婚|成年)|无(?:论|线|人|疑|锡|界|障碍|创)|非(?:常|公|洲|凡|处方|遗)|没有?(?=\d)|not only|no\.|nothing"
)
_NOT_BEFORE = {"亏": "(?!线)", "在线": "(?![上下])", "公开": "(?!发)"}
_NOT_BEHIND = {"亏": "(?<![盈扭吃])", "部分": "(?<!大)(?<!小)"}
_LEXICAL = re.compile("不(?:断|同|仅|但|只|光|止|少)[^，。；,;]{0,3}$")
_DENIAL = re.compile(
    r"(?:没有|没|未能|未曾|并未|并不|并非|不再|不会|不能|不可|不是|不得|不|无法|尚未|未|无|难以|避免|缺乏|缺少|欠缺|没能|\bnot\b|\bno\b|\bnever\b|n't\b|\bwithout\b)\s*"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of one side of a pair of contraries: which pair, which side, denied or not, and where it stands."""

    pair: int
    side: int
    denied: bool
    start: int
    end: int
    strict: bool

    @property
    def sense(self) -> tuple[int, bool]:
        return self.side, self.denied


@lru_cache(maxsize=4096)
def turns(text: str, taken: tuple[tuple[int, int], ...] = ()) -> tuple[Turn, ...]:
    """The words of a read text that have a contrary, in order; those within a figure (超过40%) are left to it."""
    found = []
    for match in _pattern().finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        pair, side, strict = _sides()[match.group()]
        ahead = text[max(match.start() - 8, 0) : match.start()]
        denied = bool(_DENIED.search(ahead)) and not _LEXICAL.search(ahead)
        found.append(Turn(pair, side, denied, match.start(), match.end(), strict))
    return tuple(found)


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[tuple[int, int], ...]:
    """Where the read text denies something: the places of the denying word."""
    return tuple(match.span() for match in _DENIAL.finditer(text) if not _NO_WORD.match(text, match.start()))


@lru_cache(maxsize=1)
def contraries() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The pairs of `data/opposites.txt`: the words of the one side, the words of the other."""
    return tuple(tuple(tuple(half.split()) for half in line.lstrip("! ").split("|")) for line in _lines())


def _lines() -> list[str]:
    lines = files("rag").joinpath("data/opposites.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "|" in line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _sides() -> dict[str, tuple[int, int, bool]]:
    strict = [line.startswith("!") for line in _lines()]
    found: dict[str, tuple[int, int, bool]] = {}
    for pair, halves in enumerate(contraries()):
        for side, half in enumerate(halves):
            found.update(dict.fromkeys(half, (pair, side, strict[pair])))
    return {word.replace("_", " "): place for word, place in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(_sides(), key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) + _NOT_BEFORE.get(word, "") for word in words)
    )

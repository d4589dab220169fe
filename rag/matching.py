"""How far a text speaks of what was asked: synonyms, abbreviations, misprints and shared characters counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from index.chinese.fold import fold
from rag.lexicon import same

_HAN = re.compile(r"[\u3400-\u9fff]+")
_SYNONYM, _ABBREVIATED, _SHARED = 0.9, 0.8, 0.6  # what a match is worth that is not the word itself


_GAP = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[a-z0-9])|(?<=[a-z0-9+%]) +(?=[\u3400-\u9fff])")


def close_up(text: str) -> str:
    """The folded text without the spaces that some printers put between Chinese and Latin letters or figures."""
    return _GAP.sub("", text)


@lru_cache(maxsize=4096)
def _abbreviates(short: str) -> re.Pattern[str] | None:
    """神内 → 神…内: the characters in order, few others between them; only for two to four characters of Chinese."""
    if not 2 <= len(short) <= 4 or not _HAN.fullmatch(short):
        return None
    # a class of Chinese characters between them would take milliseconds to compile, for each word anew
    return re.compile(f"(?=({'.{0,3}?'.join(short)}))")


def _shortens(short: str, text: str) -> bool:
    """Whether the text has the characters within one word."""
    if not all(character in text for character in short):
        return False
    pattern = _abbreviates(short)
    return pattern is not None and any(_HAN.fullmatch(hit[1]) for hit in pattern.finditer(text))


@lru_cache(maxsize=4096)
def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[i : i + 2] for i in range(len(word) - 1)) if len(word) > 2 else ()


@lru_cache(maxsize=65536)
def _latin(term: str) -> re.Pattern[str] | None:
    # a Latin word or a number is matched whole: `ai` does not stand in `email`, nor 5 in 15; a轮 may go on with 6,000万
    if not re.fullmatch(r"[a-z0-9][\w.%+-]*", term):
        return None
    return re.compile(rf"(?<![a-z0-9.])(?<![a-z]-){re.escape(term)}{'(?![a-z0-9])' if term[-1].isascii() else ''}")


def stands(term: str, text: str) -> bool:
    """Whether the folded term stands in the folded text as it is."""
    whole = _latin(term)
    return bool(whole.search(text)) if whole else term in text


@lru_cache(maxsize=262144)
def match(term: str, text: str) -> float:
    """0 to 1: how surely the folded text speaks of the folded term."""
    if stands(term, text):
        return 1.0
    if any(stands(other, text) for other in same(term)):
        return _SYNONYM
    if _shortens(term, text):
        return _ABBREVIATED
    if len(term) > 2 and term[0] in "年月日总净":
        return _SYNONYM * match(term[1:], text)
    if len(term) > 2 and term[-1] in "省市县":
        return _SYNONYM * match(term[:-1], text)
    pairs = _pairs(term)
    return _SHARED * sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def coverage(weights: dict[str, float], *texts: str) -> float:
    """The weighted share of the terms that the texts speak of; a later text counts less than an earlier one."""
    total = sum(weights.values())
    if not total:
        return 0.0
    found = 0.0
    for term, weight in weights.items():
        best = 0.0
        for place, text in enumerate(texts):
            share = 1.0 if place == 0 else 0.7
            if best < share:  # else the most that this text could give is there already
                best = max(best, match(term, text) * share)
        found += weight * best
    return found / total


class Misprints:
    """Names as the library misprints them: one rare character in the place of another (learned, never listed)."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(fold(text) for text in texts)
        self._characters = Counter(character for text in self._texts for character in text)
        self._known: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=512)(self._search)

    def of(self, name: str) -> tuple[str, ...]:
        """Other writings of a folded name of three characters or more; empty where there are none."""
        return self._known(name) if 3 <= len(name) <= 8 and _HAN.fullmatch(name) else ()

    def stands(self, name: str) -> bool:
        return any(name in text for text in self._texts)

    def times(self, word: str) -> int:
        """How often the folded word stands in the texts."""
        return sum(text.count(word) for text in self._texts)

    def _search(self, name: str) -> tuple[str, ...]:
        found: Counter[str] = Counter()
        for place in range(len(name)):
            pattern = re.compile(re.escape(name[:place]) + "([\u3400-\u9fff])" + re.escape(name[place + 1 :]))
            for text in self._texts:
                found.update(hit.group() for hit in pattern.finditer(text) if hit.group() != name)
        return tuple(other for other, times in found.items() if self._rare(name, other, times))

    def _rare(self, name: str, other: str, times: int) -> bool:
        # 二线 is no misprint of 一线: both characters live elsewhere; a misprint's character lives only in the name
        pairs: Sequence[tuple[str, str]] = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
        return all(self._characters[b] <= times for _, b in pairs)

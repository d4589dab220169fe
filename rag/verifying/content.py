"""Which words of a read text carry its content, and which of them are names?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

from index.chinese.words import is_word, stop_words, words
from rag.names.formed import formed
from rag.names.trade import TRADES

__all__ = ["names_of", "terms_of"]

_SURE_NAMES = ("nr", "ns", "nt")
_TRADE = re.compile(TRADES)
_QUOTED = re.compile(r"[“「『《\"]([^”」』》\"]{2,24})[”」』》\"]")
_PERIODS = frozenset(("每天", "每日", "每周", "每月", "每年", "每季度", "人均", "daily", "weekly", "monthly", "yearly"))
_GRADE = re.compile("[一二三四五六七八九十两]{1,2}[级线类型期代甲等]")
_GRAMMAR = ("u", "p", "d", "c", "f", "m", "q", "r", "y", "v", "a", "t", "k")
_LONGEST = 4
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    """Words that lead over or say only that something is said, from `data/vague.txt`."""
    lines = files("rag").joinpath("data/vague.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=8192)
def terms_of(text: str) -> tuple[str, ...]:
    """The words of a read text that carry content, figures left out, each once."""
    found: dict[str, None] = dict.fromkeys(_coined(text))
    for word, tag in words(text):
        term = word.strip()
        if term in _PERIODS:
            found[term] = None
        counts = tag.startswith(("m", "w", "x")) and not _GRADE.fullmatch(term)
        if not term or counts or term in _vague() or term in stop_words() or re.search(r"\d", term):
            continue
        if len(term) == 1 and not tag.startswith("n"):
            continue
        if not re.search(r"\w", term):
            continue
        found[term] = None
    return tuple(found)


@lru_cache(maxsize=8192)
def names_of(text: str) -> tuple[str, ...]:
    """The names in a read text: quoted, known, made of a name and a trade, or of characters that no dictionary joins."""
    found = {match[1]: None for match in _QUOTED.finditer(text) if not re.search(r"[，。；：\d]", match[1])}
    cut = words(text)
    begun = set(accumulate((len(word) for word, _ in cut), initial=0))
    found.update({name: None for place, _, name in formed(text) if place in begun})
    found.update(dict.fromkeys(_coined(text)))
    for place, (word, tag) in enumerate(cut):
        if not _HAN.match(word):
            continue
        if len(word) == 1 and tag.startswith("nr"):
            given = "".join(other for other, _ in cut[place + 1 : place + 3] if len(other) == 1 and _HAN.match(other))
            found.update({word + given: None} if len(given) == 2 else {})
        elif len(word) > 1 and (tag.startswith(_SURE_NAMES) or (tag.startswith("n") and not is_word(word))):
            found[_with_trade(word, cut, place) if not is_word(word) else word] = None
    return tuple(found)


def _with_trade(word: str, cut: Sequence[tuple[str, str]], place: int) -> str:
    """梅斯|医学: what somebody does belongs to the name, so that one of another trade is another."""
    behind = cut[place + 1][0] if place + 1 < len(cut) else ""
    return word + behind if _TRADE.fullmatch(behind) else word


def _coined(text: str) -> list[str]:
    """Characters side by side that are no word each and together none of the dictionary: 穹途."""
    found, run = [], ""
    for word, tag in [*words(text), ("", "x")]:
        if len(word) == 1 and _HAN.match(word) and not tag.startswith(_GRAMMAR) and word not in stop_words():
            run += word
            continue
        found += [run] if 2 <= len(run) <= _LONGEST else []
        run = ""
    return found

"""Which writings of a character count as the same: width, letter case, traditional script."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    # one character stays one character, so that offsets into the folded text are offsets into the text
    narrow = unicodedata.normalize("NFKC", character)
    narrow = (narrow if len(narrow) == 1 else character).lower()
    narrow = narrow if len(narrow) == 1 else character
    if "\u3400" <= narrow <= "\u9fff":
        simple = str(_simplifier().convert(narrow))
        return simple if len(simple) == 1 else narrow
    return narrow


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text in half width, lower case and simplified script, of the same length character by character."""
    return "".join(map(_fold_character, text))

"""How the bundled model cuts a text into its word pieces: the likeliest cut, as sentencepiece makes it."""

from __future__ import annotations

import re
import unicodedata

from index.embedders.e5_file import Pieces

_SPACES = re.compile(" {2,}")
_WORD_START = "\u2581"


class Cutter:
    """Cuts texts into piece numbers between the marks of begin and end, in a fifth of a general tokenizer's memory."""

    def __init__(self, pieces: Pieces, longest: int) -> None:
        self._numbers = {text: number for number, text in enumerate(pieces.texts)}
        self._scores = pieces.scores
        self._rewritten = {0: " ", **pieces.rewritten}  # a NUL would end the text in some engines
        self._reach = max(map(len, pieces.texts))
        self._unknown = pieces.unknown
        self._unknown_score = min(pieces.scores) - 10
        self._ends = pieces.first, pieces.last
        self._longest = longest
        for mark in (pieces.first, pieces.last, pieces.padding, pieces.unknown):
            del self._numbers[pieces.texts[mark]]  # "</s>" typed by a person is four characters, not the end

    def __call__(self, text: str) -> list[int]:
        """The piece numbers of the text, cut off where the model cannot read on."""
        written = unicodedata.normalize("NFC", text).translate(self._rewritten)
        spaced = _SPACES.sub(" ", written).replace(" ", _WORD_START)
        content = self._cut(spaced if spaced.startswith(_WORD_START) else _WORD_START + spaced)
        return [self._ends[0], *content[: self._longest - 2], self._ends[1]]

    def _cut(self, text: str) -> list[int]:
        """Viterbi: for each place the best score of a cut that ends there, and the piece that leads to it."""
        length, numbers, scores = len(text), self._numbers, self._scores
        best = [0.0] + [float("-inf")] * length
        piece, begin = [self._unknown] * (length + 1), list(range(-1, length))
        for start in range(length):
            score = best[start]
            if score + self._unknown_score > best[start + 1]:
                best[start + 1], piece[start + 1], begin[start + 1] = score + self._unknown_score, self._unknown, start
            for end in range(start + 1, min(start + self._reach, length) + 1):
                number = numbers.get(text[start:end])
                if number is not None and score + scores[number] > best[end]:
                    best[end], piece[end], begin[end] = score + scores[number], number, start
        found = []
        while length > 0:
            found.append(piece[length])
            length = begin[length]
        return found[::-1]

"""Which names does the library misprint: one rare character in the place of another, in like surroundings?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.likeness import look_alike, sounds
from index.chinese.words import is_word
from index.types import Document
from rag.names.trade import brand
from rag.names.types import Guess, How

__all__ = ["misprinted"]

_AROUND = 14  # characters on either side of a name in which its surroundings are compared
_LIKE = 4  # characters of Chinese in a row that two surroundings must share
_ADMITTED = re.compile(r"误[印写作植排]|错印|[印写]错|笔误|错别字|错字|应[写]?作")
_HAN = re.compile(r"[\u3400-\u9fff]")


def misprinted(documents: Sequence[Document], known: Sequence[str]) -> tuple[Guess, ...]:
    """Names of three characters or more with a rarer writing that shares their surroundings, their sound or their look."""
    found = tuple(_guesses(documents, known))
    wrong = {guess.other for guess in found}
    return tuple(guess for guess in found if guess.name not in wrong)


def _guesses(documents: Sequence[Document], known: Sequence[str]) -> Iterator[Guess]:
    texts = {document.id: fold(document.text) for document in documents}
    text = "\n".join(texts.values())
    for name in known:
        for other in sorted(_others(name, text)) if len(name) > 2 else ():
            if text.count(other) > text.count(name) or (text.count(other) == text.count(name) and other < name):
                continue
            if _alike(name, other) or _told(name, other, text) or _surroundings(name, text) & _surroundings(other, text):
                yield Guess(name, other, How.MISPRINT, next(key for key, one in texts.items() if other in one))


def _others(name: str, text: str) -> set[str]:
    """What stands in the text and differs from the name in one character of its own part, which stands nowhere else."""
    found = set()
    for place in range(len(brand(name))):
        before, after = name[:place], name[place + 1 :]
        for at in _starts(before, after, text):
            other = text[at : at + len(name)]
            pair = other[max(place - 1, 0) : max(place - 1, 0) + 2]
            if other != name and _HAN.match(other[place]) and not is_word(pair) and not is_word(brand(other)):
                found |= {other} if text.count(other[place]) <= text.count(pair) else set()
    return found


def _starts(before: str, after: str, text: str) -> Iterator[int]:
    """Where a character stands between the two: the longer of them is looked for, the other compared."""
    anchor, offset = (before, 0) if len(before) > len(after) else (after, len(before) + 1)
    at = text.find(anchor)
    while at >= 0:
        start = at - offset
        if start >= 0 and text.startswith(before, start) and text.startswith(after, start + len(before) + 1):
            yield start
        at = text.find(anchor, at + 1)


def _told(name: str, other: str, text: str) -> bool:
    """Whether a line that has both says that there are misprints."""
    return any(name in line and _ADMITTED.search(line) for line in text.splitlines() if other in line)


def _alike(name: str, other: str) -> bool:
    pairs = [(one, two) for one, two in zip(name, other, strict=True) if one != two]
    return all(look_alike(one, two) or sounds(one) & sounds(two) for one, two in pairs)


def _surroundings(name: str, text: str) -> set[str]:
    """The runs of characters that stand right beside the name, in the same stretch of Chinese."""
    found: set[str] = set()
    for hit in re.finditer(re.escape(name), text):
        before = re.search(r"[\u3400-\u9fff]*$", text[max(hit.start() - _AROUND, 0) : hit.start()])
        after = re.match(r"[\u3400-\u9fff]*", text[hit.end() : hit.end() + _AROUND])
        for run in (side.group() for side in (before, after) if side):
            found |= {run[at : at + _LIKE] for at in range(len(run) - _LIKE + 1)}
    return found

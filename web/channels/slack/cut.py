"""Where may a long text be cut: after a sentence or a line, never inside a number, a link or a marker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["cut", "pieces", "shortened"]

# what means something only as a whole; links before the numbers in them
WHOLE = re.compile(
    r"\[[^\]\n]*\]\([^)\s]*\)"
    r"|https?://[!-~]+"
    r"|\[\d{1,3}\]"
    r"|\*\*[^\n]+?\*\*"
    r"|\\."
    r"|[-+−±]?\d+(?:[.,:/．，：／~～–—-]\d+)*(?:\s?[%％‰十百千万亿]+)?"
    r"|[A-Za-z]+"
)
# a closing mark and the markers of a sentence belong to it
TAIL = r"[”’」』）】》〉)\"']*(?:\s?\[\d{1,3}\])*"
PAUSES = tuple(re.compile(shape) for shape in (rf"[。！？；!?;]+{TAIL}\s*|\n\s*", rf"[，、：,:]{TAIL}\s*|[ \u3000]+"))


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit` characters each; joined they are the text."""
    rest = text
    while rest:
        head, rest = cut(rest, limit)
        yield head


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis for what is left out."""
    head, rest = cut(text, limit)
    return f"{cut(text, limit - 1)[0].rstrip()}…" if rest else head


def cut(text: str, limit: int) -> tuple[str, str]:
    """The head, of at most `limit` characters as Slack counts them, and the rest; together they are the text."""
    most = _fitting(text, limit)
    if most == len(text):
        return text, ""
    place = next((found for pause in PAUSES if (found := _last(pause, text, most))), 0) or _anywhere(text, most)
    return text[:place], text[place:]


def _fitting(text: str, limit: int) -> int:
    """How many characters fit: Slack counts as JavaScript does, where one outside the basic plane is two."""
    return len(text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore"))


def _last(pause: re.Pattern[str], text: str, most: int) -> int:
    inside = _inside(text, most)
    # read a little beyond the limit, or half a marker would pass for the end of a sentence
    ends = [found.end() for found in pause.finditer(text[: most + 200])]
    return max((end for end in ends if end <= most and end not in inside), default=0)


def _anywhere(text: str, most: int) -> int:
    """The last place between two things that are whole, or the limit where one thing is longer than that."""
    inside = _inside(text, most)
    return next((place for place in range(most, 0, -1) if place not in inside and not _joined(text, place)), most)


def _joined(text: str, place: int) -> bool:
    """Whether a mark or a joiner binds the character at `place` to the one before."""
    return unicodedata.category(text[place])[0] == "M" or "\u200d" in text[place - 1 : place + 1]


def _inside(text: str, most: int) -> set[int]:
    return {place for found in WHOLE.finditer(text) if found.start() < most for place in range(found.start() + 1, found.end())}

"""How long are words in a picture, where do they break, and how is a value said?"""

from __future__ import annotations

import re
import unicodedata

_LATIN, _BROAD = 0.62, frozenset("%@mwMW—–…")  # of the height of a letter; a Chinese character is as wide as high
_PIECES = re.compile(r"[A-Za-z0-9.,%+=#&'-]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("）)」』》，。、；：！？,.;:!?%")
_SCALED = re.compile(r"^[百千万亿]")
_SCALES = ((1e8, "亿"), (1e4, "万"))
_COUNTED = re.compile(r"^[%‰倍]|^[百千万亿]")


def ems(words: str) -> float:
    """How wide the longest line is, in heights of its letters; an estimate, since the fonts are the reader's."""
    return max((sum(map(_em, line)) for line in words.split("\n")), default=0.0)


def _em(character: str) -> float:
    return 1.0 if character in _BROAD or unicodedata.east_asian_width(character) in "WFA" else _LATIN


def wrapped(words: str, most: float, lines: int = 4) -> str:
    """The words on as few lines of at most so many ems as they need, of like length; what is longer ends in …"""
    whole = _broken(words, most)
    if len(whole) > lines:
        return "\n".join([*whole[: lines - 1], f"{whole[lines - 1][:-1]}…"])
    if any(line.startswith(("（", "(")) for line in whole):
        return "\n".join(whole)
    narrower = (ems(words) / len(whole) + half / 2 for half in range(int(2 * most)))
    alike = (_broken(words, width) for width in narrower if width < most)
    return "\n".join(next((broken for broken in alike if len(broken) == len(whole)), whole))


def _broken(words: str, most: float) -> list[str]:
    """Lines, broken before a bracket where that fits."""
    done: list[str] = []
    line = ""
    for place, piece in enumerate(pieces := _PIECES.findall(" ".join(words.split()))):
        rest = "".join(pieces[place:])
        bracket = piece in "（(" and ems(rest) <= most < ems(line + rest)
        if line and (bracket or (ems(line + piece) > most and piece not in _NEVER_FIRST)):
            done.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
    return [part for long in (*done, line) for part in _cut(long, most)]


def _cut(line: str, most: float) -> list[str]:
    """A single word longer than a line, in pieces."""
    if ems(line) <= most + 1:
        return [line]
    fits = max(int(most / _LATIN), 1)
    return [line[at : at + fits] for at in range(0, len(line), fits)]


def said(value: float, unit: str) -> str:
    """The value with its unit as reports print it: 310万人, 2.84亿元, 54.2个月, 51%."""
    size, name = (1.0, "") if _COUNTED.match(unit) else next(((s, n) for s, n in _SCALES if abs(value) >= s), (1.0, ""))
    number = f"{value / size:,.10f}".rstrip("0").rstrip(".")
    return f"{number.replace('-', '−')}{name}{unit}"

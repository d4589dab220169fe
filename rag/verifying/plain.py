"""What is a piece of an answer without its markup, its markers and what must not be shown?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Piece", "piece_of"]

_MARKER = re.compile(r"\s*(?:\[\^?(\d{1,3}(?:\s*[,，、\-–]\s*\^?\d{1,3})*)\](?!\()|【(\d{1,3})(?:†[^】]*)?】|［(\d{1,3})］)")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)?|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\](?:\(([^)]*)\)?|\[[^\]\d][^\]]*\])")
_HTML = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z!?][^>]*>?|<(?:https?|mailto|javascript|data)[^>]*>?", re.DOTALL)
_URL = re.compile(
    r"(?:https?|ftp|file|data|javascript|mailto|vbscript):\S*|www\.[^\s，。；）)]+|(?<![@\w.-])(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|io|ai|app|dev|info|xyz|top|co|me|ru)(?:/[^\s，。；）)]*)?(?![\w.])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ITEM = re.compile(r"^(\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)、](?!\d)\s*)?)")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`|~~|\\(?=[*_`\[\]<>|\\])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, item or row: `shown` as it may be shown, `said` without markup and markers, and which markers it has."""

    shown: str
    said: str
    lead: str  # the sign of a list or heading before it
    tail: str  # white space behind it
    markers: tuple[int, ...]
    segments: tuple[tuple[str, tuple[int, ...]], ...]  # what stands before each group of markers
    taken: tuple[str, ...]  # links, images and HTML that were taken out


def piece_of(text: str, allowed: Sequence[str] = ()) -> Piece:
    """The piece with its markers written [n]; links lead nowhere but to the addresses that are allowed."""
    taken: list[str] = []
    clean = _UNSEEN.sub("", text)
    clean = _without(clean, taken, allowed)
    clean = _MARKER.sub(lambda found: "".join(f"[{n}]" for n in _numbers(found)), clean)
    body = clean.rstrip()
    lead = found.group(1) if (found := _ITEM.match(body)) else ""
    segments = []
    place = len(lead)
    for group in re.finditer(r"(?:\[\d{1,3}\])+", body):
        segments.append((plain(body[place : group.start()]), tuple(map(int, re.findall(r"\d+", group.group())))))
        place = group.end()
    rest = plain(body[place:])
    if re.search(r"\w", rest):
        segments.append((rest, ()))
    said = plain(re.sub(r"\[\d{1,3}\]", "", body[len(lead) :]))
    markers = tuple(dict.fromkeys(n for _, group in segments for n in group))
    return Piece(body, said, lead, clean[len(body) :], markers, tuple(segments), tuple(taken))


def plain(text: str) -> str:
    """The text without emphasis."""
    return _EMPHASIS.sub("", _LINK.sub(r"\1", text)).strip()


def _without(text: str, taken: list[str], allowed: Sequence[str]) -> str:
    def link(found: re.Match[str]) -> str:
        if found[2] and found[2].split()[0] in allowed:
            return found.group()
        taken.append(found.group())
        return found[1]

    def gone(found: re.Match[str]) -> str:
        if any(found.group().startswith(address) for address in allowed):
            return found.group()
        taken.append(found.group())
        return ""

    for pattern, replaced in ((_REFERENCE, gone), (_IMAGE, gone), (_LINK, link), (_HTML, gone), (_URL, gone)):
        text = pattern.sub(replaced, text)
    return text


def _numbers(found: re.Match[str]) -> list[int]:
    said = (found[1] or found[2] or found[3]).replace("^", "")
    if span := re.fullmatch(r"(\d+)\s*[\-–]\s*(\d+)", said):
        first, last = int(span[1]), int(span[2])
        return list(range(first, last + 1)) if 0 <= last - first < 10 else [first, last]
    return [int(n) for n in re.findall(r"\d+", said)]

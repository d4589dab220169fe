"""Where do sentences end, in Chinese with English and figures in it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span

_PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "[": "]", "「": "」", "『": "』", "“": "”", "‘": "’"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_SPEECH = frozenset("“「『")
_AFTER = "”’」』）)】》〉\"'"
_STOPS = frozenset("。！？!?")
_GOES_ON_AFTER_DOTS = "等的和与、，；。：,;"
LONG_SPEECH = 80  # characters between quotation marks from which its sentences are cut like any others
CLAUSE = 30  # characters that a part must have for a semicolon to end it
# a part that counts on belongs to the enumeration before it
_COUNTS = re.compile(
    r"[其第]?[一二三四五六七八九十]+(?:是|则|方面|、|，)|[其第][一二三四五六七八九十]|[（(]?\d{1,2}[）)、.．]|[①-⑳]"
    r"|该|其|这|此|他|她|它|首先|其次|再次|再者|最后|最终|另一方面|一方面|此外|同时|以及|而"
)
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|No|Nos|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|Fig|Inc|Ltd|Co|Corp|approx|et al|e\.g|i\.e|U\.S|a\.m|p\.m)$"
)


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a stretch of text in order; together they hold every character of it but white space."""
    start = span.start
    sheltered = _sheltered(text, span)
    for end in _ends(text, span, sheltered):
        if end > start and (found := _trimmed(text, start, end)):
            yield found
            start = end
    if found := _trimmed(text, start, span.end):
        yield found


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def _sheltered(text: str, span: Span) -> bytearray:
    """1 for each character between brackets or quotation marks that match on one line; long speech is open."""
    shelter = bytearray(span.end - span.start)
    stack: list[int] = []
    for at in range(span.start, span.end):
        character = text[at]
        if character == "\n":
            stack.clear()
        elif character in _PAIRS:
            stack.append(at)
        elif character in _OPENERS:
            # an opener without its closer, further in, shelters nothing
            place = next((i for i in range(len(stack) - 1, -1, -1) if text[stack[i]] == _OPENERS[character]), None)
            if place is None:
                continue
            opened = stack[place]
            del stack[place:]
            if text[opened] not in _SPEECH or at - opened <= LONG_SPEECH:
                shelter[opened - span.start : at - span.start] = b"\1" * (at - opened)
    return shelter


def _ends(text: str, span: Span, sheltered: bytearray) -> Iterator[int]:
    start, at = span.start, span.start
    while at < span.end:
        character = text[at]
        end = at + 1
        if character == "\n":
            start = end
            yield end
        elif text.startswith("——", end):
            pass  # who said it belongs to what was said
        elif not sheltered[at - span.start] and _stops(text, at, start, span.end):
            while end < span.end and (text[end] in _STOPS or text[end] == "…") and not sheltered[end - span.start]:
                end += 1
            while end < span.end and text[end] in _AFTER and _closes(text, start, end):
                end += 1
            start = end
            yield end
        elif character in _OPENERS and _ends_inside(text, at, sheltered, span):
            start = end
            yield end
        at = end


def _closes(text: str, start: int, at: int) -> bool:
    """The sign behind a stop belongs to the sentence: it is a closing one, or a straight quote that was opened."""
    return text[at] not in "\"'" or text.count(text[at], start, at) % 2 == 1


def _ends_inside(text: str, at: int, sheltered: bytearray, span: Span) -> bool:
    """Quoted speech that ends in a stop ends the sentence that quotes it: 他说：“好。”"""
    before, after = at - 1, at + 1
    if sheltered[at - span.start] or before < span.start or text[at] not in "”」』" or text[before] not in "。！？":
        return False
    return after >= span.end or text[after] not in "，、；：的等和与是）)》,;" + _AFTER


def _stops(text: str, at: int, start: int, limit: int) -> bool:
    character = text[at]
    after = text[at + 1] if at + 1 < limit else ""
    if character in "。！？":
        return True
    if character in "!?":
        return not after.isascii() or after.isspace() or after in _AFTER or not after
    if character == "…":
        return after != "…" and after not in _GOES_ON_AFTER_DOTS + _AFTER if after else True
    if character in "；;":
        return _ends_clause(text, at, start, limit)
    return character == "." and _ends_english(text, at, after, start, limit)


def _ends_clause(text: str, at: int, start: int, limit: int) -> bool:
    """A semicolon between two long statements, neither of them a part of an enumeration."""
    line = text.find("\n", at, limit)
    rest = text[at + 1 : limit if line < 0 else line].lstrip()
    part = re.split("[。！？；;]", rest, maxsplit=1)[0]
    before = text[start:at]
    if len(before.strip()) < CLAUSE or len(part) < CLAUSE or re.search("[：:]", before):
        return False
    return not (_COUNTS.match(part) or re.search(r"[一首其][是先]|一方面|[（(]1[）)]|①|第一", before))


def _ends_english(text: str, at: int, after: str, start: int, limit: int) -> bool:
    before = text[at - 1] if at > start else ""
    if not before or not (before.isalnum() or before in "%)]\"'") or not before.isascii():
        return bool(before) and not after.isascii() and "\u4e00" <= before <= "\u9fff"
    if not after:
        return True
    if before.isdecimal() and re.fullmatch(r"\s*\d+", text[start:at]):
        return False
    beyond = text[at + 1 : min(limit, at + 4)].lstrip()
    if not after.isspace() or not beyond or not (beyond[0].isupper() or beyond[0].isdecimal() or not beyond[0].isascii()):
        return False
    return not _ABBREVIATION.search(text[max(start, at - 8) : at])

"""What does a chat completion say, as it comes over the wire? Bytes become its words, its end, or what is wrong with it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Garbled", "Piece", "pieces", "without_thoughts"]

_LINE = re.compile(r"\r\n|\n|\r(?!\Z)")
_LONGEST_LINE = 200_000  # characters; a line without an end is no event
_TAG = re.compile("</?think>")
_BEGUN = re.compile("<(?:/?(?:t(?:h(?:i(?:nk?)?)?)?)?)?$")


class Garbled(Exception):
    """What came is no chat completion; the message says what it was, without repeating it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, none where the model only thinks; `end` is why it ended: "stop", "length" or another word of the server's."""

    text: str
    end: str = ""


def pieces(chunks: Iterable[bytes], content_type: str) -> Iterator[Piece]:
    """The pieces of a response, streamed or in one; Garbled where it is neither."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "text/event-stream":
        yield from _streamed(_lines(chunks))
    elif kind == "application/json":
        yield from _whole(chunks)
    else:
        raise Garbled(f"sends {kind or 'no content type'}, not a chat completion")


def without_thoughts(said: Iterable[Piece]) -> Iterator[Piece]:
    """The same without what stands between <think> and </think>, wherever the tags are cut."""
    held, thinking = "", False
    for piece in said:
        held, shown = held + piece.text, ""
        while tag := _TAG.search(held):
            shown += "" if thinking else held[: tag.start()]
            held, thinking = held[tag.end() :], tag[0] == "<think>"
        # the beginning of a tag waits for its end
        keep = 0 if piece.end else len(match[0]) if (match := _BEGUN.search(held)) else 0
        shown += "" if thinking else held[: len(held) - keep]
        held = held[len(held) - keep :]
        yield Piece(shown, piece.end)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    held = ""
    for chunk in chunks:
        held += decoder.decode(chunk)
        *whole, held = _LINE.split(held)
        yield from whole
        if len(held) > _LONGEST_LINE:
            raise Garbled("sends a line without an end")
    if held.strip():
        yield held.rstrip("\r")


def _streamed(lines: Iterable[str]) -> Iterator[Piece]:
    """One event a `data:` line, as every such server writes them; comments and other fields are passed over."""
    for line in lines:
        name, _, value = line.partition(":")
        if name != "data":
            yield Piece("")  # a sign of life, no words
            continue
        value = value.strip()
        if value == "[DONE]":
            yield Piece("", "stop")
            return
        if value:
            yield _piece(_read(value), "delta")


def _whole(chunks: Iterable[bytes]) -> Iterator[Piece]:
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) > 4 * _LONGEST_LINE:
            raise Garbled("sends an answer without an end")
    piece = _piece(_read(body.decode("utf-8", "replace")), "message")
    yield Piece(piece.text, piece.end or "stop")


def _read(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Garbled("sends broken JSON") from error
    if not isinstance(found, dict):
        raise Garbled("sends JSON that is no object")
    if found.get("error"):
        raise Garbled("reports an error in the middle of its answer")
    return found


def _piece(event: dict[str, object], where: str) -> Piece:
    choices = event.get("choices")
    if not isinstance(choices, list):
        raise Garbled("sends JSON without choices")
    if not choices:
        return Piece("")  # the event that counts tokens has none
    first = choices[0]
    if not isinstance(first, dict):
        raise Garbled("sends a choice that is no object")
    said, end = first.get(where), first.get("finish_reason")
    content = said.get("content") if isinstance(said, dict) else None
    return Piece(content if isinstance(content, str) else "", end if isinstance(end, str) else "")

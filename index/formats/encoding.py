"""Which characters do these bytes stand for, and if none, why?"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from index.errors import UnreadableFile

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
PLAUSIBLE = 0.9  # of the characters must be ones that people write, or the guess is wrong


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030, told apart by its bytes; anything else is refused with the reason."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, name)
    if not content.strip(b" \t\r\n\f\0"):
        raise UnreadableFile(f"{name} is empty: {len(content)} bytes without a word; remove it or fill it")
    if b"\0" in content:
        return _wide(content, name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as broken:
        return _chinese(content, name, broken)
    if _share(text, _is_control) > 0.02:
        raise UnreadableFile(f"{name} is binary, not text; convert it to .txt, .md or .html first")
    return text


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as broken:
        raise UnreadableFile(
            f"{name} is mis-encoded: it announces {encoding} but breaks at byte {broken.start}; save it as UTF-8"
        ) from broken
    if not text.strip():
        raise UnreadableFile(f"{name} is empty: nothing but its byte order mark; remove it or fill it")
    return text


def _wide(content: bytes, name: str) -> str:
    """UTF-16 without a byte order mark: its spaces and digits have a NUL each, always on the same side."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _share(text, _is_written) >= PLAUSIBLE:
            return text
    raise UnreadableFile(f"{name} is binary, not text; convert it to .txt, .md or .html first")


def _chinese(content: bytes, name: str, broken: UnicodeDecodeError) -> str:
    lenient = content.decode("utf-8", errors="replace")
    mended = sum(character > "\x7f" for character in lenient) - 2 * lenient.count("\ufffd")
    if mended <= lenient.count("\ufffd"):
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        if text and _share(text, _is_written) >= PLAUSIBLE:
            return text
        if text and _share(text, _is_control) > 0.02:
            raise UnreadableFile(f"{name} is binary, not text; convert it to .txt, .md or .html first")
    if _share(lenient, _is_control) > 0.02:
        raise UnreadableFile(f"{name} is binary, not text; convert it to .txt, .md or .html first")
    raise UnreadableFile(f"{name} is mis-encoded: neither UTF-8 (breaks at byte {broken.start}) nor GB18030; save it as UTF-8")


def _share(text: str, what: Callable[[str], bool]) -> float:
    return sum(map(what, text)) / max(1, len(text))


def _is_control(character: str) -> bool:
    return character < " " and character not in "\t\n\r\f\v\x1a\x1b"


def _is_written(character: str) -> bool:
    return (
        " " <= character <= "~"
        or character in "\t\n\r\f\v"
        or "\u4e00" <= character <= "\u9fff"
        or "\u2000" <= character <= "\u33ff"
        or "\uff00" <= character <= "\uffef"
        or "\u00a0" <= character <= "\u045f"
    )

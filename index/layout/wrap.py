"""Where were lines broken only because the paper ended there, and what does the text read like without those breaks?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.layout.lines import Line, Mark
from index.layout.marks import ENDS, Style, ends_sentence, is_caption, is_contents_title, is_han, is_note, number, width

NARROWEST, WIDEST = 36, 170  # columns a page of hard-wrapped Chinese can have


@dataclass(frozen=True, slots=True)
class Shape:
    """How the lines of a text were set."""

    columns: int | None  # where lines are wrapped; None where a paragraph is one line
    spaced: bool  # paragraphs are set apart by empty lines
    doubled: bool  # an empty line stands after every line and means nothing
    indented: bool  # paragraphs open with an indent
    ended: bool  # sentences end with a full stop, so that one without it was cut


def measure(lines: Sequence[Line]) -> Shape:
    """The shape of a text, from the statistics of its lines."""
    body = [line for line in lines if line.mark in (Mark.PLAIN, Mark.ITEM)]
    columns = _columns(body)
    gaps = sum(line.blanks > 0 for line in lines[1:]) / max(1, len(lines) - 1)
    long = [line for line in body if re.search("[，。]", line.text)]
    ended = sum(ends_sentence(line.text) for line in long) >= 0.6 * len(long)
    return Shape(
        columns=columns,
        spaced=gaps >= 0.5,
        doubled=columns is not None and gaps >= 0.75,
        indented=sum(line.indented for line in body) >= 3,
        ended=bool(long) and ended,
    )


def _columns(body: Sequence[Line]) -> int | None:
    widths = sorted(line.width for line in body)
    if len(widths) < 8:
        return None
    columns = widths[int(len(widths) * 0.9)]
    near = [line for line in body if 0.86 * columns <= line.width <= 1.1 * columns]
    cut = sum(not ends_sentence(line.text) for line in near)
    exact = Counter(line.width for line in near).most_common(1)[0][0]
    wrapped = NARROWEST <= columns <= WIDEST and len(near) >= 0.3 * len(widths) and cut >= 0.5 * len(near)
    return exact if wrapped else None


def is_full(line: Line, following: Line, columns: int) -> bool:
    """The first word of the following line would not have fitted on this one."""
    word = re.match(r"[\w.%]*[^\W_]?", following.text) if following.text[:1].isascii() else None
    token = width(word[0]) if word and word[0] else 2
    return line.width + min(token, columns // 4) >= 0.9 * columns


def with_lost_bullets(lines: Sequence[Line], shape: Shape) -> list[Line]:
    """Where empty lines mean nothing and page starts have none, one space before a line is what is left of a bullet."""
    if not shape.doubled:
        return list(lines)
    return [replace(line, mark=Mark.ITEM, glyph=True) if _lost_bullet(line) else line for line in lines]


def _lost_bullet(line: Line) -> bool:
    return line.mark is Mark.PLAIN and line.edge and not line.page and number(line.text) is None and not is_caption(line.text)


def join(left: str, right: str) -> str:
    """Two parts of one paragraph: a space between two words or two numbers, nothing beside a Chinese character."""
    if not left or not right:
        return left + right
    before, after = left[-1], right[0]
    if before == "-" and len(left) > 1 and left[-2].isascii() and left[-2].isalpha() and after.islower():
        return left[:-1] + right
    apart = (
        before.isascii()
        and after.isascii()
        and (before.isalnum() or before in ",.;:!?)%")
        and (after.isalnum() or after in "(")
    )
    number = before in ",." and after.isdecimal() and len(left) > 1 and left[-2].isdecimal()
    return left + (" " if apart and not number else "") + right


def untangle(lines: Sequence[Line], columns: int) -> list[Line]:
    """The lines with each box that a page break pushed into an open sentence moved behind the text it interrupted."""
    result = list(lines)
    place = 1
    while place < len(result):
        if _opens_box(result, place, columns) and (end := _open_end(result, place, columns)):
            orphan = next((at for at in range(end + 2, len(result)) if _stops(result, at) or _is_orphan(result, at)), None)
            if orphan is not None and not _stops(result, orphan):
                box, between = result[place : end + 1], result[end + 1 : orphan]
                rest = replace(result[orphan + 1], text=join(result[orphan].text, result[orphan + 1].text))
                result[place : orphan + 2] = [*between, *box, rest]
                place += len(between) + len(box)
        place += 1
    return result


def _opens_box(lines: Sequence[Line], place: int, columns: int) -> bool:
    before, line = lines[place - 1], lines[place]
    unfinished = before.mark is Mark.PLAIN and is_full(before, line, columns) and not ends_sentence(before.text)
    return unfinished and line.page and line.width < columns / 2 and line.text.endswith(("：", ":"))


def _open_end(lines: Sequence[Line], place: int, columns: int) -> int | None:
    """The last line of the box before the interrupted text goes on, where that line is itself unfinished."""
    at = place + 1
    while at + 1 < len(lines) and lines[at].mark is Mark.ITEM:
        if lines[at + 1].mark is Mark.PLAIN:
            return at if is_full(lines[at], lines[at + 1], columns) and not ends_sentence(lines[at].text) else None
        at += 1
    return None


def _stops(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    return line.page or line.mark is not Mark.PLAIN or is_caption(line.text)


def _is_orphan(lines: Sequence[Line], place: int) -> bool:
    """One to three characters that neither end nor begin anything: the rest of a word cut elsewhere."""
    text = lines[place].text
    return (
        len(text) <= 3
        and all(map(is_han, text))
        and ends_sentence(lines[place - 1].text)
        and place + 1 < len(lines)
        and lines[place + 1].mark is Mark.PLAIN
    )


def is_cut(text: str, item: bool) -> bool:
    """A paragraph that fills its line but stops in the middle of a sentence, as at the end of a page."""
    if ends_sentence(text) or text.endswith(("：", ":", "”", "》", "）", ")", "’")) or len(text) < 24:
        return False
    inner = ENDS if item else ENDS + "，；"
    return any(character in inner for character in text)


def is_break(line: Line) -> bool:
    """A line that begins something new wherever it stands, even in the middle of an open sentence."""
    found = number(line.text)
    titled = (
        found is not None
        and found.style <= Style.DOTTED_4
        and found.style is not Style.HAN_PAREN
        and not re.search(r"[，。；,;]", line.text)
    )
    return (
        bool(titled and not ends_sentence(line.text))
        or is_caption(line.text)
        or is_note(line.text)
        or is_contents_title(line.text)
    )

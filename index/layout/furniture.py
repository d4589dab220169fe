"""Which lines are furniture of the page (numbers, contents lists, running titles, ornaments) and not the document's words?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.layout.lines import Line, Mark
from index.layout.marks import (
    contents_entry,
    has_leader,
    is_caption,
    is_contents_title,
    is_english,
    is_label,
    is_note,
    is_page_number,
    number,
    width,
)

REPEATS = 3  # a running title stands on at least so many pages
ORNAMENT = 12  # columns of the longest word that is only decoration
_PAGED = re.compile(r"([^\d\s。；].*[^\d。；])\s+(\d{1,3})|(\d{1,3})\s+([^\d\s。；].*[^\d。；])")


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines that carry the document's own words, in order."""
    translated = _translated(lines)
    numbered = _numbered_titles(lines)
    kept = _without_contents([line for line in lines if line.text not in translated and line.text not in numbered])
    kept = _without_page_numbers([line for line in kept if not has_leader(line.text)])
    kept = _without_announced(kept)
    repeated = _repeated(kept)
    return [line for place, line in enumerate(kept) if place not in repeated]


def is_extracted(lines: Sequence[Line]) -> bool:
    """Enough furniture of pages stands in the lines that they were taken out of a laid-out document."""
    pages = sum(is_page_number(line.text) or has_leader(line.text) for line in lines)
    return pages + len(_repeated(lines)) >= REPEATS


def _numbered_titles(lines: Sequence[Line]) -> set[str]:
    """Running titles that carry the page number in their own line: the same words with a number that only grows."""
    pages: dict[str, list[int]] = {}
    for line in lines:
        found = _PAGED.fullmatch(line.text) if line.mark is Mark.PLAIN else None
        if found and width(found[1] or found[4]) >= ORNAMENT and not contents_entry(found[1] or "") and not number(line.text):
            pages.setdefault(found[1] or found[4], []).append(int(found[2] or found[3]))
    running = {
        words
        for words, numbers in pages.items()
        if len(numbers) >= REPEATS and all(a < b for a, b in pairwise(numbers)) and (numbers[0] > 1 or width(words) >= 20)
    }
    return {line.text for line in lines if (found := _PAGED.fullmatch(line.text)) and (found[1] or found[4]) in running}


def _translated(lines: Sequence[Line]) -> set[str]:
    """English lines of a Chinese text that stand under the same title more than once: its translation for ornament."""
    if sum(is_english(line.text) for line in lines) > len(lines) / 2:
        return set()
    under = Counter(line.text for line in lines if _may_repeat(line) and is_english(line.text) and width(line.text) > 10)
    return {text for text, times in under.items() if times > 1}


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Lone whole numbers are page or chapter numbers where several of them count upwards."""
    lone = [line.text for line in lines if line.text.isdecimal() and len(line.text) <= 4 and line.mark is Mark.PLAIN]
    rising = sum(int(a) <= int(b) for a, b in pairwise(lone))
    counting = len(lone) >= REPEATS and rising >= 0.7 * (len(lone) - 1)
    numbers = {text for text in lone if counting or text.startswith("0")}
    kept: list[Line] = []
    page = False
    for line in lines:
        if is_page_number(line.text) or line.text in numbers:
            page = True
            continue
        kept.append(replace(line, page=True, blanks=max(1, line.blanks)) if page else line)
        page = False
    return kept


def _without_contents(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        end = place + 1
        if is_contents_title(lines[place].text):
            while end < len(lines) and _is_entry(lines, end):
                end += 1
            if end > place + 2:
                place = end
                continue
        kept.append(lines[place])
        place += 1
    return kept


def _is_entry(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text
    title = contents_entry(text)
    if title is not None or is_contents_title(text) or is_page_number(text) or text.isdecimal():
        return True
    # an entry whose page number is lost: its title comes again as a line of its own
    return is_label(text) and any(_key(text) == _key(later.text) for later in lines[place + 1 :])


def _key(text: str) -> str:
    found = number(text)
    return (found.rest if found else text).strip(" .．·…:：\t").replace(" ", "")


def _without_announced(lines: list[Line]) -> list[Line]:
    """A run of three or more titles that all come again later as headings is a contents list without its name."""
    headings = {_key(line.text): place for place, line in enumerate(lines) if line.mark is Mark.HEADING or number(line.text)}
    kept: list[Line] = []
    run: list[Line] = []
    for place, line in enumerate([*lines, Line("")]):
        again = line.mark is Mark.PLAIN and is_label(line.text) and headings.get(_key(line.text), -1) > place
        if again or (run and is_english(line.text) and line.mark is Mark.PLAIN):
            run.append(line)
            continue
        titles = [entry for entry in run if not is_english(entry.text)]
        led = bool(kept) and kept[-1].text.endswith(("：", ":"))
        kept += [] if len(titles) >= REPEATS and not led else run
        run = []
        kept.append(line)
    return kept[:-1]


def _repeated(lines: Sequence[Line]) -> set[int]:
    """Places of short lines that stand on page after page without belonging to what is around them."""
    counts = Counter(line.text for line in lines if _may_repeat(line))
    often = {text for text, times in counts.items() if times >= REPEATS}
    places = {place for place, line in enumerate(lines) if _may_repeat(line) and line.text in often}
    apart = Counter(lines[place].text for place in places if _stands_apart(lines, place, often))
    furniture = {text for text in often if apart[text] * 3 >= counts[text] * 2}
    first: dict[str, int] = {}
    for place, line in enumerate(lines):
        if line.text in furniture:
            first.setdefault(line.text, place)
    # a running title is printed once at least as the title; an ornament is not worth a line
    keep = {place for text, place in first.items() if width(text) > ORNAMENT and not is_english(text)}
    return {place for place, line in enumerate(lines) if line.text in furniture and _may_repeat(line)} - keep


def _may_repeat(line: Line) -> bool:
    text = line.text
    plain = line.mark is Mark.PLAIN and is_label(text) and not text.endswith(("：", ":"))
    return plain and not (is_note(text) or is_caption(text) or number(text))


def _stands_apart(lines: Sequence[Line], place: int, often: set[str]) -> bool:
    line = lines[place]
    if line.page or place in (0, len(lines) - 1):
        return True
    before, after = lines[place - 1], lines[place + 1]
    return before.text in often or after.text in often or after.page or before.text.endswith(("，", "、"))

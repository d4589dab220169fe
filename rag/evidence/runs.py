"""Which sentences of a section count on: 第一，… 第二，…, （一）… （二）…, 首先 … 最后, however far they stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer
from index.chinese.sentences import sentences
from index.types import BlockKind, Section, Span

_DIGITS = "一二三四五六七八九十"
_STYLES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"^[“\"]?第([{_DIGITS}]|\d)(?:[层步类种点条个项阶段关环节]{{1,2}})?[,，、：:]"),
    re.compile(rf"^[“\"]?[（(]([{_DIGITS}]|\d{{1,2}})[)）]"),
    re.compile(rf"^[“\"]?([{_DIGITS}])是"),
    re.compile(r"^[“\"]?(\d{1,2})[.．、](?!\d)"),
)
_FEWEST = 3
_LABEL = 16  # characters up to which a counted sentence only names what the next one says
_ROOM = 110


@dataclass(frozen=True, slots=True)
class Counted:
    """Statements that count on from one, with the sentence before the first, or None where the heading stands there."""

    lead: Span | None
    items: tuple[Span, ...]


def counted_runs(section: Section) -> Iterator[Counted]:
    """Every run of three or more statements of the section that number themselves from one without a gap."""
    text = section.document.text
    said = [
        span
        for block in section.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        for span in sentences(text, block.span)
    ]
    for style in _STYLES:
        yield from _runs(text, said, style)


def _runs(text: str, said: list[Span], style: re.Pattern[str]) -> Iterator[Counted]:
    lead: Span | None = None
    items: list[Span] = []
    for place, span in enumerate(said):
        found = style.match(fold(span.of(text)))
        if not found:
            continue
        number = int(found[1]) if found[1].isdigit() else int(chinese_integer(found[1]))
        if number == 1:
            if len(items) >= _FEWEST:
                yield Counted(lead, tuple(items))
            lead, items = said[place - 1] if place else None, [_whole(text, said, place, style)]
        elif items and number == len(items) + 1:
            items.append(_whole(text, said, place, style))
    if len(items) >= _FEWEST:
        yield Counted(lead, tuple(items))


def _whole(text: str, said: list[Span], place: int, style: re.Pattern[str]) -> Span:
    """The counted sentence, with the next one where it only names what follows: 第二，减重药。"""
    span = said[place]
    if span.end - span.start > _LABEL or place + 1 == len(said):
        return span
    after = said[place + 1]
    near = "\n" not in text[span.end : after.start] and after.end - span.start <= _ROOM
    return Span(span.start, after.end) if near and not style.match(fold(after.of(text))) else span

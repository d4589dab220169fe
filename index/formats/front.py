"""What does a file say about itself: title, publisher, date, in its front matter or in lines that state them outright?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime

import frontmatter
import yaml  # type: ignore[import-untyped]  # front matter is read with it, and this is how it fails

from index.layout.draft import Draft
from index.layout.headings import FRONT_AND_BACK
from index.layout.inline import plain
from index.layout.marks import is_han, number
from index.types import BlockKind, Meta


@dataclass(frozen=True, slots=True)
class Front:
    """What a file states about itself; empty where it states nothing. `shelf` is where it was filed: categories, tags."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    source: str = ""
    kind: str = ""
    note: str = ""
    shelf: str = ""


_OPENS = re.compile(r"---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*[\w\"'][\w \"'-]*[ \t]*:")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])(?:\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d))?")
_LINE_DATE = re.compile(
    r"(?:发布|發布|出版|报告|成稿|更新)?(?:时间|時間|日期)?\s*[:：]?\s*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
)
_OWNER = re.compile(r"版权(?:归属于|归属|归|属于|所有(?:归|者)?)\s*[:：]?\s*(.{2,20}?)(?:所有|[，。,;；\s]|$)")
_CREDIT = re.compile(r"[（(]?(?:文章|稿件|消息|新闻)?(?:来源|來源)\s*[:：]\s*([^，。；,;()（）]{2,24})[）)]?")
_FIGURES = re.compile(r"(?:数据|資料|资料|數據)(?:来源|來源)\s*[:：]\s*([^，。；,;()（）\n]{2,24})")


def split(text: str) -> tuple[Front, str]:
    """What the front matter says, and the text below it; a text without front matter comes back whole."""
    text = text.lstrip("\ufeff \t\r\n") if text.lstrip("\ufeff \t\r\n").startswith("---") else text
    if not _OPENS.match(text):
        return Front(), text
    try:
        entries, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError):
        entries, body = _by_line(text)
    return (_front(entries), body) if entries else (Front(), text)


def _by_line(text: str) -> tuple[dict[str, object], str]:
    """Front matter that is no valid YAML, read as `name: value` lines."""
    head, closing, body = re.sub(r"^---\s*\n", "", text, count=1).partition("\n---")
    if not closing:
        return {}, text
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line and not line.startswith((" ", "-")))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}, body.partition("\n")[2]


def _front(entries: Mapping[str, object]) -> Front:
    known = {str(name).lower(): _words(value) for name, value in entries.items()}
    # one shelf is where a site files what it took over from a publisher, a list of them names subjects
    shelves = [_words(entries.get(name)) for name in ("tags", "categories", "category") if isinstance(entries.get(name), str)]
    return Front(
        title=plain(known.get("title", "")),
        publisher=known.get("publisher", "") or known.get("author", ""),
        date=next((iso(entries[name]) for name in entries if str(name).lower() in ("date", "published", "pubdate")), ""),
        source=known.get("source", ""),
        kind=known.get("kind", ""),
        note=known.get("note", ""),
        shelf=next((shelf for shelf in shelves if any(map(is_han, shelf))), ""),
    )


def _words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(_words(part) for part in value)
    return "" if value is None else str(value).strip()


def iso(value: object) -> str:
    """A date in ISO form, as exact as it is given: day, month or year; empty for what is no date."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = _words(value)
    if found := _DATE.search(text):
        return "-".join(part.zfill(2) for part in found.groups() if part)
    if re.fullmatch(r"(?:19|20)\d\d\s*年?", text):
        return text[:4]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return ""


def describe(front: Front, drafts: Sequence[Draft], file_name: str) -> Meta:
    """The document's particulars: what the file states, completed from lines that state them outright, else nothing."""
    stem = file_name.rpartition(".")[0] or file_name
    return Meta(
        title=front.title or _title(drafts) or stem,
        publisher=front.publisher or _publisher(drafts) or front.shelf,
        date=front.date or _dated(drafts),
        source=front.source or file_name,
        kind=front.kind,
        note=front.note,
    )


def _title(drafts: Sequence[Draft]) -> str:
    for draft in drafts[:4]:
        if draft.kind is BlockKind.HEADING and number(draft.text) is None and not FRONT_AND_BACK.fullmatch(draft.text):
            return draft.text
    return ""


def _publisher(drafts: Sequence[Draft]) -> str:
    for draft in drafts:
        if len(draft.text) < 200 and (found := _OWNER.search(draft.text)):
            return found[1]
    for draft in drafts:
        if len(draft.text) < 60 and (found := _CREDIT.fullmatch(draft.text)):
            return found[1].strip()
    named = Counter(
        found[1].strip() for draft in drafts if draft.kind is BlockKind.NOTE and (found := _FIGURES.match(draft.text))
    )
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] >= 3 else ""


def _dated(drafts: Sequence[Draft]) -> str:
    for draft in drafts[:12]:
        if len(draft.text) <= 40 and (found := _LINE_DATE.search(draft.text)) and len(found[0]) >= len(draft.text) * 0.5:
            return iso(found[0])
    return ""


def completed(front: Front, other: Front) -> Front:
    """The first, with what it lacks taken from the other."""
    return replace(front, **{name: getattr(other, name) for name in Front.__slots__ if not getattr(front, name)})

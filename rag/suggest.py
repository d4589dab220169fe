"""Which questions the library can answer: made from its own tables, lists and definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest

from index.library import Library
from index.types import BlockKind, Passage, Section, Table
from rag.types import Answer

_MOST = 3
_TRIED = 6  # questions of one document that are tried before the next has its turn
_AROUND = 4  # passages on either side of a cited one
_BRACKETS = re.compile(
    r"[（(][^（()）]*[)）]|\s*N\s*=\s*[\d,]+|^\d+(?:\.\d+)*[.、]?\s+|^\d+(?:\.\d+)+\s*|^[一二三四五六七八九十]+、\s*"
)
_LISTED = re.compile(
    r"(?:优势|优点|缺点|原因|因素|困难|难点|问题|需求|诉求|方式|类型|种类|趋势|阶段|环节"
    r"|途径|渠道|目的|价值|步骤|特点|指标)$"
)
_DEFINED = re.compile(r"^(.{2,14})的定义$|^(?:什么是|何为)(.{2,14})$")


def examples(library: Library, answered: Callable[[str], bool]) -> tuple[str, ...]:
    """Up to three questions out of different documents, each of them tried."""
    per_document = [islice(_questions(_passages(library, name)), _TRIED) for name in library.documents]
    turns = dict.fromkeys(question for turn in zip_longest(*per_document) for question in turn if question)
    return tuple(islice((question for question in turns if answered(question)), _MOST))


def beside(library: Library, answer: Answer) -> tuple[str, ...]:
    """Questions about what stands around the cited words, or around the nearest passages."""
    passages = [citation.passage for citation in answer.citations] or list(answer.nearest)
    found: dict[str, None] = {}
    for passage in passages[:3]:
        at = library.number(passage)
        around = [library.passages[n] for n in range(at - _AROUND, at + _AROUND + 1) if 0 <= n < len(library.passages)]
        found |= dict.fromkeys(_questions(p for p in around if p.document is passage.document))
    found.pop(answer.question, None)
    return tuple(islice(found, _MOST))


def _passages(library: Library, name: str) -> Iterator[Passage]:
    return (library.passages[n] for n in library.passage_range(name))


def _questions(passages: Iterator[Passage]) -> Iterator[str]:
    """Questions of each section in turn, each section once."""
    seen: set[int] = set()
    for passage in passages:
        section = passage.section
        start = section.span.start
        if start not in seen:
            seen.add(start)
            yield from islice(_of_section(section), 2)


def _of_section(section: Section) -> Iterator[str]:
    heading = _bare(section.path[-1]) if section.path else ""
    text = section.document.text
    defined = _DEFINED.match(heading)
    if defined:
        yield f"什么是{defined[1] or defined[2]}？"
    for block in section.blocks:
        if block.table and block.table.header_rows:
            yield from _of_table(block.table, text)
    if _LISTED.search(heading) and any(block.kind is BlockKind.ITEM for block in section.blocks):
        yield f"{heading}有哪些？"


def _of_table(table: Table, text: str) -> Iterator[str]:
    """The greatest of a column of shares, and one cell."""
    header = [_bare(cell.of(text)) for cell in table.rows[table.header_rows - 1]]
    body = table.rows[table.header_rows :]
    for column in range(len(header) - 1, 0, -1):
        cells = [row[column].of(text) if column < len(row) else "" for row in body]
        if not 3 <= len(header[column]) <= 16 or not all(re.search(r"\d", cell) for cell in cells):
            continue
        if len(body) > 3 and all("%" in cell for cell in cells):
            yield f"{header[column]}最高的是哪个？"
        yield from _cell(header[column], [_bare(row[0].of(text)) for row in body])


def _cell(column: str, labels: Sequence[str]) -> Iterator[str]:
    label = next((label for label in labels if 2 <= len(label) <= 12 and not re.match(r"\d", label)), "")
    if label:
        yield f"{label}的{column}是多少？"


def _bare(text: str) -> str:
    """A heading or label without its number, brackets and base."""
    return _BRACKETS.sub("", text).strip(" ：:，。")

"""Which lines belong to one block, and is it a paragraph, an item, a table, a note or a caption?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.layout.draft import Cell
from index.layout.lines import Line, Mark
from index.layout.marks import (
    CONTINUES,
    Number,
    ends_sentence,
    is_base,
    is_caption,
    is_label,
    is_note,
    is_question,
    number,
)
from index.layout.wrap import Shape, is_break, is_cut, is_full, join
from index.types import BlockKind


@dataclass(slots=True)
class Rough:
    """A block being put together; `last` is the line that came to it last."""

    kind: BlockKind
    text: str
    last: Line
    level: int = 0
    number: Number | None = None
    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[tuple[Cell, ...]] = field(default_factory=list)  # of a table whose cells may cover columns
    headers: int | None = None  # how many rows are headers, where the source says so
    lines: int = 1

    @property
    def label(self) -> bool:
        """One short line that says nothing by itself: a heading, or the name of something."""
        one = self.lines == 1 or (self.lines == 2 and self.last.blanks == 0)
        return self.kind is BlockKind.PARAGRAPH and one and is_label(self.text)

    @property
    def field(self) -> bool:
        """A label with its value behind a colon."""
        return self.label and self.number is None and bool(re.search(r"[：:](?=.)", self.text))


ASIDES = (BlockKind.CAPTION, BlockKind.NOTE, BlockKind.TABLE)


def assemble(lines: Sequence[Line], shape: Shape) -> list[Rough]:
    """The blocks in reading order; a caption printed into an open sentence comes after it."""
    blocks: list[Rough] = []
    open_text: Rough | None = None  # the paragraph or item that the next line may go on with
    for line in lines:
        last = blocks[-1] if blocks else None
        if line.mark is Mark.PLAIN and last is not None and last.kind is BlockKind.NOTE and _goes_on_note(last, line, shape):
            _extend_note(last, line, shape)
        elif line.mark is Mark.PLAIN and open_text is not None and _goes_on(open_text, line, shape, last is open_text):
            extend(open_text, line)
        elif line.mark is Mark.QUOTE and last is not None and last.last.mark is Mark.QUOTE and not line.blanks:
            extend(last, line)
        elif (
            line.mark is Mark.ROW
            and last is not None
            and last.kind is BlockKind.TABLE
            and line.blanks <= (2 if shape.doubled else 1)
        ):
            last.rows.append(line.cells)
        else:
            fresh = _begin(line)
            blocks.append(fresh)
            if fresh.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
                open_text = fresh
            elif fresh.kind is BlockKind.HEADING:
                open_text = None
    return [_settle_table(block) for block in blocks]


def _begin(line: Line) -> Rough:
    found = number(line.text) if line.mark in (Mark.PLAIN, Mark.ITEM, Mark.HEADING) else None
    if line.mark is Mark.HEADING:
        return Rough(BlockKind.HEADING, line.text, line, line.level, found)
    if line.mark is Mark.ROW:
        return Rough(BlockKind.TABLE, "", line, rows=[line.cells])
    if is_note(line.text):
        return Rough(BlockKind.NOTE, line.text, line)
    if is_caption(line.text):
        return Rough(BlockKind.CAPTION, line.text, line)
    if line.mark is Mark.ITEM:
        return Rough(BlockKind.ITEM, line.text, line, line.level, found)
    return Rough(BlockKind.PARAGRAPH, line.text, line, 0, found)


def _goes_on(block: Rough, line: Line, shape: Shape, adjacent: bool) -> bool:
    if line.text[0] in CONTINUES and not line.text.startswith(("“", "‘")):
        return True
    if (
        line.indented
        and shape.indented
        and not (shape.columns and block.last.indented and block.lines == 1 and _is_cut_line(block, line, shape))
    ):
        return False
    if shape.columns is not None:
        return _goes_on_wrapped(block, line, shape, adjacent)
    if is_break(line) or number(line.text):
        return False
    if (
        adjacent
        and not line.blanks
        and (block.last.broken or (shape.spaced and not (block.label and block.kind is BlockKind.PARAGRAPH)))
    ):
        return True
    cut = (
        shape.ended and is_cut(block.text, block.kind is BlockKind.ITEM or block.number is not None) and not is_label(line.text)
    )
    return cut or (block.text.endswith(("，", "、")) and block.kind is BlockKind.PARAGRAPH)


def _goes_on_wrapped(block: Rough, line: Line, shape: Shape, adjacent: bool) -> bool:
    boxed = line.page and line.text.endswith(("：", ":")) and is_label(line.text)
    if is_break(line) or boxed:
        return False
    apart = line.blanks > (1 if shape.doubled else 0)
    full = _is_cut_line(block, line, shape)
    if not ends_sentence(block.text):
        return full or (block.text.endswith(("，", "、")) and not apart)
    exact = shape.columns is not None and block.last.width >= shape.columns - 1
    return exact and full and adjacent and not apart and not line.page and not is_label(line.text) and number(line.text) is None


def _is_cut_line(block: Rough, line: Line, shape: Shape) -> bool:
    return shape.columns is not None and is_full(block.last, line, shape.columns)


def extend(block: Rough, line: Line) -> None:
    """The line becomes part of the block."""
    # a Markdown line break between two short statements is a space, inside a phrase it is nothing
    apart = block.last.broken and (line.bold or block.last.bold)
    block.text = f"{block.text} {line.text}" if apart else join(block.text, line.text)
    # what a caption cut in two was one line on the page
    tail = line.text[0] in CONTINUES
    block.last = replace(line, width=block.last.width + line.width) if tail else line
    block.lines += 1


def _goes_on_note(block: Rough, line: Line, shape: Shape) -> bool:
    if is_caption(line.text) or (is_break(line) and not is_note(line.text)):
        return False
    if shape.columns is not None:
        full = _is_cut_line(block, line, shape) and not ends_sentence(block.text)
        return full or (not line.blanks and line.text[0] in "（(" and line.text[-1] in "）)")
    if not line.blanks:
        return block.last.broken or shape.spaced
    if block.text.startswith(("*", "＊", "※")) and block.text.partition("\n")[0].endswith(("：", ":")):
        return "：" in line.text and len(line.text) < 60 and not line.text.endswith("。")
    return is_base(block.text) and is_question(line.text) and not is_note(line.text)


def _extend_note(block: Rough, line: Line, shape: Shape) -> None:
    wrapped = shape.columns is not None and _is_cut_line(block, line, shape) and not ends_sentence(block.text)
    block.text = join(block.text, line.text) if wrapped else f"{block.text}\n{line.text}"
    block.last = line
    block.lines += 1


def _settle_table(block: Rough) -> Rough:
    """A lone line with a tab is no table."""
    if block.kind is BlockKind.TABLE and len(block.rows) == 1:
        block.kind = BlockKind.PARAGRAPH
        block.text = " ".join(cell for cell in block.rows[0] if cell)
        block.number = number(block.text)
    return block

"""Which numbered, bulleted and short lines are headings, and how deep is each?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.layout.assemble import ASIDES, Rough
from index.layout.draft import Cell, Draft, header_rows
from index.layout.marks import Style, ends_sentence, is_english, is_question, width
from index.types import BlockKind

# parts that stand beside the chapters of any report, whatever it is about
FRONT_AND_BACK = re.compile(
    r"(?:前\s*言|序\s*言?|卷首语|引\s*言|导\s*[语言读]|摘\s*要|概\s*要|(?:核心|主要)(?:观点|发现|结论)|结\s*[语论]|后\s*记|附\s*录.{0,20}"
    r"|参考(?:文献|资料)|致\s*谢|鸣\s*谢|(?:特别|免责|法律|版权)?(?:声明|申明|说明)|版权.{0,4}|关于(?:我们|本.{1,6})|联系(?:我们|方式)|研究团队|作者.{0,4})[:：]?"
)
OF_THE_CHAPTER = re.compile(r"(?:本[章节篇部]|章节|小)(?:小?结|总结|要点|结语|摘要)?.{0,4}[:：]?")
LEAD_IN = re.compile(r"^各|^尊敬|如下|以下|下列|下述|包括|例如|比如|分别|有[:：]|为[:：]|是[:：]")
LONGEST = 96  # columns of a numbered heading


# a document's number or date stands under its title and heads nothing
HEADS_NOTHING = re.compile(r".*〔\d{4}〕.*|(?:19|20)\d\d\s*年.{0,12}日?")


@dataclass(frozen=True, slots=True)
class _Page:
    """The blocks, which of them are headings by their numbers, and which are titles said again in English."""

    blocks: Sequence[Rough]
    numbered: set[int]
    foreign: set[int]

    def below(self, place: int) -> int | None:
        """The next block, a title said again in English left aside."""
        return next((at for at in range(place + 1, min(place + 3, len(self.blocks))) if at not in self.foreign), None)


@dataclass(slots=True)
class _Depth:
    """How deep the last headings were, while the blocks are walked in order."""

    explicit: int = 0
    numbered: int = 0
    chapter: int = 0


def resolve(blocks: Sequence[Rough], *, named: bool = True) -> list[Draft]:
    """The blocks with every heading found, one level for one style; without `named` a short line must be bold to be one."""
    marked = not named or sum(block.kind is BlockKind.HEADING for block in blocks) >= 2
    _rank_outer(blocks)
    headings = _numbered_headings(blocks)
    styles = sorted({number.style for place in headings if (number := blocks[place].number)})
    page = _Page(blocks, headings, _foreign(blocks))
    title = 0 if marked else _title_lines(page)
    depth = _Depth()
    drafts = _titles(page, title)
    for place in range(title, len(blocks)):
        block = blocks[place]
        if block.kind is BlockKind.HEADING:
            depth = _Depth(explicit=block.level, numbered=block.level, chapter=block.level)
            drafts.append(Draft(BlockKind.HEADING, block.text, block.level))
        elif place in headings and block.number:
            level = min(6, depth.explicit + 1 + styles.index(block.number.style))
            depth.numbered = level
            depth.chapter = level if block.number.style <= Style.HAN else depth.chapter
            drafts.append(Draft(BlockKind.HEADING, block.text, level))
        elif (block.last.bold or not marked) and _is_heading(page, place):
            drafts.append(Draft(BlockKind.HEADING, block.text, _level(block, depth)))
        else:
            drafts.append(_body(block, marked, named))
    return _nested(drafts)


def _rank_outer(blocks: Sequence[Rough]) -> None:
    """Where 1.1 stands right under 1, plain numbers are chapters and not the entries of lists."""
    pairs = [(block.number, below) for block, below in pairwise(blocks) if block.number and block.number.style is Style.ARABIC]
    if not any(
        below.number and below.number.style is Style.DOTTED_2 and below.text.startswith(f"{own.value}.") for own, below in pairs
    ):
        return
    for block in blocks:
        if block.number and block.number.style is Style.ARABIC:
            block.number = replace(block.number, style=Style.ARABIC_OUTER)


def _numbered_headings(blocks: Sequence[Rough]) -> set[int]:
    """Places of numbered lines that are headings: short, and most of their siblings have text under them."""
    candidates = [place for place, block in enumerate(blocks) if _may_head(block)]
    headings: set[int] = set()
    for group in _siblings(blocks, candidates):
        carrying = sum(_carries(blocks, place) for place in group)
        number = blocks[group[0]].number
        always = number is not None and (number.style <= Style.SECTION or Style.DOTTED_2 <= number.style <= Style.DOTTED_4)
        if always or carrying * 2 >= len(group):
            headings.update(group)
    return headings


def _may_head(block: Rough) -> bool:
    if block.number is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or width(block.text) > LONGEST:
        return False
    long_clause = (
        "，" in block.text and block.number.style in (Style.ARABIC, Style.PAREN, Style.CIRCLE) and width(block.text) > 72
    )
    return not (
        re.search(r"[。；;！]", block.text)
        or (ends_sentence(block.text) and not block.text.endswith(("？", "?")))
        or long_clause
    )


def _siblings(blocks: Sequence[Rough], candidates: Sequence[int]) -> list[list[int]]:
    """Candidates of one style whose numbers go on counting, until an outer number or a marked heading comes between."""
    groups: list[list[int]] = []
    running: dict[Style, list[int]] = {}
    placed = set(candidates)
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            running.clear()
        if place not in placed or block.number is None:
            continue
        style = block.number.style
        group = running.get(style)
        before = blocks[group[-1]].number if group else None
        if group is None or before is None or block.number.value <= before.value:
            group = running[style] = []
            groups.append(group)
        group.append(place)
        running = {kind: members for kind, members in running.items() if kind <= style}
    return groups


def _carries(blocks: Sequence[Rough], place: int) -> bool:
    """Something other than the next number of its list follows."""
    if place + 1 >= len(blocks) or blocks[place + 1].kind is BlockKind.HEADING:
        return False
    own, following = blocks[place].number, blocks[place + 1]
    if own is None or following.number is None:
        return following.field or not (following.label and not following.last.bold)
    return following.number.style > own.style


def _foreign(blocks: Sequence[Rough]) -> set[int]:
    english = {place for place, block in enumerate(blocks) if is_english(block.text)}
    return {place for place in english if blocks[place].label} if len(english) * 2 < len(blocks) else set()


def _is_heading(page: _Page, place: int) -> bool:
    """A short line with a text of its own below it."""
    block = page.blocks[place]
    glyph = block.kind is BlockKind.ITEM and block.last.glyph and block.lines == 1
    after = page.below(place)
    if place in page.foreign or not _may_name(block, glyph) or after is None or after in page.numbered:
        return False
    below = page.blocks[after]
    if glyph:
        return below.kind is BlockKind.PARAGRAPH and not below.label
    return below.kind is not BlockKind.HEADING and (below.field or below.number is not None or not below.label)


def _may_name(block: Rough, glyph: bool) -> bool:
    """Short, no sentence, no field, no question put to anyone."""
    text = block.text
    if block.number is not None or block.field or HEADS_NOTHING.fullmatch(text) or is_question(text):
        return False
    if text.endswith(("：", ":")) and not _is_short_colon(block):
        return False
    return block.label or (glyph and not ends_sentence(text) and width(text) <= 48 and "，" not in text)


def _is_short_colon(block: Rough) -> bool:
    return width(block.text) <= 28 and not LEAD_IN.search(block.text)


def _level(block: Rough, depth: _Depth) -> int:
    if FRONT_AND_BACK.fullmatch(block.text):
        depth.numbered = depth.chapter = 0
        return 1
    if OF_THE_CHAPTER.fullmatch(block.text):
        return min(6, depth.chapter + 1)
    return min(6, depth.numbered + 1)


def _title_lines(page: _Page) -> int:
    """How many short lines at the top are the title page."""
    blocks, headings = page.blocks, page.numbered
    end = 0
    while end < min(12, len(blocks)) and end not in headings and _on_title_page(blocks[end]):
        end += 1
    if end < len(blocks) and (end in headings or blocks[end].label):
        return end
    heads = end > 1 and end - 1 not in page.foreign and not HEADS_NOTHING.fullmatch(blocks[end - 1].text)
    return end - 1 if heads else end


def _on_title_page(block: Rough) -> bool:
    return block.label and not block.text.endswith(("：", ":")) and not FRONT_AND_BACK.fullmatch(block.text)


def _titles(page: _Page, end: int) -> list[Draft]:
    """The title, with its subtitle where a dash ties one to it; what else is on the title page as it stands."""
    drafts: list[Draft] = []
    for place, block in enumerate(page.blocks[:end]):
        tied = block.text.startswith(("—", "–", "─", "-")) and drafts and drafts[-1].kind is BlockKind.HEADING
        if tied:
            drafts[-1] = Draft(BlockKind.HEADING, drafts[-1].text + block.text, 1)
        elif place not in page.foreign and not any(draft.kind is BlockKind.HEADING for draft in drafts):
            drafts.append(Draft(BlockKind.HEADING, block.text, 1))
        else:
            drafts.append(Draft(BlockKind.CAPTION, block.text))
    return drafts


def _body(block: Rough, marked: bool, named: bool) -> Draft:
    if block.kind is BlockKind.TABLE:
        rows = tuple(block.cells) or tuple(tuple(Cell(cell) for cell in row) for row in block.rows)
        guessed = header_rows([[cell.text for cell in row] for row in rows])
        return Draft(BlockKind.TABLE, "", 0, rows, guessed if block.headers is None else block.headers)
    if block.kind in ASIDES:
        return Draft(block.kind, block.text)
    if block.kind is BlockKind.ITEM or block.number is not None:
        return Draft(BlockKind.ITEM, block.text, block.level)
    colon = block.text.endswith(("：", ":"))
    naming = named and block.label and not (colon or block.field) and (marked or width(block.text) <= 40)
    return Draft(BlockKind.CAPTION if naming else BlockKind.PARAGRAPH, block.text)


def _nested(drafts: Sequence[Draft]) -> list[Draft]:
    """Items with their indent turned into nesting 0, 1, 2 …"""
    result: list[Draft] = []
    indents: list[int] = []
    for draft in drafts:
        if draft.kind is not BlockKind.ITEM:
            indents = []
            result.append(draft)
            continue
        while indents and indents[-1] >= draft.level:
            indents.pop()
        result.append(Draft(BlockKind.ITEM, draft.text, len(indents)))
        indents.append(draft.level)
    return result

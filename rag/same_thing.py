"""Do two figures measure the same thing, of the same, at the same time, so that two values contradict each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind, numbers
from index.chinese.words import parts_of, stop_words, words
from index.circumstances import Part, Told, When
from index.stated import Stated
from index.types import BlockKind, Unit, UnitKind
from rag.matching import close_up, match

_SPOKEN_OF = 0.75  # match from which a word of one figure is spoken of around the other
_HEAD = 4  # characters of the noun before both figures from which it may be the same though one is told more closely
_CLOSE = 1.25  # how many times as great such a figure may be: a part is seldom so near to its whole
_WHOLE = frozenset({Part.WHOLE, Part.END})
_AHEAD = re.compile(r"预计|预期|预测|有望|目标|指引|力争|计划|规划|估计|拟|将(?!近)|展望|至少要|要达")
# what links a figure to its noun, or says nothing of it
_NEUTRAL = re.compile(
    r"达|达到|实现|取得|录得|拥有|覆盖|超过|增至|升至|降至|减至|增长|进入|完成|获得|报告|披露|表示|显示|占|约占|占比|成为|提升|提高|上升|下降|降低|公司|集团"
    r"|数据|数字|情况|水平|规模|总数|数量|总量|金额|全年|年度|年末|年底|财年|同期|背景|目前|截至|截止|累计|合计|总计|共计|口径|平台|调研|调查|报告期|本刊|记者|消息"
    r"|人民币|亿元|万元|百万|其中|原文|整体|全部|总体|约为|业务|项目|企业|分别|收录|名单|受访者?|保持|维持|一直|始终|高水平|继续|居首|卖出|售出"
)
_ROUND = re.compile(r"(?:[a-z]\+*|天使|种子|战略|pre-?[a-z]+)轮?|pre-?[a-z]+|轮次?|大额|领投|跟投|投资方")
_EVENT = re.compile(r"融资|投资|收购|募资|募集")
_LINK = re.compile(r"(?:[一-鿿]{0,2}(?:达到?|为|是|有|约|至|到|近|超过|共|已|实现|增至|升至|只有?|仅有?|分别))+$")
_SEVERAL = re.compile("依次|分别|各为|各自")
_YEAR = re.compile(r"\d{4}\s*(?:财?年[度底末初]?)")
_UNKNOWN = ("n", "g", "j", "x", "z", "a", "b")
_FROM = re.compile(r"(?:从|由|自)\s*[^，。；]{1,12}$")


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around a figure: `own` words right beside it, `near` those it may share with its sentence, `around` all."""

    own: tuple[str, ...]
    near: tuple[str, ...]
    close: str  # folded: its clause, row and column, headings, lead-in, title
    around: str  # the same with the whole sentence
    sentence: str  # folded
    head: str  # the characters right before it, without what links them to it
    ahead: bool  # a forecast or an aim


def contradicts(one: Stated, other: Stated, units: tuple[Unit, Unit], asked: str = "", names: tuple[str, ...] = ()) -> bool:
    """Whether both give different values for one thing; when unsure, no. What is `asked`, the first speaks of."""
    if one.family != other.family or one.change is not other.change or one.reach.meets(other.reach):
        return False
    if any(unit.kind in (UnitKind.NOTE, UnitKind.HEADING) for unit in units) or _beside(*units):
        return False
    if any(_counts_parts(figure) for figure in (one, other)):
        return False
    if not same_time(one, other, event=True):
        return False
    first, second = told_of(one, units[0], names), told_of(other, units[1], names)
    first = replace(first, close=f"{first.close} {close_up(fold(asked))}")
    if first.ahead is not second.ahead or not same_time(one, other, event=is_event(first, second)):
        return False
    return _same_measure(first, second, one, other)


def _counts_parts(figure: Stated) -> bool:
    """三条, 两类 count what is listed, 第 3 页 where it stands; 依次为 and 分别为 tell of several things."""
    worded = figure.number.kind is NumberKind.COUNT and not re.search(r"\d", fold(figure.printed))
    return worded or figure.number.unit == "页" or bool(_SEVERAL.search(figure.measure.of(figure.document.text)))


def _beside(one: Unit, other: Unit) -> bool:
    """Whether both stand in one block, or in one list: rows, entries and sentences side by side tell of different things."""
    if one.block is other.block:
        return True
    listed = all(unit.block is not None and unit.block.kind is BlockKind.ITEM for unit in (one, other))
    return listed and one.passage.section is other.passage.section


def same_time(one: Stated, other: Stated, *, event: bool = False) -> bool:
    """Whether both hold for the same year, and the same part of it; a date of publication dates only its own document's."""
    first, second = one.when, other.when
    within = one.document is other.document
    if first.year != second.year or (first.last != second.last and not (within and _loose(first, second))):
        return False
    if not first.year:
        return False
    guessed = Told.DATE in (first.told, second.told)
    if guessed and not within:
        return False
    return (
        _same_part(first, second)
        or (within and (guessed or _loose(first, second)))
        or (event and "" in (first.part, second.part))
    )


def _loose(first: When, second: When) -> bool:
    """Whether one period is that of the chapter, or has no end: it need not end with what the other speaks of."""
    if Part.SINCE in (first.part, second.part):
        return True
    return Told.HEADING in (first.told, second.told) and first.last != second.last and first.part == second.part == ""


def _same_part(first: When, second: When) -> bool:
    return first.part == second.part or {first.part, second.part} <= _WHOLE


@lru_cache(maxsize=8192)
def told_of(figure: Stated, unit: Unit, names: tuple[str, ...] = ()) -> Around:
    """The words around a figure; where one of the names stands right beside it, no other subject is looked for."""
    text = figure.document.text
    passage = unit.passage
    start, end = _window(figure, text)
    beside = f"{text[start : figure.number.span.start]} {text[figure.number.span.end : end]}"
    column = figure.column.of(text)
    cell = bool(column) or unit.kind is UnitKind.ROW
    own = content(f"{figure.measure.of(text)} {column}" if cell else beside)
    named = (
        ""
        if cell or any(name in own for name in names)
        else figure.subject.of(text)
        if figure.subject.start >= unit.span.start
        else ""
    )
    before = "" if own or cell else _label(unit) or text[unit.span.start : max(start, unit.span.start)]
    own = own or content(before)
    above = " ".join((*passage.section.path, unit.context, figure.document.meta.title))
    clause = f"{before} {figure.measure.of(text)} {column} {named}"
    return Around(
        own,
        tuple(dict.fromkeys((*own, *content(named), *(_marked(figure, text) if cell else ())))),
        close_up(fold(f"{clause} {_label(unit)} {above}")),
        close_up(fold(f"{clause if cell else unit.text} {above}")),
        close_up(fold(unit.text if not cell else f"{figure.measure.of(text)} {column}")),
        "" if cell else _head(text[figure.measure.start : figure.number.span.start]),
        bool(_AHEAD.search(unit.text if not cell else f"{figure.measure.of(text)} {column}")),
    )


def _marked(figure: Stated, text: str) -> tuple[str, ...]:
    """Figures in the names of a row and column that set one group apart: 35岁及以下, but no year and no base."""
    names = re.sub(r"n\s*[=＝]\s*[\d,，]+", "", fold(f"{figure.measure.of(text)} {figure.column.of(text)}"))
    return tuple(n.span.of(names).strip() for n in numbers(names) if n.kind is not NumberKind.DATE)


def _label(unit: Unit) -> str:
    found = re.match(r"([^：:。，；\n]{2,16})[：:]", unit.text)
    return found[1] if found and unit.kind in (UnitKind.FIELD, UnitKind.ITEM) else ""


def _window(figure: Stated, text: str) -> tuple[int, int]:
    """The part of its clause that speaks of this figure: from the figure before it that has a noun of its own to the next."""
    start, end = figure.measure.start, figure.measure.end
    at = figure.number.span
    for number in numbers(text[start:end]):
        place = start + number.span.start
        if number.kind in (NumberKind.DATE, NumberKind.RANK):
            continue
        if place > at.start:
            return start, place
        if place < at.start and content(text[start + number.span.end : at.start]):
            start_of_next = start + number.span.end
            return start_of_next, min([end, *_after(text, at.end, end)])
    return start, end


def _after(text: str, start: int, end: int) -> list[int]:
    return [start + n.span.start for n in numbers(text[start:end]) if n.kind not in (NumberKind.DATE, NumberKind.RANK)][:1]


def _head(before: str) -> str:
    bare = _FROM.sub("", before) if _FROM.search(before) and re.search(r"\d", before) else before
    return _LINK.sub("", bare.strip())


@lru_cache(maxsize=16384)
def content(text: str) -> tuple[str, ...]:
    """The folded words that say what is measured: no dates, no figures, nothing that only links."""
    found: dict[str, None] = {}
    for word, tag in _joined(_YEAR.sub(" ", text)):
        folded = fold(word).strip()
        if (
            len(folded) < 2
            or tag.startswith(("m", "t", "r", "p", "c", "u", "d", "w", "q", "f"))
            or re.fullmatch(r"[\d\W]+", folded)
        ):
            continue
        for piece in _pieces(folded):
            if piece not in stop_words() and not _NEUTRAL.fullmatch(piece):
                found[piece] = None
    return tuple(found)


def _joined(text: str) -> Iterator[tuple[str, str]]:
    """The words with their parts of speech; single characters in a row are a name that no dictionary knows."""
    run = ""
    for word, tag in (*words(text), ("", "w")):
        if len(word) == 1 and "\u3400" <= word <= "\u9fff" and tag.startswith(_UNKNOWN):
            run += word
            continue
        if len(run) > 1:
            yield run, "nz"
        run = ""
        yield word, tag


def _pieces(word: str) -> tuple[str, ...]:
    """业务收入 → 业务, 收入: the words of a long one, where they are all of it."""
    parts = tuple(part for part in parts_of(word) if part != word) if len(word) > 3 else ()
    return parts if "".join(parts) == word else (word,)


def is_event(first: Around, second: Around) -> bool:
    return bool(_EVENT.search(first.sentence) and _EVENT.search(second.sentence))


def _same_measure(first: Around, second: Around, one: Stated, other: Stated) -> bool:
    event = is_event(first, second)
    left = _strange(first, second, event=event)
    right = _strange(second, first, event=event)
    if not left and not right:
        shared = set(first.own) & set(second.own)
        return len(shared) > 1 or (one.number.kind is not NumberKind.SHARE and (bool(shared) or _shares(first, second)))
    if one.number.kind is NumberKind.SHARE or (left and right):
        return False
    values = sorted((abs(one.number.value), abs(other.number.value)))
    return _common_head(first.head, second.head) >= _HEAD and values[1] <= _CLOSE * values[0]


def _strange(told: Around, other: Around, *, event: bool) -> tuple[str, ...]:
    """The words beside one figure that nothing beside the other speaks of; its subject may be named anywhere around that."""
    return tuple(
        word
        for word in told.near
        if match(word, other.close if word in told.own else other.around) < _SPOKEN_OF
        and not (event and _ROUND.fullmatch(word))
    )


def _shares(first: Around, second: Around) -> bool:
    """Whether each one's own words are said in the other's sentence; at least one has some."""
    return bool(first.own or second.own) and all(
        match(word, told.sentence) >= _SPOKEN_OF for own, told in ((first.own, second), (second.own, first)) for word in own
    )


def _common_head(one: str, other: str) -> int:
    count = 0
    for left, right in zip(reversed(fold(one)), reversed(fold(other)), strict=False):
        if left != right or not ("\u3400" <= left <= "\u9fff" or left.isalnum()):
            break
        count += 1
    return count

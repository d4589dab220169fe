"""What belongs beside the figure of an answer: other accounts of it, each with its source, and the base of a survey's share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.chinese.fold import fold
from index.chinese.numbers import NumberKind
from index.library import Library
from index.stated import Stated
from index.types import Document, Span
from rag.composers.quote import plain
from rag.conflicts import own_figure, rivals
from rag.evidence.features import Asked
from rag.evidence.types import Evidence, Shape
from rag.types import Answer, Citation, Conflict, Side

_LONGEST = 310  # characters of an answer that still takes in the base
_TITLE, _HEADING = 16, 14  # characters of what names a source, a chapter
_SURVEYED = frozenset({NumberKind.SHARE, NumberKind.DURATION})
_NAMED = re.compile(r"^\W*(?:基数|样本|base)")
_BARE = re.compile(r"[\d,]+(?:\.\d+)?")
_NO_GROUP = re.compile(r"^\W*$|\d{4}|全部|全体|总体|整体|合计|平均|比例|占比|比重|率|%|时长|时间|all|total|average|share")
_ASKED = re.compile("医[生师]|患者|受访|被访|参[加与]调[研查]|消费者|用户|居民|护士|药师|学生|人")
_AMONG = re.compile("(?:医[生师]|患者|受访者?|护士|药师|人)[里中],$")
_SOME = re.compile("(?<!受访)(?<!被访)(?<!调研)(?<!调查)的[\u3400-\u9fff]{0,6}[里中](?:面|,|有|\\d)|其中|科室")
_GROUP = re.compile(r"\d|[岁科省市县区院级]\W*$|医[生师]|患者|人群|用户")
_SCALES = {1e3: "千", 1e4: "万", 1e6: "百万", 1e7: "千万", 1e8: "亿"}


@dataclass(slots=True)
class _Cited:
    """The answer's citations and those that come to them."""

    library: Library
    found: list[Citation] = field(default_factory=list)

    def number(self, figure: Stated, span: Span) -> int:
        """The number of the citation that holds the words already, or of a new one."""
        for known in self.found:
            if known.passage.document is figure.document and known.span.start <= span.start and span.end <= known.span.end:
                return known.n
        self.found.append(Citation(len(self.found) + 1, self.library.units[figure.unit].passage, span))
        return len(self.found)


def noted(answer: Answer, asked: Asked, evidence: Sequence[Evidence], library: Library) -> Answer:
    """The answer with what belongs beside its own figure; as it is where that is nothing."""
    figure = own_figure(asked, evidence, library)
    if figure is None:
        return answer
    cited = _Cited(library, list(answer.citations))
    others = rivals(asked, figure, library)
    conflict = _conflict((figure, *others), cited) if others else None
    lines = [answer.text]
    if conflict:
        lines.append(_told((figure, *others), conflict, english=asked.question.english))
    elif (evidence[0].shape is Shape.CELLS or not figure.column.end) and (base := _base(figure, answer.text, cited)):
        lines.append(base)
    return replace(
        answer,
        text="\n\n".join(lines),
        citations=tuple(cited.found),
        conflicts=(conflict,) if conflict else (),
    )


def _conflict(figures: Sequence[Stated], cited: _Cited) -> Conflict:
    first = figures[0]
    about = first.column.of(first.document.text) or first.measure.of(first.document.text)
    return Conflict(" ".join(about.split()), tuple(Side(_written(f), cited.number(f, _words(f))) for f in figures))


def _told(figures: Sequence[Stated], conflict: Conflict, *, english: bool) -> str:
    """One line: 不同来源的说法：1亿元（甲，2021-03）[1]；1.5亿元（乙，2022-05）[2]."""
    within = len({figure.document.id for figure in figures}) == 1
    opening = ("The source gives two figures" if within else "Sources differ") if english else ""
    opening = opening or ("同一份资料里的说法不同" if within else "不同来源的说法")
    publishers = {figure.document.id: figure.document.meta.publisher for figure in figures}
    named = len(set(publishers.values())) == len(publishers)
    sides = []
    for figure, side in zip(figures, conflict.sides, strict=True):
        where = _chapter(figure) if within else _source(figure.document, by_publisher=named)
        sides.append(f"{plain(side.text)}{f'（{plain(where)}）' if where else ''}[{side.n}]")
    return f"{opening}：{'；'.join(sides)}。"


def _source(document: Document, *, by_publisher: bool) -> str:
    name = (document.meta.publisher if by_publisher else "") or document.meta.title
    return "，".join(filter(None, (_short(name, _TITLE), document.meta.date)))


def _chapter(figure: Stated) -> str:
    """The heading nearest above the figure."""
    found = [b for b in figure.document.blocks if b.kind == "heading" and b.span.start <= figure.number.span.start]
    return _short(found[-1].span.of(figure.document.text), _HEADING) if found else ""


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _words(figure: Stated) -> Span:
    """The words that give the figure: its clause, or its cell."""
    span = figure.number.span if figure.column.end else figure.measure
    said = span.of(figure.document.text)
    start = span.start + len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))


def _written(figure: Stated) -> str:
    """The figure as printed; of a bare cell with the unit that its header gives."""
    printed = figure.printed
    if not _BARE.fullmatch(fold(printed)) or not figure.number.unit:
        return printed
    scale = figure.number.value / float(fold(printed).replace(",", "") or 1)
    return f"{printed}{next((name for size, name in _SCALES.items() if abs(scale / size - 1) < 1e-6), '')}{figure.number.unit}"


def _until(figure: Stated, start: int) -> str:
    """The folded sentence up to the end of the figure's clause: what stands there says of whom it is."""
    return fold(figure.document.text[start : max(figure.measure.end, figure.number.span.end)])


def _of_all(figure: Stated, sentence: str) -> bool:
    """Whether the figure is of all that were asked, or the base its own column's: for a group that of the whole is too wide."""
    text = figure.document.text
    if not figure.column.end:
        clause = fold(figure.measure.of(text))
        ahead = sentence[: len(sentence) - len(clause)].rstrip()
        return bool(_ASKED.search(clause) or _AMONG.search(ahead)) and not _SOME.search(sentence)
    if figure.column.start <= figure.base.start < figure.column.end:
        return True
    column, row = fold(figure.column.of(text)), fold(figure.measure.of(text))
    return bool(_NO_GROUP.search(column)) and not _GROUP.search(row)


def _base(figure: Stated, text: str, cited: _Cited) -> str:
    """The base of a survey figure, unless the answer says it already or grows too long."""
    said, sentence = figure.base.of(figure.document.text), _until(figure, cited.library.units[figure.unit].span.start)
    digits = re.findall(r"\d[\d,]*", fold(said))
    if (
        figure.number.kind not in _SURVEYED
        or not digits
        or not _of_all(figure, sentence)
        or digits[-1] in fold(text)
        or len(text) + len(said) > _LONGEST
    ):
        return ""
    opening = "" if _NAMED.match(fold(said)) else "基数："
    return f"{opening}{plain(said)}[{cited.number(figure, figure.base)}]"

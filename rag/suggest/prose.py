"""Which questions do headings, lists and sentences answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.chinese.numbers import NumberKind
from index.figures import Inventory
from index.stated import Stated
from index.types import BlockKind, Section, Span, Unit, UnitKind
from rag.suggest.types import Kind, Suggested
from rag.suggest.wording import bare, fits

__all__ = ["of_section", "of_unit"]

_LISTED = re.compile(
    r"(?:优势|优点|缺点|优缺点|原因|因素|困难|难点|需求|诉求|方式|种类|趋势|阶段|环节|途径|渠道|目的|价值|步骤|特点|产品)$"
)
# 两大共同难点: of whom?
_COUNT_FIRST = re.compile(r"[一两二三四五六七八九十]+[大个类种项条点]")
_WHAT = re.compile(r"(?:模式|愿景|口径|背景|定义)$")
_ASKING = re.compile(r"哪|什么|怎|如何|为何|多少|吗")
_DEFINED = re.compile(r"^(.{2,14})的定义$|^(?:什么是|何为)(.{2,14})$")
_DEFINING = re.compile(r"^(?:所谓)?[“\"]?([^，。；：\s“”\"]{2,12}?)[”\"]?\s*(?:是指|指的是|，?即指)")
# 优点有两条：, 四大因素（见图 1）是：, 分为五步：
# 技术型公司的优点有两条：
_COUNTED = re.compile(
    r"^(?P<who>[^，。；：（(]{3,28}?(?<![的这那每第前后其之]))(?P<count>[两二三四五六七八九十]+)(?P<of>[大个类种项条点步方]{1,2}[^，。；：（(]{0,8}?)"
    r"(?:[（(][^（）()]*[）)])?[：:]"
)
# 推动转型的四大因素（见图 1）是：
_ARE = re.compile(
    r"^(?P<who>[^，。；：（(]{2,22}?[两二三四五六七八九十][大个类种项条点]?[^，。；：（(]{2,8})(?:[（(][^（）()]*[）)])?(?:是|为|如下)[：:]"
)
_VALUED = re.compile(
    r"^(?P<what>.*?)(?:已经|已|大?约|共|合计)?(?P<is>(?<![概称作认分视记列成改设升降减增])为|是|达到|达|有|占|)\s*$"
)
_FOUNDED = re.compile(r"(?:^|[：。])(?P<who>[^，。；：（(]{2,16}?(?:成立|创立|创建|创办|上市)于)\s*(?:19|20)\d\d\s*年")
_SEAT = re.compile(r"(?:^|[：。])(?P<who>[^，。；：（(]{2,12}?的总部)(?:设?在|位于)")
_REST = re.compile(r"[^，。；：、（()\d\s]{2,8}?(?=[，。；：、（(和与及]|$)")
_STARTED = re.compile(r"^[^，。；：]{1,10}：|^\d+[.、]\s*")
# what may stand before the clause that is asked for: a label, a time; after more than that it has lost its subject
_FIRST = re.compile(r"(?:[^，。；：]{1,10}：)?(?:(?:截至|到|至|在)?\s*(?:19|20)\d\d\s*年[^，。；：]{0,8}，)?\s*")
_IN_TURN = re.compile(r"依次|分别")
_STARTS_QUALIFIED = re.compile(r"[超近约]|高达|接近|将近|大约|不足")


def of_section(section: Section) -> Iterator[Suggested]:
    """What the heading promises, and the lists beneath it."""
    heading = bare(section.path[-1]) if section.path else ""
    document, text = section.document, section.document.text
    defined = _DEFINED.match(heading)
    if defined and fits(name := defined[1] or defined[2]):
        yield Suggested(f"什么是{name}？", Kind.DEFINITION, document.id, section.span)
    elif fits(heading, least=4) and not _ASKING.search(heading) and not _COUNT_FIRST.match(heading):
        if _LISTED.search(heading):
            yield Suggested(f"{heading}有哪些？", Kind.LIST, document.id, section.span)
        elif "的" in heading and _WHAT.search(heading):
            yield Suggested(f"{heading}是什么？", Kind.DEFINITION, document.id, section.span)
    for block in section.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield from _of_lead(block.span.of(text), Span(block.span.start, section.span.end), document.id)


def of_unit(unit: Unit, number: int, figures: Inventory) -> Iterator[Suggested]:
    """What a sentence defines, and the figure it ends in."""
    if unit.kind not in (UnitKind.STATEMENT, UnitKind.ITEM, UnitKind.FIELD):
        return
    defining = _DEFINING.match(unit.text)
    if defining and fits(defining[1]):
        yield Suggested(f"什么是{defining[1]}？", Kind.DEFINITION, unit.document.id, unit.span)
    for shape, ending in ((_FOUNDED, "哪一年？"), (_SEAT, "在哪里？")):
        found = shape.search(unit.text)
        if found and fits(found["who"]):
            yield Suggested(found["who"] + ending, Kind.DEFINITION, unit.document.id, unit.span)
    for figure in figures.of(number):
        yield from _of_figure(figure, unit)


def _of_lead(text: str, span: Span, document: str) -> Iterator[Suggested]:
    """The line before a list, which says how many there are of what."""
    lead = text[text.rfind("。", 0, len(text) - 1) + 1 :]
    counted = _COUNTED.match(lead)
    if counted and fits(counted["who"], least=3, most=28) and not _ASKING.search(lead):
        yield Suggested(f"{counted['who']}哪{counted['count']}{counted['of']}？", Kind.LIST, document, span)
        return
    listed = _ARE.match(lead)
    if listed and fits(listed["who"], least=6, most=26):
        yield Suggested(f"{listed['who']}是什么？", Kind.LIST, document, span)


def _of_figure(figure: Stated, unit: Unit) -> Iterator[Suggested]:
    """平台的用户有 11.5万名 → 平台的用户有多少名？"""
    text, at = unit.document.text, figure.number.span
    if figure.change or figure.number.kind not in _ASKED or figure.measure.start >= at.start:
        return
    counted = figure.printed[:1] in "一两二三四五六七八九十"  # of_section asks which they are
    if counted or not _FIRST.fullmatch(text[unit.span.start : figure.measure.start]):
        return
    valued = _VALUED.match(_STARTED.sub("", text[figure.measure.start : at.start]))
    assert valued
    what, verb = valued["what"].strip(), valued["is"]
    rest = _REST.match(text[at.end : unit.span.end].lstrip())
    ends = at.end >= unit.span.end or text[at.end] in "，。；、（("
    if not fits(what, least=4 if verb else 6, most=30) or _ASKING.search(what) or _IN_TURN.search(what):
        return
    much = _how_much(verb, figure, bool(_STARTS_QUALIFIED.match(figure.printed)))
    if ends and much:
        yield Suggested(f"{what}{much}？", Kind.FIGURE, unit.document.id, at)
    elif rest and verb == "有" and figure.number.kind is NumberKind.COUNT:
        yield Suggested(f"{what}有多少{figure.number.unit}{rest[0]}？", Kind.FIGURE, unit.document.id, at)


_ASKED = (NumberKind.COUNT, NumberKind.MONEY, NumberKind.SHARE, NumberKind.DURATION)


def _how_much(verb: str, figure: Stated, qualified: bool) -> str:
    """Empty where a figure follows its noun with neither a verb nor a word such as 近 between them."""
    count = figure.number.kind is NumberKind.COUNT and figure.number.unit
    if not verb and not qualified:
        return ""
    if verb == "占":
        return "占多少"
    return f"有多少{figure.number.unit}" if count and verb in ("有", "") else "是多少"

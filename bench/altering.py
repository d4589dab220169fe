"""How is a true sentence made false by one change: a figure, a unit, a year, a name, a direction?"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from index.chinese.fold import fold

__all__ = ["Altered", "Kind", "altered"]


class Kind(StrEnum):
    """What was changed."""

    DIGIT = "digit"
    MAGNITUDE = "magnitude"
    POINT = "decimal point"
    SWAPPED = "two figures exchanged"
    UNIT = "unit"
    YEAR = "year"
    NAME = "name"
    DIRECTION = "direction"
    DENIAL = "denial"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence with one thing in it changed."""

    kind: Kind
    text: str
    was: str
    became: str


_FIGURE = re.compile(r"(?<![\d.\[A-Za-z第-])\d[\d,]*(?:\.\d+)?(?![\d\]])(?!\s*(?:年|月|日|号|财年)|[-/]\d)")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?=\s*(?:年|财年|Q|$|[^\d.,万亿%个人家]))")
_UNITS = (
    ("万亿", "亿"), ("亿", "万"), ("万", "亿"), ("百万", "亿"), ("千万", "百万"),
)  # fmt: skip
_EXCHANGED = {
    **{"%": ("个百分点", "倍"), "个百分点": ("%",), "倍": ("%",), "小时": ("分钟", "天"), "分钟": ("小时", "秒")},
    **{"个月": ("年", "周"), "天": ("小时", "个月"), "元": ("美元", "港元"), "美元": ("元",), "人次": ("人",)},
    **{"人": ("家", "人次"), "家": ("人", "亿元"), "名": ("家",), "位": ("家",), "项": ("人", "%"), "种": ("家", "人")},
    **{"篇": ("人",), "次": ("小时", "人"), "场": ("人", "小时"), "个": ("%", "万元"), "条": ("人",)},
}
_COUNTED = re.compile(
    r"(?<=\d)\s*(?:[万亿]|百万|千万)?\s*(个百分点|小时|分钟|个月|美元|人次|%|元|人|家|名|位|倍|天|项|种|篇|次|场|个|条)"
    r"(?![\u3400-\u9fff]?(?:月|点)|使轮)"
)
_TURNED = tuple(
    tuple(pair.split("|"))
    for line in (
        "增长|下降 增加|减少 上升|下降 提高|降低 提升|下降 上涨|下跌 升至|降至 增至|减至 扩大|缩小",
        "加快|放缓 超过|不足 高于|低于 多于|少于 大于|小于 最高|最低 最多|最少 最大|最小 最快|最慢",
        "领先|落后 优于|不如 盈利|亏损 大多数|少数 多数|少数 绝大多数|极少数 支持|反对 同意|拒绝 允许|禁止",
        "鼓励|限制 线上|线下 主动|被动 满意|不满 首次|再次 净利润|净亏损 上半年|下半年 之前|之后 以上|以下",
        "不超过|超过 不低于|低于 至少|至多 收购|出售 推出|停止 上线|下线 优势|劣势 国内|海外 直接|间接",
        "经常|很少 更高|更低 更多|更少 更大|更小 近|超 逾|近 积极|消极 乐观|悲观 成功|失败",
        "开通|关闭 必须|不必 全部|部分 免费|收费 核心|边缘 重要|次要 扩张|收缩 入选|落选 领投|跟投",
        "",
    )
    for pair in line.split()
)
_VERB = re.compile(
    r"(?<![不没未无])(?:可以|能够|需要|认为|表示愿意|愿意|具有|拥有|覆盖|包括|包含|属于|实现|完成|参与|使用|支持|开展|提供|成为|接受|进入)"
)
_RANKS = re.compile(
    r"第\s*([一二三四五六七八九\d])(?=\s*[名位大])|(?:排名?|位居|位列|列)第([一二三四五\d])|(?<=TOP)\s?([1-9])(?!\d)"
)


def altered(text: str, names: Sequence[str], others: Sequence[str], dice: random.Random) -> Iterator[Altered]:
    """One alteration of each kind that the sentence allows; `others` are names that may take the place of one of `names`."""
    for kind, change in _CHANGES.items():
        found = list(change(text, dice))
        if found:
            start, end, became = dice.choice(found)
            yield Altered(kind, text[:start] + became + text[end:], text[start:end], became)
    places = [(hit.start(), hit.end(), name) for name in names for hit in re.finditer(re.escape(name), text)]
    wrong = [other for other in others if not any(other in name or name in other for name in names) and other not in text]
    if places and wrong:
        start, end, name = dice.choice(places)
        other = dice.choice(wrong)
        yield Altered(Kind.NAME, text[:start] + other + text[end:], name, other)


Change = tuple[int, int, str]


def _digit(text: str, dice: random.Random) -> Iterator[Change]:
    for hit in _FIGURE.finditer(text):
        places = [n for n in range(hit.start(), hit.end()) if text[n].isdigit()]
        at = dice.choice(places)
        now = dice.choice([d for d in "123456789" if d != fold(text[at])])
        yield at, at + 1, now


def _magnitude(text: str, _: random.Random) -> Iterator[Change]:
    for was, now in _UNITS:
        for hit in re.finditer(rf"(?<=\d)\s*{was}(?![亿万])", text):
            yield hit.end() - len(was), hit.end(), now


def _point(text: str, dice: random.Random) -> Iterator[Change]:
    for hit in _FIGURE.finditer(text):
        digits = hit.group().replace(",", "")
        if "." in digits:
            whole, _, rest = digits.partition(".")
            yield hit.start(), hit.end(), f"{whole}{rest[0]}.{rest[1:]}".rstrip(".").lstrip("0") or "1"
        elif len(digits) > 1:
            yield hit.start(), hit.end(), f"{digits[:-1]}.{digits[-1]}" if dice.random() < 0.5 else f"{digits}0"


def _swapped(text: str, _: random.Random) -> Iterator[Change]:
    hits = list(_FIGURE.finditer(text))
    for one, other in pairwise(hits):
        behind = [_COUNTED.match(text, hit.end()) for hit in (one, other)]
        alike = behind[0] and behind[1] and behind[0].group() == behind[1].group()
        if alike and one.group() != other.group() and not re.search(r"[-~—至]", text[one.end() : other.start()][-3:]):
            yield one.start(), other.end(), f"{other.group()}{text[one.end() : other.start()]}{one.group()}"


def _unit(text: str, dice: random.Random) -> Iterator[Change]:
    for hit in _COUNTED.finditer(text):
        yield hit.start(1), hit.end(1), dice.choice(_EXCHANGED[hit[1]])


def _year(text: str, dice: random.Random) -> Iterator[Change]:
    for hit in _YEAR.finditer(text):
        yield hit.start(), hit.end(), str(int(hit.group()) + dice.choice((-2, -1, 1, 2)))


def _direction(text: str, _: random.Random) -> Iterator[Change]:
    for one, other in _TURNED:
        for was, now in ((one, other), (other, one)):
            if len(was) == 1:
                found = re.finditer(rf"{was}(?=\d)", text)
            else:
                found = re.finditer(rf"(?<![不未没大小]){re.escape(was)}(?![的]?(?:率|额))", text)
            yield from ((hit.start(), hit.end(), now) for hit in found)


def _denial(text: str, _: random.Random) -> Iterator[Change]:
    for hit in _VERB.finditer(text):
        yield (
            hit.start(),
            hit.start(),
            "没有" if hit.group() in ("完成", "参与", "使用", "开展", "提供", "实现", "进入") else "不",
        )
    for hit in re.finditer(r"没有|尚未|并未|不会|未能|无法|不(?=能|是|再|属于|愿|允许|需要)", text):
        yield hit.start(), hit.end(), ""


def _rank(text: str, dice: random.Random) -> Iterator[Change]:
    for hit in _RANKS.finditer(text):
        group = next(n for n in (1, 2, 3) if hit[n])
        said = fold(hit[group])
        digits = "12345" if said.isascii() else "一二三四五"
        yield hit.start(group), hit.end(group), dice.choice([digit for digit in digits if digit != said])


_CHANGES: dict[Kind, Callable[[str, random.Random], Iterator[Change]]] = {
    Kind.DIGIT: _digit,
    Kind.MAGNITUDE: _magnitude,
    Kind.POINT: _point,
    Kind.SWAPPED: _swapped,
    Kind.UNIT: _unit,
    Kind.YEAR: _year,
    Kind.DIRECTION: _direction,
    Kind.DENIAL: _denial,
    Kind.RANK: _rank,
}

"""What does a question want done with a table: a limit kept, the first few, all in order, numbers reckoned together?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.chinese.fold import fold
from index.chinese.numbers import chinese_integer
from rag.content import content
from rag.evidence.tables.bounds import Bound, bound_in
from rag.question import Question


class Reckoning(StrEnum):
    """How two numbers or more become one."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Request:
    """A question as a table hears it: `about` is the rest, whose words must be the table's own."""

    question: Question
    about: str
    terms: tuple[str, ...]  # the content words of the rest
    things: tuple[str, ...]  # those that are nouns or names
    top: int = 0  # the first so many, from the greatest; negative from the least
    order: int = 0  # all rows: 1 from the greatest, -1 from the least
    place: bool = False  # which place one row has among the others
    last: bool = False  # counted from the end: 倒数第二
    bound: Bound | None = None
    counts: bool = False  # how many rows, not which
    reckoning: Reckoning | None = None
    worded: bool = False  # the reckoning is asked for by name, not only a comparison
    growth: bool = False  # as a share of what it was
    rising: int = 0  # 1 the question says that it rose, -1 that it fell

    @property
    def plain(self) -> bool:
        """Whether nothing is to be done: the cells themselves are asked for."""
        return not (self.top or self.order or self.place or self.bound or self.reckoning)


_N = r"(?P<n>[二两三四五六七八九十]|[1-9]\d?)"
_MANY = r"(?P<many>[二两三四五六七八九十]|[1-9]\d?)"
_OF = r"(?:个|名|位|项|类|家|种|款|大)"
_TOP = re.compile(
    rf"(?:排名|排行|排在|排|位列|位居)?前\s*{_N}(?!\d|个?季|个?月|年|天|期)\s*(?:{_OF}|甲|强|的)?"
    rf"|top\s*(?P<latin>[1-9]\d?)(?!\d)|最[^，。？?的]{{1,6}}的?{_MANY}{_OF}"
)
_BOTTOM = re.compile(rf"(?:排名|排在|排)?(?:后|倒数(?:前)?|末)\s*{_N}\s*{_OF}|最[低少小末后差短]的?{_MANY}{_OF}")
_ORDER = re.compile(
    r"(?:按|依)?.{0,3}从[高多大]到[低少小]|由[高多大][到至而]?[低少小]|从[低少小]到[高多大]|由[低少小][到至而]?[高多大]"
    r"|的?(?:排序|排行榜?|排个[名序]|排名)(?:情况|如何|是怎样的?|怎么样|是什么样的?)?(?=[？?。]?$)|依次排列"
)
_RISING_ORDER = re.compile(r"[从由][低少小][到至而]?[高多大]")
_PLACE = re.compile(r"(?:排名?|排在|位列|名列|位居|列)?第几(?:名|位)?|排(?:名)?(?:在)?(?:第)?(?:几|多少)(?:名|位)?")
_EACH = re.compile(r"分别|各[自有占是]|哪|谁|什么|列")
_LAST = re.compile(r"倒数第")
_COUNTS = re.compile(r"(?:共|一共)?有?(?:几|多少)(?:个|家|种|类|项|款|所|名|位|年|座)")
_ANY = re.compile(r"哪|几[个家种类项款所年]|多少[个家种类项款]|有什么|有没有|谁|列出|列举|都有|(?:的|是|有)[？?。]?$|[？?]$")
_MOVED = r"(?:增长|增加|增多|上升|提高|提升|扩大|上涨|增|涨|升|下降|减少|缩短|降低|下滑|缩小|减|降|跌|变化|延长)"
_DIFFERENCE = re.compile(
    r"相差(?:了)?(?:多少|几|多大|多远)?|差(?:了|出)?(?:多少|几|多大)(?:个|家|名|项)?|差距(?:有|是)?(?:多大|多少)?|差[值额]"
    r"|(?<!更)(?:[多少高低大小长短贵]|高出|多出|低出)(?:了|出)?(?:多少|几)(?!的)"
    rf"|{_MOVED}(?:了|到)?(?:多少|几|多大)(?:个?百分点)?|{_MOVED}幅度"
)
_RATE = r"(?:增长|下降|上升)率|[增涨降]幅|增速"
_GROWN = re.compile(rf"{_MOVED}(?:了)?(?:百分之几|百分之多少|几成|几[%％])|(?:{_RATE})(?:是|为|有)?(?:多少|多大|几)?")
_GROWTH = re.compile(rf"{_MOVED}(?:了)?(?:百分之[几多]|几成|多少|几[%％])|{_RATE}|百分之几|百分之多少")
_RATIO = re.compile(r"(?:几|多少)倍|倍数")
_SUM = re.compile(r"合计|合起来|加起来|加在一起|加总|相加|总和|之和|总计|总共|一共|共计|共有?(?=多少|几)|总数|总额")
_MEAN = re.compile(r"平均(?:值|数)?(?:下来)?(?=是|为|有|多少|几|[？?]|$)|均值|平均每年")
_SPOKEN = re.compile(r"(?<=[科家种类个者年])[里中]|[用做看]得|最(?=[\u3400-\u9fff])|大小")  # what a tagger takes for nouns
_FALLING = re.compile(r"下降|减少|缩短|降低|下滑|缩小|减|降|跌|少了|低了")
_RISING = re.compile(r"增|上升|提高|提升|扩大|上涨|涨|延长|多了|高了")
_RANKED = re.compile(r"倒数|第(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:名|位|多|高|大|低|少)?(?!个|轮|批|期|次)")
_WORKED = (_TOP, _BOTTOM, _ORDER, _PLACE, _DIFFERENCE, _GROWN, _RATIO, _SUM, _MEAN, _COUNTS, _SPOKEN, _RANKED)


def request_of(question: Question) -> Request:
    """What the question wants done, and what is left of it then."""
    text = fold(question.text)
    bound, spent = bound_in(text) if _ANY.search(text) else (None, "")
    top, order = 0 if question.numeric and not _EACH.search(text) else _first_few(text), 0  # TOP10 企业的占比 names a row
    if not top and (found := _ORDER.search(text)):
        order = -1 if _RISING_ORDER.search(found[0]) else 1
    reckoning = _reckoning(text)
    compared = Reckoning.DIFFERENCE if question.compares else None
    about = text.replace(spent, " ") if spent else text
    for pattern in _WORKED:
        about = pattern.sub(" ", about)
    terms, names, things = content(about)
    return Request(
        question,
        about,
        terms,
        tuple(dict.fromkeys((*names, *things))),
        top=top,
        order=order,
        place=bool(_PLACE.search(text)),
        last=bool(_LAST.search(text)),
        bound=bound,
        counts=bool(_COUNTS.search(text)),
        reckoning=reckoning or compared,
        worded=reckoning is not None,
        growth=bool(_GROWTH.search(text)),
        rising=-1 if _FALLING.search(text) else 1 if _RISING.search(text) else 0,
    )


def _first_few(text: str) -> int:
    for pattern, sign in ((_BOTTOM, -1), (_TOP, 1)):
        if found := pattern.search(text):
            digits = next(filter(None, found.groupdict().values()), "")
            few = int(digits) if digits.isdigit() else int(chinese_integer(digits))
            return sign * few if few > 1 else 0
    return 0


def _reckoning(text: str) -> Reckoning | None:
    if _RATIO.search(text):
        return Reckoning.RATIO
    if _DIFFERENCE.search(text) or _GROWN.search(text):
        return Reckoning.DIFFERENCE
    if _MEAN.search(text):
        return Reckoning.MEAN
    return Reckoning.SUM if _SUM.search(text) else None

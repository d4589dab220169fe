"""Whose figure is it? Organisations learned from the library, and which of them a text speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from index.chinese.fold import fold
from index.chinese.words import is_word, learn, words
from rag.lexicon import same

_OFTEN = 5  # times a name stands in the library before it is taken for one
_DOES = (
    r"(?:成立|创立|创办|创建|宣布|是一家|拥有|获得|完成|推出|打造|上线|表示|上市|搭建|建立|已成功|启动"
    r"|总部|的融资|的核心产品|的商业模式|董事长|创始人|首席)"
)
_NAMED = re.compile(
    r"(?:^|[，。；：、“”（）\s\d.])([\u3400-\u9fff]{2,6}?)(?:已经|已于|现已|已|便|还|也|于|在|的)?(?:\s*\d{4}\s*年[^，。]{0,8})?"
    + _DOES,
    re.MULTILINE,
)
_TRADE = re.compile(r"(?:科技|健康|医学|医药|药业|生物|软件|集团|公司|资本)$")
_NO_START = ("v", "p", "m", "u", "d", "r", "t", "c", "a", "f")
_NO_END = ("v", "p", "u", "d", "c", "f", "m")


class Owners:
    """Names that do what organisations do (found, announce, list …) and that no dictionary knows."""

    def __init__(self, texts: Iterable[str]) -> None:
        folded = [fold(text) for text in texts]
        found = Counter(match[1] for text in folded for match in _NAMED.finditer(text))
        self.names = tuple(
            sorted(name for name in found if sum(text.count(name) for text in folded) >= _OFTEN and _is_name(name))
        )
        learn((*self.names, *filter(None, map(_short, self.names))))

    def spoken_of(self, text: str) -> frozenset[str]:
        """The names that stand in the folded text, whole or by their first two characters."""
        return frozenset(
            name for name in self.names if name[:2] in text and (name in text or not is_word(name[:2]) or len(name) > 3)
        )

    def owning(self, reading: str, context: str) -> frozenset[str]:
        """Whose the words are: whom they name themselves, else whom their headings and title name."""
        return self._whole(reading) or self._whole(context)

    def _whole(self, text: str) -> frozenset[str]:
        return frozenset(name for name in self.names if name in text)


def _short(name: str) -> str:
    """医百科技 → 医百: what is left without the word for its trade, where that is no word of its own."""
    short = _TRADE.sub("", name)
    return short if short != name and len(short) > 1 and not is_word(short) else ""


def _is_name(name: str) -> bool:
    if is_word(name) or len(same(name)) > 1:
        return False
    tagged = words(name)
    return not tagged[0][1].startswith(_NO_START) and not (len(tagged) > 1 and tagged[-1][1].startswith(_NO_END))

"""Names by their form alone: two characters that no dictionary joins, before what an organisation does or before 市."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from index.chinese.words import is_word, stop_words, words
from rag.names.trade import TRADES, is_name

__all__ = ["formed", "named_by_form"]

_BEFORE_TRADE = re.compile(rf"(?=([\u3400-\u9fff]{{2}})({TRADES}))")
_TRADES = re.compile(rf"(?:互联网|{TRADES})+")
_GRAMMAR = ("p", "u", "c", "r", "m", "f")
_NO_NAME = ("v", "d", "a", "t", *_GRAMMAR)
_PLACE = re.compile("[\u3400-\u9fff]{2}[省市县区镇乡]")
_OWN = 2  # characters that are a name's own


def formed(text: str) -> Iterator[tuple[int, str, str]]:
    """Where in the folded text such an organisation may stand, the name's own characters, and the name with its trade."""
    for hit in _BEFORE_TRADE.finditer(text):
        own = not is_word(hit[1]) and not stop_words() & set(hit[1])
        if own and is_name(hit[1] + hit[2]):
            yield hit.start(), hit[1], hit[1] + hit[2]


def named_by_form(question: str) -> Mapping[str, str]:
    """The own characters of each organisation and place that a folded question names, with the name as it is said there."""
    cut = words(question)
    tags = dict(zip(accumulate((len(word) for word, _ in cut), initial=0), (tag for _, tag in cut), strict=False))
    found = {
        own: own + (trades[0] if (trades := _TRADES.match(question, place + _OWN)) else "")
        for place, own, _ in formed(question)
        if not tags.get(place, "v").startswith(_NO_NAME) and _sounds(own)
    }
    for (word, tag), (behind, _) in pairwise((*cut, ("", ""))):
        name = word if len(word) > _OWN else word + behind  # 松坪|市, not 松坪|市场
        if not tag.startswith(_NO_NAME) and _PLACE.fullmatch(name) and not is_word(word) and not is_word(name[:_OWN]):
            found[name[:_OWN]] = name
    return found


def _sounds(own: str) -> bool:
    """Whether its second character is none of grammar: 人用互联网 is cut as if 人用 were a name."""
    return not words(own[1])[0][1].startswith(_GRAMMAR)

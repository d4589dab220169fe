"""Which statements carry a sentence? Its passage may carry it where the statement that is marked does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.chinese.fold import fold
from rag.composers.sheet import Sheet
from rag.composers.shown import MARKER

__all__ = ["pointed"]

_FIGURE = re.compile(r"\d[\d.]*(?<!\.)")
_SIGNS = re.compile(r"(?<=\])[^\w\[\]]*\Z")
_BETTER = 2.0  # times as much of a sentence another statement must say to be marked, too


def pointed(sentence: str, evidence: Sheet) -> str:
    """The sentence with markers of those statements that say it, within the passages it cites already."""
    marked = [n for n in dict.fromkeys(map(int, MARKER.findall(sentence))) if 0 < n <= len(evidence.citations)]
    if not marked:
        return sentence
    said = _plain(MARKER.sub("", sentence))
    pairs, figures = _pairs(said), tuple(dict.fromkeys(_FIGURE.findall(said)))
    within = {id(evidence.citations[n - 1].passage) for n in marked}
    texts = {
        one.n: _plain(text) for one, text in zip(evidence.citations, evidence.said, strict=True) if id(one.passage) in within
    }
    alike = {n: len(pairs & _pairs(text)) for n, text in texts.items()}
    more = _more(figures, marked, texts, alike)
    if not more:
        return sentence
    best = max(alike[n] for n in more)
    idle = {n for n in marked if alike[n] * _BETTER <= best and not any(_holds(texts[n], figure) for figure in figures)}
    left = MARKER.sub(lambda found: "" if int(found[1]) in idle else found[0], sentence)
    # behind the last marker where only signs follow it, else at the end: what it is for stands between
    signs = _SIGNS.search(sentence)
    place = len(left) - len(signs[0]) if signs else len(left.rstrip())
    return f"{left[:place]}{''.join(f'[{n}]' for n in more)}{left[place:]}"


def _more(figures: Sequence[str], marked: Sequence[int], texts: Mapping[int, str], alike: Mapping[int, int]) -> list[int]:
    """What is to be marked, too: for each figure that no marked statement holds the likeliest that does, one for the words."""
    more: list[int] = []
    for figure in figures:
        if not any(_holds(texts[n], figure) for n in (*marked, *more)):
            holding = [n for n, text in texts.items() if _holds(text, figure)]
            more += [max(holding, key=lambda n: alike[n])] if holding else []
    best = max(alike, key=lambda n: alike[n])
    if alike[best] >= _BETTER * max(1, *(alike[n] for n in (*marked, *more))):
        more.append(best)
    return more


def _holds(text: str, figure: str) -> bool:
    return bool(re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", text))


def _plain(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})|[\s*]", "", fold(text))


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"\W|\d", "", text)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}

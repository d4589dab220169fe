"""How good is one ranking, one reply, one set of citations: the measures, each from 0 to 1 and better when greater."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from index.chinese.numbers import Number, NumberKind, numbers
from rag.evaluate import _plain, _stands  # the very rule by which `yanda eval` finds an answer in a reply

__all__ = ["SHORT", "Needs", "covered", "figures_right", "found", "ndcg", "overlap", "recall", "shown"]

SHORT = 120  # characters that are read at a glance

Needs = frozenset[str]  # what one ranked text brings of what a question needs

_MARKUP = re.compile(r"(?<!\\)\[\d+\]|\*\*|^- ", re.MULTILINE)
_SIGNS = re.compile(r"(?<!\d)[^\w%‰+]|[^\w%‰+](?!\d)")  # those between digits tell figures apart
_ESCAPED = re.compile(r"\\([*_`\[\]<>|\\])")


def recall(ranked: Sequence[Needs], wanted: Needs, k: int) -> float:
    """The share of what is wanted that the first k bring."""
    return len(frozenset().union(*ranked[:k]) & wanted) / len(wanted)


def ndcg(ranked: Sequence[Needs], there: Iterable[Needs], k: int = 10) -> float:
    """Normalised discounted cumulative gain, where a text gains what none before it brought; `there` is all that could rank."""
    ideal: list[Needs] = []
    left = list(there)
    while left and len(ideal) < k:
        had = frozenset().union(*ideal)
        best = max(left, key=lambda needs: len(needs - had))
        left.remove(best)
        ideal.append(best)
    best_gain = _gain(ideal)
    # the greedy order is all but always the best one (Järvelin and Kekäläinen 2002; Clarke et al. 2008 for the novelty)
    return min(1.0, _gain(ranked[:k]) / best_gain) if best_gain else 0.0


def shown(reply: str) -> str:
    """What a reader sees of a reply in Markdown: without markers, bold, bullets and escapes."""
    return _ESCAPED.sub(r"\1", _MARKUP.sub("", reply))


def found(wanted: Iterable[Sequence[str]], reply: str, most: int | None = None) -> bool:
    """Whether the reply, or its first `most` characters, holds an alternative of each group, punctuation apart."""
    bare = _bare(reply[:most])
    return all(any(_stands(_bare(other), bare) for other in group) for group in wanted)


def covered(wanted: Iterable[Sequence[str]], reply: str, most: int | None = None) -> float:
    """The share of the pairs of characters of the answer that stand in the reply: for answers in words of their own."""
    there = set(pairwise(_plain(reply[:most])))
    shares = []
    for group in wanted:
        pairs = [set(pairwise(_plain(other))) or {(_plain(other), "")} for other in group]
        shares.append(max((len(one & there) / len(one) for one in pairs), default=0.0))
    return sum(shares) / len(shares) if shares else 0.0


def figures_right(wanted: Iterable[Sequence[str]], reply: str) -> bool | None:
    """Whether each figure that is wanted stands in the reply, in any writing; None where no figure is wanted."""
    expected = [known for group in wanted if (known := [figure for one in group if (figure := _only_figure(one))])]
    if not expected:
        return None
    said = list(numbers(reply))
    return all(any(_same(one, other) for one in group for other in said) for group in expected)


def overlap(cited: Set[int], evidence: Set[int]) -> tuple[float, float]:
    """Precision and recall of the cited characters against those that carry the answer; neither may be empty."""
    both = len(cited & evidence)
    return both / len(cited), both / len(evidence)


@lru_cache(maxsize=4096)  # the same passages are read for every question
def _bare(text: str) -> str:
    """As the evaluation of CMRC reads texts: two writings of a list are the same answer."""
    return _SIGNS.sub("", _plain(text))


def _gain(ranked: Sequence[Needs]) -> float:
    had: Needs = frozenset()
    total = 0.0
    for place, needs in enumerate(ranked):
        total += len(needs - had) / math.log2(place + 2)
        had |= needs
    return total


def _only_figure(text: str) -> Number | None:
    """The figure that the text is, dates apart; None for a text that says more."""
    there = list(numbers(text))
    if len(there) != 1 or there[0].kind is NumberKind.DATE:
        return None
    return there[0] if 2 * len(there[0].span.of(text)) >= len(text) else None


def _same(expected: Number, said: Number) -> bool:
    if (expected.kind is NumberKind.SHARE) != (said.kind is NumberKind.SHARE) and expected.kind is not NumberKind.PLAIN:
        return False
    ends = expected.high is None or said.high is None or math.isclose(expected.high, said.high)
    return ends and math.isclose(expected.value, said.value)

"""Which words mean the same to somebody who asks and somebody who writes a report."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

__all__ = ["same"]


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    lines = files("rag").joinpath("data/synonyms.txt").read_text(encoding="utf-8").splitlines()
    groups: dict[str, frozenset[str]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        members = frozenset(line.split())
        for word in members:
            groups[word] = groups.get(word, frozenset()) | members
    return groups


def same(word: str) -> frozenset[str]:
    """The folded word itself and all that `data/synonyms.txt` holds to mean the same."""
    return _groups().get(word, frozenset()) | {word}

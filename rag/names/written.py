"""What `names.txt` says: which names are one (A = B = C), and which are not (A ≠ B)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.chinese.fold import fold

__all__ = ["Written", "parse"]

_EQUAL, _UNEQUAL = re.compile(r"\s*[=＝]\s*"), re.compile(r"\s*(?:≠|!=|！＝)\s*")
_REMARK = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Written:
    """Groups of names as they are written, pairs that are not one thing (folded), and lines that say neither."""

    groups: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    troubles: tuple[str, ...] = ()


def parse(lines: Iterable[str]) -> Written:
    """The lines of the file, remarks and empty ones left out before."""
    groups: list[tuple[str, ...]] = []
    apart: set[frozenset[str]] = set()
    troubles: list[str] = []
    for line in lines:
        bare = _REMARK.sub("", line).strip()
        unequal = _UNEQUAL.split(bare)
        names = unequal if len(unequal) > 1 else _EQUAL.split(bare)
        if len(names) < 2 or not all(names) or (len(unequal) > 1 and _EQUAL.search(bare.replace("!=", ""))):
            troubles.append(line)
        elif len(unequal) > 1:
            folded = [fold(name) for name in names]
            apart |= {frozenset((one, other)) for one in folded for other in folded if one != other}
        else:
            groups.append(tuple(names))
    return Written(tuple(groups), frozenset(apart), tuple(troubles))

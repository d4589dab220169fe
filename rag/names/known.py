"""Which names and terms does the library use: organisations, headings, labels of rows, its longer words?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.words import is_word, words
from index.types import BlockKind, Document
from rag.lexicon import same
from rag.names.formed import formed
from rag.names.trade import heading_name, is_name

__all__ = ["organisations", "terms"]

_QUOTED = re.compile(r"[“「]([\u3400-\u9fff]{3,8})[”」]")
_OFTEN = 2  # times a name found by its form alone must stand there
_LOOKED, _BEFORE = 5, 6  # places looked at, and characters before them
_OFTEN_SHORT = 5  # the same for one of two characters
_HAN = re.compile(r"[\u3400-\u9fff]{3,10}")


def organisations(documents: Iterable[Document], owners: Sequence[str], often: Callable[[str], int]) -> tuple[str, ...]:
    """Folded names of organisations and products, learned from what they do, where they stand and how they are formed."""
    found = dict.fromkeys(owners)
    for document in documents:
        text = fold(document.text)
        found.update(dict.fromkeys(name for name in _formed(text) if often(name) >= _OFTEN))
        named = filter(None, map(heading_name, map(fold, (document.meta.title, *_labels(document)))))
        quoted = (name for name in dict.fromkeys(_QUOTED.findall(text)) if _coined(name) and often(name) > _OFTEN)
        found.update(dict.fromkeys((*named, *quoted)))
    return tuple(name for name in found if len(same(name)) == 1 and (len(name) > 2 or often(name) >= _OFTEN_SHORT))


def terms(documents: Iterable[Document], vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Folded terms of three characters or more: labels of rows, and words that a dictionary knows, too."""
    labels = {fold(label).strip() for document in documents for label in _labels(document)}
    long = (word for word in vocabulary if len(word) > 2 and is_word(word))
    return tuple(sorted({term for term in (*labels, *long) if _HAN.fullmatch(term)}))


def _coined(name: str) -> bool:
    """Whether a word in quotes is one that no dictionary has: 数字健共体, not 下半场."""
    return is_name(name) or any(len(word) > 1 and not is_word(word) for word, _ in words(name))


def _formed(text: str) -> Iterator[str]:
    """霁川医药: two characters that are no word before what an organisation does, and not the end of something longer."""
    found: dict[str, list[int]] = {}
    for place, _, name in formed(text):
        found.setdefault(name, []).append(place)
    for name, places in found.items():
        looked = places[:_LOOKED]
        if 2 * sum(_begins(text, place, name) for place in looked) > len(looked):
            yield name


def _begins(text: str, at: int, name: str) -> bool:
    """Whether a word begins where the name does: not so in 互联网医疗."""
    before = re.split(r"[^\u3400-\u9fff]", text[max(at - _BEFORE, 0) : at])[-1]
    ends, length = set(), 0
    for word, _ in words(before + name):
        length += len(word)
        ends.add(length)
    return not before or len(before) in ends


def _labels(document: Document) -> Iterator[str]:
    """Its headings, and the first cell of each row of its tables."""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            yield block.span.of(document.text)
        if block.table:
            yield from (row[0].of(document.text) for row in block.table.rows if row)

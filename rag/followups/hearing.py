"""What does the library tell about the phrases of a follow-up: are they names, do they stand side by side?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import takewhile

from index.chinese.fold import fold
from index.chinese.words import is_word, words
from index.library import Library
from index.types import Block, UnitKind
from rag.followups.shape import coined, is_measure, is_role
from rag.matching import close_up
from rag.names.trade import brand

__all__ = ["Hearing"]

_FIGURES, _LISTED, _SAID = 0.9, 0.7, 0.2  # how sure two phrases are of a kind that stand in one sentence, or open two entries
_BEGINS = r"(?:^|[^\u3400-\u9fff]|[的中在为和与及是而里])"
_MEASURES = r"收入|营收|净?利润|毛利率|占比|比例|平均|人均|合计|总数|数量|医生|患者"
_FIGURE_NEAR = rf"(?:{_MEASURES}|[^\u3400-\u9fff\d。；;]|[的中为是仅只有达占约则也到近超逾率额数里]){{0,6}}\d"
_FIGURE_SOON = r"[^\d。，；;,、]{0,9}\d"
_BULLET = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]+[)）.、]?|[-•·*])\s*")


class Hearing:
    """The Ear of one library; read once, asked for each follow-up."""

    def __init__(self, library: Library, names: tuple[str, ...]) -> None:
        self._library = library
        self._labels = tuple(
            labels for document in library.documents.values() for labels in _labels(document.text, document.blocks)
        )
        self._names = _any_of((*names, *filter(_is_product, _products(library))))
        self._sentences = tuple(fold(unit.text) for unit in library.units if unit.kind is not UnitKind.ROW)
        self._entries = tuple(
            (_BULLET.sub("", fold(unit.text)), id(unit.passage))
            for unit in library.units
            if unit.kind in (UnitKind.ITEM, UnitKind.FIELD)
        )
        self._passages = tuple(fold(" ".join((p.document.meta.title, *p.section.path, p.text))) for p in library.passages)
        self.beside: Callable[[str, str], float] = lru_cache(maxsize=1024)(self._beside)

    def alike(self, one: str, other: str) -> float:
        """How near two phrases are in meaning: the cosine of their embeddings."""
        return float(self._library.embed(one) @ self._library.embed(other))

    def named(self, text: str) -> tuple[str, ...]:
        """The organisations and products named in the text, as they stand there, in order."""
        found = (text[hit.start() : hit.end()] for hit in self._names.finditer(fold(text)))
        return tuple(dict.fromkeys(found))

    def known(self, phrase: str) -> bool:
        """Whether the phrase stands somewhere in the library."""
        folded = fold(phrase)
        return any(folded in passage for passage in self._passages)

    def _beside(self, one: str, other: str) -> float:
        a, b = fold(one), fold(other)
        if not a or not b or a in b or b in a:
            return 0.0
        return max(self._in_tables(a, b), self._in_lists(a, b), self._in_sentences(a, b))

    def _in_tables(self, a: str, b: str) -> float:
        """How much of what tells two labels of one table apart the phrases are: all of it is 1."""
        best = 0.0
        for labels in self._labels:
            for one in (label for label in labels if a in label):
                for other in (label for label in labels if b in label and label != one):
                    best = max(best, _covers(a, one, other) * _covers(b, other, one))
        return best

    def _in_lists(self, a: str, b: str) -> float:
        """Whether two entries of one passage open with them."""
        opens = [{place for text, place in self._entries if text.startswith(phrase)} for phrase in (a, b)]
        return _LISTED if opens[0] & opens[1] else 0.0

    def _in_sentences(self, a: str, b: str) -> float:
        """Whether one sentence gives a figure of each."""
        best = 0.0
        for text in self._sentences:
            if a in text and b in text:
                for sure, near in ((_FIGURES, _FIGURE_NEAR), (_LISTED, _FIGURE_SOON)):
                    if all(re.search(_BEGINS + re.escape(phrase) + near, text) for phrase in (a, b)):
                        best = max(best, sure)
                best = max(best, _SAID)
        return best


def _covers(phrase: str, label: str, other: str) -> float:
    """The share of the label, without how both begin and end, that the phrase holds: 1 for 肿瘤科 beside 皮肤科."""
    start = _shared(label, other)
    end = _shared(label[start:][::-1], other[start:][::-1])
    own = label[start : len(label) - end]
    at = label.find(phrase)
    held = min(at + len(phrase), len(label) - end) - max(at, start)
    return max(0.0, held / len(own)) if own else 0.0


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _labels(text: str, blocks: tuple[Block, ...]) -> Iterator[frozenset[str]]:
    """The names of the rows, and those of the columns, of each table."""
    for table in (block.table for block in blocks if block.table):
        rows = [[_plain(fold(cell.of(text))) for cell in row] for row in table.rows]
        yield frozenset(row[0] for row in rows[table.header_rows :] if row and row[0])
        yield from (frozenset(filter(None, row)) for row in rows[: table.header_rows])


def _products(library: Library) -> Iterator[str]:
    """What the rows of tables are called, and what stands in brackets behind it: 诺时e学（诺时制药）."""
    for document in library.documents.values():
        for table in (block.table for block in document.blocks if block.table):
            for row in table.rows[table.header_rows :]:
                yield from re.split(r"[()/]", fold(row[0].of(document.text)).strip()) if row else ()


def _is_product(label: str) -> bool:
    return coined(label) or (1 < len(label) <= 6 and _is_name(label))


def _is_name(text: str) -> bool:
    return all(tag.startswith(("nr", "nt", "nz")) for _, tag in words(text))


def _plain(label: str) -> str:
    """A label without what is added in brackets, a base or a unit."""
    plain = re.sub(r"\([^)]*\)", "", close_up(label)).strip()
    return plain or label.strip()


def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, or what is a name's own where that is no word; the longest first."""
    every = {fold(name) for name in names if not is_measure(name) and not is_role(name)}
    every |= {own for own in map(brand, every) if not is_word(own) or _is_name(own)}
    every -= {name for name in every if re.fullmatch(r"[a-z0-9]{1,5}", name)}  # an abbreviation of anything
    found = sorted((name for name in every if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_whole, found)) or r"(?!)")


def _whole(name: str) -> str:
    latin = bool(re.match(r"[a-z0-9]", name))
    return rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if latin else re.escape(name)

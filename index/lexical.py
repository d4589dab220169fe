"""Which texts share the words of a question: BM25 over numbered texts, mapped from disk."""

from __future__ import annotations

import math
import os
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexCorrupt

_K1, _B = 1.2, 0.6  # passages are cut to like lengths, so length says less than Robertson's 0.75 would have it


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """For each term the texts it stands in, and how often; texts are numbered from 0 in the order given."""

    letters: NDArray[np.uint8]  # all terms in UTF-8, sorted, end to end
    term_ends: NDArray[np.int64]
    posting_ends: NDArray[np.int64]
    texts: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.lengths)

    def frequency(self, term: str) -> int:
        """In how many texts the term stands."""
        return len(self._postings(term)[0])

    def idf(self, term: str) -> float:
        """How much the term tells: above 0, greatest for one that stands nowhere."""
        frequency = self.frequency(term)
        return math.log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5))

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of every text, each different term counted once; 0 where no term stands."""
        found = np.zeros(len(self), np.float32)
        mean = max(float(self.lengths.mean()), 1.0) if len(self) else 1.0
        for term in set(terms):
            texts, counts = self._postings(term)
            if len(texts):
                longer = 1 - _B + _B * self.lengths[texts] / mean
                found[texts] += (self.idf(term) * counts * (_K1 + 1) / (counts + _K1 * longer)).astype(np.float32)
        return found

    def search(self, terms: Iterable[str], k: int, allowed: Sequence[int] | None = None) -> tuple[list[int], list[float]]:
        """Numbers and scores of the best texts in which any term stands, best first, the earlier of two equal ones first."""
        scores = self.scores(terms)
        if allowed is not None:
            inside = np.zeros(len(self), bool)
            inside[np.asarray(allowed, dtype=np.int64)] = True
            scores[~inside] = 0
        found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[: max(k, 0)]]
        return best.tolist(), scores[best].tolist()

    def coverage(self, terms: Iterable[str], number: int) -> float:
        """What share of the terms, weighted by idf, stands in the text; 0 where there are no terms."""
        weighed = {term: self.idf(term) for term in set(terms)}
        there = sum(weight for term, weight in weighed.items() if self.stands(term, number))
        return there / sum(weighed.values()) if weighed else 0.0

    def stands(self, term: str, number: int) -> bool:
        """Whether the term stands in the text of this number."""
        texts = self._postings(term)[0]
        at = int(np.searchsorted(texts, number))
        return at < len(texts) and int(texts[at]) == number

    def vocabulary(self) -> list[str]:
        """All terms, in the order of their UTF-8 bytes."""
        letters, ends = self.letters.tobytes(), [0, *self.term_ends.tolist()]
        return [letters[a:b].decode() for a, b in pairwise(ends)]

    def save(self, folder: Path) -> None:
        """One file an array in the folder, which is made, each flushed to disk."""
        folder.mkdir()
        for field in fields(self):
            with (folder / f"{field.name}.npy").open("wb") as file:
                np.save(file, getattr(self, field.name))
                file.flush()
                os.fsync(file.fileno())

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """What `save` wrote, mapped: only what is looked up is read."""
        try:
            # plain arrays over the mapped bytes: numpy's own kind makes each of a thousand small looks ten times as slow
            return cls(*(np.asarray(np.load(folder / f"{field.name}.npy", mmap_mode="r")) for field in fields(cls)))
        except (OSError, ValueError) as error:
            raise IndexCorrupt(f"the word index in {folder} cannot be read: {error}; run `yanda index --rebuild`") from error

    def _postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        sought = term.encode()
        at = bisect_left(range(len(self.term_ends)), sought, key=self._term)
        if at == len(self.term_ends) or self._term(at) != sought:
            return self.texts[:0], self.counts[:0]
        there = slice(int(self.posting_ends[at - 1]) if at else 0, int(self.posting_ends[at]))
        return self.texts[there], self.counts[there]

    def _term(self, at: int) -> bytes:
        start = int(self.term_ends[at - 1]) if at else 0
        return self.letters[start : int(self.term_ends[at])].tobytes()


def word_index(texts: Iterable[Sequence[str] | int], old: WordIndex | None = None) -> WordIndex:
    """The index of texts given as their terms, or as the number the very same text has in the old index."""
    numbers: dict[str, int] = {term: number for number, term in enumerate(old.vocabulary())} if old else {}
    kept: list[tuple[int, int]] = []
    columns = array("i"), array("i"), array("i")
    lengths: list[int] = []
    for number, text in enumerate(texts):
        if isinstance(text, int):
            kept.append((text, number))
            lengths.append(int(old.lengths[text]) if old else 0)
            continue
        lengths.append(len(text))
        for term, count in Counter(text).items():
            columns[0].append(numbers.setdefault(term, len(numbers)))
            columns[1].append(number)
            columns[2].append(count)
    new = np.stack([np.array(column, np.int32) for column in columns])
    rows = np.concatenate([_carried(old, kept), new], axis=1) if old else new
    return _sorted(rows, list(numbers), np.array(lengths, np.int32))


def _carried(old: WordIndex, kept: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """The postings of the kept texts under their new numbers: rows of term, text, count."""
    renumbered = np.full(len(old), -1, np.int32)
    for before, after in kept:
        renumbered[before] = after
    term = np.repeat(np.arange(len(old.term_ends), dtype=np.int32), np.diff(old.posting_ends, prepend=0))
    text = renumbered[old.texts]
    return np.stack([term, text, old.counts])[:, text >= 0]


def _sorted(rows: NDArray[np.int32], terms: Sequence[str], lengths: NDArray[np.int32]) -> WordIndex:
    """The index of rows of term, text, count: terms that stand nowhere dropped, the others in the order of their bytes."""
    written = [term.encode() for term in terms]
    used = np.flatnonzero(np.bincount(rows[0], minlength=len(terms))).tolist()
    order = sorted(used, key=written.__getitem__)
    place = np.zeros(len(terms), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    term, text, count = place[rows[0]], rows[1], rows[2]
    by_term = np.lexsort((text, term))
    return WordIndex(
        letters=np.frombuffer(b"".join(written[number] for number in order), np.uint8),
        term_ends=np.cumsum([len(written[number]) for number in order], dtype=np.int64),
        posting_ends=np.cumsum(np.bincount(term, minlength=len(order)), dtype=np.int64),
        texts=text[by_term],
        counts=count[by_term],
        lengths=lengths,
    )

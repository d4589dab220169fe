"""What the index offers to those who answer questions: documents, passages, units, and search over them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import folders, manifest, saved, stores
from index.build import Report, Skipped, update
from index.chinese.words import terms
from index.embedders import Embedder
from index.errors import IndexCorrupt, IndexMismatch, IndexMissing
from index.figures import Inventory, load
from index.fusion import fused
from index.lexical import WordIndex
from index.manifest import Counts, Manifest
from index.saved import Entry
from index.stores import VectorStore
from index.types import BlockKind, Document, Hit, Passage, Unit

__all__ = ["Counts", "Library", "Report", "Skipped", "current_fingerprint", "open_library", "update"]

_EXPANDED = 20_000  # units whose rows are kept ready; 1.5 kB each
_POOL = 50  # finds of words, and of vectors, that are weighed against each other


class Library:
    """One index folder, opened; it never changes, and many threads may search it at once."""

    def __init__(self, folder: Path, built: Manifest, embedder: Embedder) -> None:
        entries = [saved.decode(line) for line in saved.read_lines(folder / "documents.jsonl")]
        self.fingerprint: str = built.fingerprint
        self.counts: Counts = built.counts
        self.skipped: tuple[Skipped, ...] = tuple(Skipped(file.path, file.skipped) for file in built.files if file.skipped)
        self.documents: dict[str, Document] = {entry.document.id: entry.document for entry in entries}
        self.passages: tuple[Passage, ...] = tuple(passage for entry in entries for passage in entry.passages)
        self.units: tuple[Unit, ...] = tuple(unit for entry in entries for unit in entry.units)
        self.names: tuple[str, ...] = saved.read_names(folder)  # lines of `names.txt`: which names mean the same
        self.figures: Inventory = Inventory(load(folder), self.units)
        self.lexical: WordIndex = WordIndex.load(folder / "passage_words")
        self.unit_words: WordIndex = WordIndex.load(folder / "unit_words")
        self._numbers = {id(passage): number for number, passage in enumerate(self.passages)}
        self._unit_starts = _starts(entries)
        self._of_document = _passage_ranges(entries)
        self._passage_vectors: NDArray[np.float16] = np.load(folder / "passages.npy", mmap_mode="r")
        self._unit_vectors: NDArray[np.float16] = np.load(folder / "units.npy", mmap_mode="r")
        self._store: VectorStore = stores.create(built.store, built.dimension)
        self._store.load(folder / "passages.store")
        self._embedded = lru_cache(maxsize=256)(lambda question: embedder.queries([question])[0])
        counts = (len(self.passages), len(self.units))
        if counts != (len(self._passage_vectors), len(self._unit_vectors)) or counts != (
            len(self.lexical),
            len(self.unit_words),
        ):
            raise IndexCorrupt(f"the parts of the index in {folder} do not belong together; run `yanda index --rebuild`")

    def search(self, question: str, k: int, documents: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The k passages that fit the question best, in words and in meaning, out of these documents or all."""
        allowed = [n for name in documents for n in self._of_document.get(name, ())] if documents else None
        asked = terms(question)
        words = self.lexical.scores(asked)
        by_words = self.lexical.search(asked, _POOL, allowed)[0]
        vector = self.embed(question)
        by_vectors, found_cosines = self._store.search(vector, _POOL, allowed)
        candidates = np.array(list(dict.fromkeys([*by_words, *by_vectors.tolist()])), dtype=np.int64)
        if not len(candidates):
            return ()
        cosines = self._passage_vectors[candidates].astype(np.float32) @ vector
        coverage = self.lexical.coverage(asked, by_words[0]) if by_words else 0.0
        scores = fused(words[candidates], cosines, coverage, found_cosines)
        word_rank = {number: rank for rank, number in enumerate(by_words)}
        vector_rank = {number: rank for rank, number in enumerate(by_vectors.tolist())}
        order = np.argsort(-scores, kind="stable")[: max(k, 0)]
        best = zip(candidates[order].tolist(), scores[order].tolist(), strict=True)
        return tuple(Hit(self.passages[n], score, word_rank.get(n), vector_rank.get(n)) for n, score in best)

    def embed(self, question: str) -> NDArray[np.float32]:
        """The unit-length row of a question; asked again soon, it costs nothing."""
        row: NDArray[np.float32] = self._embedded(question)
        return row

    def unit_similarity(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> NDArray[np.float32]:
        """The cosines of these units with the row of a question, in the order of the numbers."""
        sought = np.asarray(numbers, dtype=np.int64)
        if len(self.units) <= _EXPANDED and np.array_equal(sought, np.arange(len(self.units))):
            return self._all_units @ vector
        rows: NDArray[np.float32] = self._unit_vectors[sought].astype(np.float32)
        return rows @ vector

    @cached_property
    def _all_units(self) -> NDArray[np.float32]:
        """The rows of all units, expanded once: a small library compares every one with each question."""
        return self._unit_vectors.astype(np.float32)

    def idf(self, term: str) -> float:
        """How much the term tells among the passages."""
        return self.lexical.idf(term)

    def number(self, passage: Passage) -> int:
        """The place of one of this library's own passages in `passages`."""
        return self._numbers[id(passage)]

    def unit_range(self, number: int) -> range:
        """The places in `units` of what stands in the passage of this number."""
        return range(self._unit_starts[number], self._unit_starts[number + 1])

    def passage_range(self, document_id: str) -> range:
        """The places in `passages` of a document's passages."""
        return self._of_document[document_id]

    def counts_of(self, document_id: str) -> Counts:
        """What one document brought into the index."""
        passages = self._of_document[document_id]
        units = range(self._unit_starts[passages.start], self._unit_starts[passages.stop])
        tables = sum(block.kind is BlockKind.TABLE for block in self.documents[document_id].blocks)
        return Counts(1, len(passages), len(units), tables, self.figures.count(units))


def open_library(data_dir: Path, embedder: Embedder) -> Library:
    """The current index; every byte is checked, the model is not loaded yet."""
    folder = folders.current(data_dir)
    built = manifest.read_manifest(folder)
    if built.embedder != embedder.name:
        raise IndexMismatch(
            f"the index in {data_dir} was built with {built.embedder}, not with {embedder.name}; run `yanda index --rebuild`"
        )
    manifest.verify(folder, built)
    return Library(folder, built, embedder)


def current_fingerprint(data_dir: Path) -> str:
    """The fingerprint of the current index, read off its folder's name; empty where there is none."""
    try:
        return folders.current(data_dir).name.partition("-")[0]
    except IndexMissing:
        return ""


def _starts(entries: Sequence[Entry]) -> list[int]:
    """Where in the units of the library those of each passage begin, and behind the last one where they end."""
    starts = [0]
    for entry in entries:
        counts = dict.fromkeys(map(id, entry.passages), 0)
        for unit in entry.units:
            counts[id(unit.passage)] += 1
        for count in counts.values():
            starts.append(starts[-1] + count)
    return starts


def _passage_ranges(entries: Sequence[Entry]) -> dict[str, range]:
    ranges, start = {}, 0
    for entry in entries:
        ranges[entry.document.id] = range(start, start + len(entry.passages))
        start += len(entry.passages)
    return ranges

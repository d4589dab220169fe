"""How an index comes in line with the corpus: what changed is read and embedded, the rest is carried over."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import corpus as files
from index import figures, folders, manifest, saved, stores
from index.chinese.words import terms
from index.embedders import Embedder
from index.errors import IndexCorrupt, IndexMismatch, IndexMissing, UnreadableFile
from index.formats import PARSERS, read
from index.lexical import WordIndex, word_index
from index.manifest import Counts, Manifest, SourceFile
from index.passages import passages
from index.saved import Entry
from index.types import BlockKind, Document
from index.units import units

Progress = Callable[[str, int, int], None]
_BATCH = 16  # texts between two reports of progress


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the index holds now; `changed` counts the files that are new, different or gone since the last time."""

    documents: int
    passages: int
    tables: int
    figures: int
    seconds: float
    skipped: tuple[Skipped, ...]
    changed: int


def update(
    corpus: Sequence[Path],
    data_dir: Path,
    embedder: Embedder,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
    store: str = "faiss",
    timeout: float = 600.0,
    clock: Callable[[], float] = time.perf_counter,
) -> Report:
    """Brings the index in line with the files of the corpus; readers see the old one until the new one is whole."""
    start = clock()
    tell = progress or _silent
    with folders.locked(data_dir, timeout, lambda message: tell(message, 0, 0)):
        old = _Old.open(data_dir) if not rebuild else None
        wanted, named = files.found(corpus, PARSERS), files.names(corpus)
        renamed = named != (old.names() if old else ())
        if old and not renamed and old.fits(wanted, embedder, store):
            return _report(old.manifest, 0, clock() - start)
        built = _build(wanted, named, data_dir, embedder, store, old, tell)
    return _report(built, _changed(old, wanted) + renamed, clock() - start)


@dataclass(frozen=True, slots=True)
class _Old:
    """The index as it stands, and what of it can be used again."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, data_dir: Path) -> _Old | None:
        """None where there is no index, or none that this version can read."""
        try:
            folder = folders.current(data_dir)
            kept = manifest.read_manifest(folder)
            manifest.verify(folder, kept)
        except (IndexMissing, IndexMismatch, IndexCorrupt):
            return None
        return cls(folder, kept)

    def fits(self, wanted: Sequence[files.Found], embedder: Embedder, store: str) -> bool:
        built = (self.manifest.embedder, self.manifest.store, self.manifest.recipe)
        return built == (embedder.name, store, manifest.recipe()) and self.states() == [(f.name, f.sha256) for f in wanted]

    def states(self) -> list[tuple[str, str]]:
        return [(file.path, file.sha256) for file in self.manifest.files]

    def lines(self) -> dict[tuple[str, str], tuple[int, str]]:
        """Place and stored line of each document, by the path and bytes of its file; none after the code changed."""
        if self.manifest.recipe != manifest.recipe():
            return {}
        indexed = [(file.path, file.sha256) for file in self.manifest.files if file.id]
        lines = saved.read_lines(self.folder / "documents.jsonl")
        return {state: (place, line) for place, (state, line) in enumerate(zip(indexed, lines, strict=True))}

    def names(self) -> tuple[str, ...]:
        return saved.read_names(self.folder)

    def entries(self) -> list[Entry]:
        return [saved.decode(line) for line in saved.read_lines(self.folder / "documents.jsonl")]


@dataclass(frozen=True, slots=True)
class _Source:
    """An entry of the new index, and its place in the old one if it comes from there."""

    entry: Entry
    place: int | None


def _build(
    wanted: Sequence[files.Found],
    named: Sequence[str],
    data_dir: Path,
    embedder: Embedder,
    store: str,
    old: _Old | None,
    tell: Progress,
) -> Manifest:
    folder = folders.fresh(data_dir)
    sources, states = _sources(wanted, old, tell)
    entries = [source.entry for source in sources]
    _write_lines(folder / "documents.jsonl", (saved.encode(entry) for entry in entries))
    _write_lines(folder / files.NAMES, iter(named))
    _write_words(folder, sources, old)
    stated = _write_figures(folder, sources, old)
    vectors = _write_vectors(folder, entries, embedder, old, tell)
    tell("write", 0, 1)
    searched = stores.create(store, vectors.shape[1])
    searched.add(vectors)
    searched.save(folder / "passages.store")
    built = Manifest(
        embedder=embedder.name,
        dimension=vectors.shape[1],
        store=store,
        recipe=manifest.recipe(),
        files=tuple(states),
        counts=_counts(entries, stated),
        contents=manifest.contents(folder),
    )
    folders.publish(data_dir, folder, built)
    tell("write", 1, 1)
    return built


def _sources(wanted: Sequence[files.Found], old: _Old | None, tell: Progress) -> tuple[list[_Source], list[SourceFile]]:
    """What each file gives, in order, and what became of each file; no two documents share an id."""
    known = old.lines() if old else {}
    sources: list[_Source] = []
    states: list[SourceFile] = []
    taken: set[str] = set()
    for number, file in enumerate(wanted):
        tell("read", number, len(wanted))
        try:
            source = _source(file, known.pop((file.name, file.sha256), None), taken)
        except UnreadableFile as error:
            states.append(SourceFile(file.name, file.sha256, file.size, skipped=str(error)))
            continue
        taken.add(source.entry.document.id)
        sources.append(source)
        states.append(SourceFile(file.name, file.sha256, file.size, id=source.entry.document.id))
    tell("read", len(wanted), len(wanted))
    return sources, states


def _source(file: files.Found, known: tuple[int, str] | None, taken: set[str]) -> _Source:
    if known is not None:
        place, line = known
        return _Source(saved.decode(line, _free(saved.own_id(line), taken)), place)
    if file.trouble:
        raise UnreadableFile(f"{file.path} {file.trouble}")
    document = read(file.path)
    named = Document(_free(document.id, taken), document.text, document.blocks, document.meta)
    cut = tuple(passages(named))
    order = {id(passage): number for number, passage in enumerate(cut)}
    ordered = sorted(units(cut), key=lambda unit: order[id(unit.passage)])  # a stable sort: readers rely on one run a passage
    return _Source(Entry(document.id, named, cut, tuple(ordered)), None)


def _free(wanted: str, taken: set[str]) -> str:
    """The id itself, or with the first number behind it that no document before has."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def _write_words(folder: Path, sources: Sequence[_Source], old: _Old | None) -> None:
    """The word indexes of passages and units; texts carried over are not cut into words again."""
    before = old.entries() if old and any(source.place is not None for source in sources) else []
    shelves: tuple[tuple[str, Callable[[Entry], list[str]]], ...] = (
        ("passage_words", lambda entry: [saved.searchable(passage) for passage in entry.passages]),
        ("unit_words", lambda entry: [saved.searchable_unit(unit) for unit in entry.units]),
    )
    for name, texts in shelves:
        starts = np.cumsum([0, *(len(texts(entry)) for entry in before)]).tolist()
        words: list[list[str] | int] = []
        for source in sources:
            own = texts(source.entry)
            words += map(terms, own) if source.place is None else range(starts[source.place], starts[source.place] + len(own))
        word_index(words, WordIndex.load(old.folder / name) if old and before else None).save(folder / name)


def _write_figures(folder: Path, sources: Sequence[_Source], old: _Old | None) -> int:
    """The inventory of figures, and how many they are; those of documents carried over are not read again."""
    before = old.entries() if old and any(source.place is not None for source in sources) else []
    starts = np.cumsum([0, *(len(entry.units) for entry in before)]).tolist()
    known = figures.load(old.folder) if old and before else figures.rows(())
    found, units_before = [figures.rows(())], 0
    for source in sources:
        at = source.place
        own = figures.rows(source.entry.units) if at is None else figures.part(known, starts[at], starts[at + 1])
        found.append(figures.shifted(own, units_before))
        units_before += len(source.entry.units)
    figures.save(folder, np.concatenate(found))
    return sum(map(len, found))


def _write_vectors(
    folder: Path, entries: Sequence[Entry], embedder: Embedder, old: _Old | None, tell: Progress
) -> NDArray[np.float32]:
    """Saves a row for each passage and each unit in half precision; gives the rows of the passages back as they are saved."""
    wanted = {
        "passages": [saved.searchable(passage) for entry in entries for passage in entry.passages],
        "units": [saved.searchable_unit(unit) for entry in entries for unit in entry.units],
    }
    known = _known_vectors(old, embedder) if old else {}
    missing = sorted({text for texts in wanted.values() for text in texts} - known.keys(), key=lambda text: (len(text), text))
    for at in range(0, len(missing), _BATCH):
        tell("embed", at, len(missing))
        batch = missing[at : at + _BATCH]
        known.update(zip(batch, embedder.passages(batch).astype(np.float16), strict=True))
    tell("embed", len(missing), len(missing))
    rows = {}
    for name, texts in wanted.items():
        rows[name] = np.stack([known[text] for text in texts]) if texts else np.zeros((0, embedder.dimension), np.float16)
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, rows[name])
            file.flush()
            os.fsync(file.fileno())
    return rows["passages"].astype(np.float32)


def _known_vectors(old: _Old, embedder: Embedder) -> dict[str, NDArray[np.float16]]:
    """The old index's row of each text, whatever document it stood in; none where another model made them."""
    if old.manifest.embedder != embedder.name:
        return {}
    entries = old.entries()
    passage_rows, unit_rows = (np.load(old.folder / f"{name}.npy", mmap_mode="r") for name in ("passages", "units"))
    known = dict(zip((saved.searchable_unit(unit) for entry in entries for unit in entry.units), unit_rows, strict=True))
    known.update(zip((saved.searchable(passage) for entry in entries for passage in entry.passages), passage_rows, strict=True))
    return known


def _counts(entries: Sequence[Entry], stated: int) -> Counts:
    return Counts(
        documents=len(entries),
        passages=sum(len(entry.passages) for entry in entries),
        units=sum(len(entry.units) for entry in entries),
        tables=sum(block.kind is BlockKind.TABLE for entry in entries for block in entry.document.blocks),
        figures=stated,
    )


def _changed(old: _Old | None, wanted: Sequence[files.Found]) -> int:
    before, now = Counter(old.states() if old else ()), Counter((file.name, file.sha256) for file in wanted)
    return len({name for name, _ in ((before - now) + (now - before))})


def _report(built: Manifest, changed: int, seconds: float) -> Report:
    counts = built.counts
    skipped = tuple(Skipped(file.path, file.skipped) for file in built.files if file.skipped)
    return Report(counts.documents, counts.passages, counts.tables, counts.figures, seconds, skipped, changed)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody asked for."""

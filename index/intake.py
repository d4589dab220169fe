"""How does a file enter the corpus, or leave it: under a safe name, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from index import folders, manifest
from index.corpus import NAMES, paths
from index.errors import NameTaken, NoPlace, UnknownFormat, UnreadableFile
from index.formats import PARSERS, read, slug

__all__ = ["Tray", "file_of", "safe_name", "tray"]

_LONGEST = 180  # bytes of a name; most file systems take 255
# separators of paths, what Windows refuses, what cannot be seen
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+')


def safe_name(given: str) -> str:
    """The file's own name without the folders before it, fit for any file system; UnreadableFile where nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    path = Path(_UNSAFE.sub("", last).strip(" ."))
    stem = re.sub(r"\s+", " ", path.stem).strip(" .")
    if not re.search(r"[^\W_]", stem):
        raise UnreadableFile(f"the file name {given!r} has no letter or digit before its ending; give the file a name")
    if path.suffix.lower() not in PARSERS:
        raise UnknownFormat(f"{path.name} has no known format: {path.suffix or 'no ending'}; readable are {' '.join(PARSERS)}")
    if path.name.lower() == NAMES:
        raise UnreadableFile(
            f"{NAMES} says which names mean the same and is no document; put it into the corpus folder by hand"
        )
    room = _LONGEST - len(path.suffix.encode())
    return stem.encode()[:room].decode(errors="ignore") + path.suffix


def file_of(corpus: Sequence[Path], data_dir: Path, document_id: str) -> Path | None:
    """Where the file of an indexed document lies now, one with the same bytes first; None where it has gone."""
    indexed = manifest.read_manifest(folders.current(data_dir)).files
    source = next((file for file in indexed if file.id == document_id), None)
    if source is None:
        return None
    there = [path for path, name in paths(corpus, PARSERS) if name == source.path]
    same = (path for path in there if manifest.sha256(path) == source.sha256)
    return next(same, there[0] if there else None)


@contextmanager
def tray(corpus: Sequence[Path], data_dir: Path) -> Iterator[Tray]:
    """A hidden folder within the first corpus folder, where files wait until they are let in; it goes in any case."""
    folder = next((folder for folder in corpus if folder.is_dir()), None)
    if folder is None:
        raise NoPlace(f"corpus has no folder to write into: {':'.join(map(str, corpus))}; set corpus to one")
    try:
        waiting = Path(tempfile.mkdtemp(prefix=".incoming-", dir=folder))
    except OSError as error:
        raise NoPlace(f"{folder} cannot be written into: {error.strerror}; set corpus to a folder that can") from error
    try:
        yield Tray(corpus, folder, waiting, FileLock(data_dir / "intake.lock"))
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


class Tray:
    """Files on their way into the corpus."""

    def __init__(self, corpus: Sequence[Path], folder: Path, waiting: Path, lock: FileLock) -> None:
        self._corpus = corpus
        self._folder = folder
        self._waiting = waiting
        self._lock = lock

    def place(self, given: str) -> Path:
        """Where to write a file that is called so; NameTaken where the tray has one that would get the same id."""
        path = self._waiting / safe_name(given)
        twin = next((other.name for other in self._waiting.iterdir() if slug(other.stem) == slug(path.stem)), None)
        if twin is not None:
            raise NameTaken(f"{path.name} and {twin} would be one document; send one of them, or rename it")
        return path

    def let_in(self, *, replace: bool) -> tuple[str, ...]:
        """Moves all files into the corpus and gives the ids they will have; where one cannot be, none is moved."""
        files = sorted(self._waiting.iterdir())
        ids = tuple(read(path).id for path in files)
        with self._lock:
            there = dict(_by_id(self._corpus))
            targets = [self._target(path, there.get(slug(path.stem)), replace=replace) for path in files]
            for path, target in zip(files, targets, strict=True):
                os.replace(path, target)
        return ids

    def _target(self, path: Path, there: Path | None, *, replace: bool) -> Path:
        if there is None:
            return self._folder / path.name
        if unicodedata.normalize("NFC", there.name).casefold() != path.name.casefold():
            raise NameTaken(f"{path.name} would get the id of {there.name}; rename the file")
        if not replace:
            raise NameTaken(f"{there.name} is in the library already; send it with ?replace=1 to replace it")
        return there


def _by_id(corpus: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    yield from ((slug(path.stem), path) for path, _ in paths(corpus, PARSERS))

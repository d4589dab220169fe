"""Which files make up the corpus, in a fixed order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from index.formats.encoding import decode
from index.manifest import sha256

NAMES = "names.txt"  # in a corpus folder: which names mean the same, no document


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the corpus; `name` is its path below the corpus folder, `trouble` says why its bytes cannot be had."""

    path: Path
    name: str
    sha256: str
    size: int
    trouble: str = ""


def found(corpus: Sequence[Path], extensions: Collection[str]) -> tuple[Found, ...]:
    """The files with these extensions, folder by folder, sorted by path; hidden ones and those seen before left out."""
    files: dict[Path, str] = {}
    for folder in corpus:
        if folder.is_file():
            files.setdefault(folder.resolve(), folder.name)
        elif folder.is_dir():
            for name in _names(folder, extensions):
                files.setdefault((folder / name).resolve(), name)
        else:
            raise IndexingError(f"the corpus folder {folder} does not exist; set `corpus` to folders of documents")
    return tuple(_found(path, name) for path, name in files.items())


def names(corpus: Sequence[Path]) -> tuple[str, ...]:
    """The lines of the folders' own `names.txt`, without empty ones and remarks."""
    paths = [folder / NAMES for folder in corpus if (folder / NAMES).is_file()]
    try:
        written = [(path.read_bytes(), path) for path in paths]
    except OSError as error:
        raise IndexingError(f"{error.filename} cannot be read: {error.strerror}") from error
    lines = [line.strip() for content, path in written if content.strip() for line in decode(content, str(path)).splitlines()]
    return tuple(line for line in lines if line and not line.startswith("#"))


def paths(corpus: Sequence[Path], extensions: Collection[str]) -> Iterator[tuple[Path, str]]:
    """The same files without reading them: where each lies, and its name below the corpus folder."""
    for folder in corpus:
        names = _names(folder, extensions) if folder.is_dir() else [folder.name] if folder.is_file() else []
        yield from ((folder / name if folder.is_dir() else folder, name) for name in names)


def _names(folder: Path, extensions: Collection[str]) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix.lower() in extensions and path.is_file())
    files = (path for path in paths if not any(part.startswith(".") for part in path.parts))
    return sorted(path.as_posix() for path in files if path.as_posix() != NAMES)


def _found(path: Path, name: str) -> Found:
    try:
        return Found(path, name, sha256(path), path.stat().st_size)
    except OSError as error:
        return Found(path, name, "", 0, f"cannot be opened: {error.strerror}")

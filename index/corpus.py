"""Which files make up the corpus, in a fixed order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from index.manifest import sha256


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


def _names(folder: Path, extensions: Collection[str]) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix.lower() in extensions and path.is_file())
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def _found(path: Path, name: str) -> Found:
    try:
        return Found(path, name, sha256(path), path.stat().st_size)
    except OSError as error:
        return Found(path, name, "", 0, f"cannot be opened: {error.strerror}")

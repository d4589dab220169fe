"""What built an index: model, format, the files it was made from, and the bytes it consists of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import IndexCorrupt, IndexMismatch

FORMAT = 2  # one up with every change in how an index is stored
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the corpus: its path below the corpus folder, its bytes, the document it became, or why it became none."""

    path: str
    sha256: str
    size: int
    id: str = ""
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """One file of the index."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was indexed; `figures` are the numbers of the inventory."""

    documents: int
    passages: int
    units: int
    tables: int
    figures: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides whether an index fits the corpus, the model and this version of the code."""

    embedder: str
    dimension: int
    store: str
    recipe: str
    files: tuple[SourceFile, ...]
    counts: Counts
    contents: tuple[Content, ...]
    format: int = FORMAT

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that differ when anything an answer depends on differs."""
        made = [self.format, self.embedder, self.store, *(f"{content.name} {content.sha256}" for content in self.contents)]
        return hashlib.sha256("\n".join(map(str, made)).encode()).hexdigest()[:12]

    def write(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index folder; IndexMismatch where another version wrote it, IndexCorrupt where it is damaged."""
    try:
        stored = json.loads((folder / NAME).read_text(encoding="utf-8"))
        written = stored["format"]
        if written != FORMAT:
            raise IndexMismatch(
                f"the index in {folder} has format {written}, this version reads {FORMAT}; run `yanda index --rebuild`"
            )
        files = tuple(SourceFile(**file) for file in stored.pop("files"))
        contents = tuple(Content(**content) for content in stored.pop("contents"))
        return Manifest(files=files, contents=contents, counts=Counts(**stored.pop("counts")), **stored)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"{folder / NAME} cannot be read: {error}; run `yanda index --rebuild`") from error


def contents(folder: Path) -> tuple[Content, ...]:
    """Every file of the folder but the manifest, with its hash."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return tuple(Content(path.relative_to(folder).as_posix(), sha256(path)) for path in paths)


def verify(folder: Path, manifest: Manifest) -> None:
    """Reads every byte of the index; IndexCorrupt names the first file that is not what the manifest promises."""
    for content in manifest.contents:
        path = folder / content.name
        if not path.is_file():
            raise IndexCorrupt(f"{path} is missing; run `yanda index --rebuild`")
        if sha256(path) != content.sha256:
            raise IndexCorrupt(f"{path} does not have the bytes the manifest promises; run `yanda index --rebuild`")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=1)
def recipe() -> str:
    """Changes with the code that reads and cuts documents, so that an update after an upgrade reads all files anew."""
    digest = hashlib.sha256()
    home = Path(__file__).parent
    for path in sorted(path for path in home.rglob("*") if path.suffix in {".py", ".txt", ".json", ".toml"}):
        if path.relative_to(home).parts[0] not in {"embedders", "stores"}:
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]

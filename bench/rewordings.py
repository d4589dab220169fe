"""Sentences that were reworded by hand, each with the words it cites: is the faithful one shown, the altered one not?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import formats
from index.passages import passages
from index.types import Document, Span, Unit
from index.units import units
from rag.types import Citation
from rag.verify import Checked, Gate

__all__ = ["Reworded", "checked", "documents", "reworded"]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence with its citations; `altered` says what of it is false, empty where it is faithful."""

    id: str
    half: str
    text: str
    citations: tuple[Citation, ...]
    altered: str


def documents(folders: Sequence[Path]) -> Mapping[str, Document]:
    """The documents of some folders by the name of their file without its ending."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in formats.PARSERS)
    return {path.stem: formats.read(path) for path in files}


def reworded(path: Path, known: Mapping[str, Document]) -> Iterator[Reworded]:
    """The sentences of a file; ValueError where a quote stands in none of its document's units."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cited = tuple(_cited(n, known[quote["document"]], quote["quote"]) for n, quote in enumerate(row["quotes"], 1))
        yield Reworded(row["id"], row["half"], row["text"], cited, row["altered"])


def checked(sentence: Reworded) -> Checked:
    """What a gate that knows its citations alone lets through."""
    return Gate(sentence.citations, "").check(sentence.text)


def _cited(n: int, document: Document, words: str) -> Citation:
    unit = next((unit for unit in _units(document) if words in _bars(unit)), None)
    if unit is None:
        raise ValueError(f"{words!r} stands in no unit of {document.id}")
    return Citation(n, unit.passage, Span(unit.span.start, unit.span.end))


def _units(document: Document) -> Iterator[Unit]:
    for passage in passages(document):
        yield from units([passage])


def _bars(unit: Unit) -> str:
    """The unit's text; of a row with a bar between its cells as well."""
    text, table = unit.document.text, unit.block.table if unit.block else None
    row = next((cells for cells in table.rows if cells and cells[0].start == unit.span.start), ()) if table else ()
    return " | ".join(cell.of(text) for cell in row) if row else unit.text

"""How does a file become a document: which parser, which id, which particulars?"""

from __future__ import annotations

import re
from pathlib import Path

from index.errors import UnknownFormat, UnreadableFile
from index.formats import front, html, markdown, text
from index.formats.parsed import Parsed, Parser
from index.layout import compose
from index.types import Document

__all__ = ["PARSERS", "Parsed", "Parser", "read", "slug"]

PARSERS: dict[str, Parser] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
    ".html": html.parse,
    ".htm": html.parse,
}


def read(path: Path, *, id: str | None = None) -> Document:
    """The document in a file; `id` where the slug of its name is taken. UnreadableFile names the file and why."""
    parser = PARSERS.get(path.suffix.lower())
    if parser is None:
        raise UnknownFormat(f"{path.name} has no known format: {path.suffix or 'no ending'}; readable are {' '.join(PARSERS)}")
    try:
        content = path.read_bytes()
    except OSError as failure:
        raise UnreadableFile(
            f"{path.name} cannot be opened: {failure.strerror or failure}; check that it is there and may be read"
        ) from failure
    parsed = parser(content, path.name)
    words, blocks = compose(parsed.drafts)
    if not blocks:
        raise UnreadableFile(f"{path.name} is empty: it has no text beside its markup; remove it or fill it")
    return Document(id or slug(path.stem), words, blocks, front.describe(parsed.front, parsed.drafts, path.name))


def slug(stem: str) -> str:
    """A file's name as an id: lower-case letters, digits and Chinese characters, hyphens between."""
    return re.sub(r"[\W_]+", "-", stem.lower()).strip("-") or "document"

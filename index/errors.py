"""What can go wrong while reading, building and opening an index.

IndexingError
├── UnreadableFile    one file cannot be read; it is named and skipped, the rest is indexed
│   └── UnknownFormat no parser for its ending
├── NameTaken         a file cannot enter the corpus, because another document would lose its name or id
├── NoPlace           the corpus has no folder that files may be written into or removed from
├── UnknownEmbedder   the setting `embedder` names nothing that can be loaded
├── MissingExtra      an optional dependency is not installed; names the extra that brings it
├── IndexMissing      there is no index in the data folder yet
├── IndexMismatch     the index was built by another model, other settings or another format
├── IndexCorrupt      a file of the index is missing or does not have the bytes the manifest promises
└── IndexLocked       another process is building the index
"""

__all__ = [
    "IndexCorrupt",
    "IndexLocked",
    "IndexMismatch",
    "IndexMissing",
    "IndexingError",
    "MissingExtra",
    "NameTaken",
    "NoPlace",
    "UnknownEmbedder",
    "UnknownFormat",
    "UnreadableFile",
]


class IndexingError(Exception):
    """What happened, with which value, and what to do; `str(error)` is one line for a person."""


class UnreadableFile(IndexingError):
    """One file that cannot be read."""


class UnknownFormat(UnreadableFile):
    """A file whose ending has no parser."""


class NameTaken(IndexingError):
    """A file of this name, or one that would get the same id, is there already."""


class NoPlace(IndexingError):
    """Nothing may be written into the corpus, or removed from it."""


class UnknownEmbedder(IndexingError):
    """The embedder named in the settings cannot be loaded."""


class MissingExtra(IndexingError):
    """An optional dependency is not installed."""


class IndexMissing(IndexingError):
    """No index has been built yet."""


class IndexMismatch(IndexingError):
    """The index does not fit the model or the settings it is opened with."""


class IndexCorrupt(IndexingError):
    """The index on disk is not what its manifest promises."""


class IndexLocked(IndexingError):
    """Another process is building the index."""

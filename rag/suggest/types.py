"""A question made from a document, and where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types import Span


class Kind(StrEnum):
    """What a question is after; people want to see that there is more than one sort."""

    FIGURE = "figure"
    TABLE = "table"
    LIST = "list"
    COMPARISON = "comparison"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question and the words of `document` that it is about: an answer that is worth anything cites some of them."""

    question: str
    kind: Kind
    document: str
    about: Span

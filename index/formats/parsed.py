"""What does a parser return?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.formats.front import Front
from index.layout import Draft


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks of a file in reading order, and what it says about itself."""

    drafts: tuple[Draft, ...]
    front: Front


# a file's bytes and its name (for messages) become blocks; UnreadableFile where they cannot
Parser = Callable[[bytes, str], Parsed]

"""What is known of names: a guess that two writings name one thing, and a question with its names read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How it is known that two writings name one thing."""

    WRITTEN = "names.txt"
    CALLED = "short name"
    LATIN = "Latin letters"
    FORMER = "former name"
    FULL = "full name"
    MISPRINT = "misprint"


@dataclass(frozen=True, slots=True)
class Guess:
    """`other` names what `name` names, as `document` (its id; empty for the file) has it; both folded."""

    name: str
    other: str
    how: How
    document: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A name as it was typed, and the one it was read as; a slip is shown to whoever asked, another writing is not one."""

    said: str
    meant: str
    slip: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A question with its names read: `shown` has the slips corrected, `meant` the library's own writings as well."""

    shown: str
    meant: str
    changes: tuple[Change, ...] = ()

"""What a follow-up needs to know: of the library, and of what was said before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Ear(Protocol):
    """What a follow-up needs of the library to be understood."""

    def alike(self, one: str, other: str) -> float:
        """How near two phrases are in meaning."""

    def known(self, phrase: str) -> bool:
        """Whether the library speaks of the phrase in these very characters."""

    def named(self, text: str) -> tuple[str, ...]:
        """The organisations and products named in the text, as they stand there, in order."""

    def beside(self, one: str, other: str) -> float:
        """0 to 1: how surely the library sets the two side by side, in one table or one sentence."""


@dataclass(frozen=True, slots=True)
class Said:
    """The question before, made to stand alone, and the reply that it got (empty where there was none)."""

    question: str
    reply: str
    ear: Ear

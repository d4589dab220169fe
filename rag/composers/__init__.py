"""How evidence is put into words; each composer is held to the same law: nothing without its citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from rag.composers.guarded import Guarded
from rag.composers.llm import Llm
from rag.composers.quote import Quote
from rag.composers.types import Brief, Said
from rag.settings import Settings
from rag.types import Delta, Found

__all__ = ["COMPOSERS", "Brief", "Composer", "Said"]


class Composer(Protocol):
    """Whoever puts evidence into words; several threads may ask at once."""

    def compose(self, brief: Brief) -> Iterator[Found | Delta | Said]:
        """Words as soon as they may be shown, their citations before them; last what was said, beginning with these words."""


COMPOSERS: Mapping[str, Callable[[Settings], Composer]] = MappingProxyType(
    {"quote": lambda _: Quote(), "llm": lambda settings: Guarded(Llm.of(settings))}
)

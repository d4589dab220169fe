"""Which questions are meant, where the rules found no answer? A model is asked once, and its word is checked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from rag.composers import prompt
from rag.composers.calls import LlmError
from rag.composers.llm import Llm
from rag.composers.sheet import harmless
from rag.content import content
from rag.types import Turn

__all__ = ["Planner"]

_WITHIN_S = 5.0  # all the time that one more round may take the model
_TURNS = 4
_MOST = 3
_LONGEST = 200  # characters of a turn that are read
_SEVERAL = re.compile(r"和|与|及|还有|同时|分别|另外|、|，|\band\b|,|;|；")
_FIGURE = re.compile(r"\d[\d.]*")


class Planner:
    """Rewrites a question that got no answer: a follow-up made to stand alone, or several questions taken apart."""

    def __init__(self, llm: Llm, within_s: float = _WITHIN_S) -> None:
        self._llm, self._within_s = llm, within_s

    def questions(self, question: str, history: Sequence[Turn], *, english: bool) -> tuple[str, ...]:
        """One to three questions in the place of this one; none where there is nothing to try, or nothing usable comes in time.

        They hold every content word and figure of the question, and none that was not said in it or before it.
        """
        if not history and not _SEVERAL.search(question):
            return ()
        turns = [f"{turn.role}: {harmless(turn.content[:_LONGEST])}" for turn in history[-_TURNS:]]
        name = f"plan.{'en' if english else 'zh'}.txt"
        asked = prompt.filled(name, history="\n".join(turns), question=harmless(question))
        try:
            written = "".join(piece.text for piece in self._llm.stream(asked, self._within_s))
        except LlmError:
            return ()  # the refusal that there is stands
        found = tuple(dict.fromkeys(line.strip(" -*·•") for line in written.splitlines() if line.strip()))
        return found if _faithful(found, question, history) else ()


def _faithful(found: Sequence[str], question: str, history: Sequence[Turn]) -> bool:
    if not 0 < len(found) <= _MOST or (len(found) == 1 and fold(found[0]) == fold(question)):
        return False
    said, written = fold("\n".join((question, *(turn.content for turn in history)))), fold("\n".join(found))
    return _within(written, said) and _within(fold(question), written)


def _within(text: str, other: str) -> bool:
    """Whether every content word and figure of one text stands in the other."""
    figures = set(_FIGURE.findall(text)) <= set(_FIGURE.findall(other))
    return figures and all(term in other for term in content(text)[0])

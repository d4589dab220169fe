"""Why a question is declined, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.talk import Talk


class Reason(StrEnum):
    """Why a question is declined."""

    STRANGER = "stranger"
    NOTHING = "nothing"
    YEAR = "year"
    MEASURE = "measure"
    NAME = "name"
    SUBJECT = "subject"
    ORDINAL = "ordinal"
    VALUE = "value"
    # what no document gives
    ADVICE = Talk.ADVICE
    TASK = Talk.TASK
    TODAY = Talk.TODAY
    ORDER = Talk.ORDER
    GREETING = Talk.GREETING


NO_MATTER_HOW_LIKELY = frozenset({Reason.STRANGER})  # the evidence is about somebody else
NO_MATTER_OF_WORDING = frozenset(Reason(talk) for talk in Talk)  # however it is asked


@dataclass(frozen=True, slots=True)
class Verdict:
    """None as reason: the evidence is enough. Otherwise what is missing, in the words of the question."""

    reason: Reason | None
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()  # that the evidence speaks of in the place of the one asked for

    @property
    def enough(self) -> bool:
        return self.reason is None

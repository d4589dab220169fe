"""What is counted and logged of each question: channel, outcome, time by stage; its words only where that is asked for."""

from __future__ import annotations

import logging
import time
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from rag.settings import Settings
from rag.types import Answer, Ask
from web.door.metrics import Metrics

__all__ = ["Outcome", "Tally"]

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a question ended; it is abandoned where the client left before the end."""

    ANSWERED = "answered"
    REFUSED = "refused"
    ERROR = "error"
    ABANDONED = "abandoned"


class Tally:
    """Keeps count of questions, whichever channel they came by."""

    def __init__(self, metrics: Metrics, settings: Settings) -> None:
        self._metrics = metrics
        self._with_words = settings.log_questions
        self._llm = settings.composer == "llm" or (settings.composer == "auto" and bool(settings.llm_base_url))

    @contextmanager
    def of(self, ask: Ask, channel: str) -> Iterator[Callable[[Answer], None]]:
        """The question is counted when the block ends, by the answer that was handed to what this gives."""
        started = time.perf_counter()
        given: list[Answer] = []
        outcome = Outcome.ERROR
        try:
            yield given.append
            outcome = Outcome.ABANDONED
        except (CancelledError, GeneratorExit):
            outcome = Outcome.ABANDONED
            raise
        finally:
            if given:
                outcome = Outcome.ANSWERED if given[-1].answered else Outcome.REFUSED
                self._answered(given[-1])
            self._metrics.questions.labels(channel, outcome).inc()
            self._log(ask, channel, outcome, time.perf_counter() - started)

    def _answered(self, answer: Answer) -> None:
        for stage, milliseconds in answer.timings_ms.items():
            self._metrics.stages.labels(stage).observe(milliseconds / 1000)
        if answer.answered:
            self._metrics.composed.labels(answer.composer).inc()
            if self._llm and answer.composer != "llm":
                self._metrics.llm_fallbacks.inc()

    def _log(self, ask: Ask, channel: str, outcome: Outcome, seconds: float) -> None:
        seen = {"channel": channel, "outcome": outcome, "ms": round(seconds * 1000, 1)}
        words = {"question": ask.question} if self._with_words else {}
        log.info("question", extra={"seen": seen | words})

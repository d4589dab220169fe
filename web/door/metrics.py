"""What can be counted about a server, as Prometheus reads it; no label ever holds what a client wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE", "Held", "Metrics"]

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class Held:
    """The library as it is loaded now."""

    documents: int
    passages: int
    fingerprint: str


class Metrics:
    """The counters of one app; with a `folder`, of every process that counts there (see `web/worker.py`)."""

    def __init__(self, folder: Path | None = None) -> None:
        # when each counter began: as many lines again, and several processes together tell none
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._registry = CollectorRegistry()
        if folder is None:
            ProcessCollector(registry=self._registry)
        else:
            _forget_the_dead(folder)
        self.questions = self._counter(
            "yanda_questions", "Questions by where they came from and how they ended", "channel outcome"
        )
        self.stages = self._histogram("yanda_answer_seconds", "Time of an answer, by stage", "stage")
        self.composed = self._counter("yanda_answers", "Answers with evidence, by what put them into words", "composer")
        self.llm_fallbacks = self._counter("yanda_llm_fallbacks", "Answers quoted although an LLM is set up")
        self.requests = self._counter("yanda_http_requests", "Finished HTTP requests", "method route status")
        self.request_seconds = self._histogram(
            "yanda_http_request_seconds", "Time of an HTTP request, streams included", "route"
        )
        self.in_flight = Gauge(
            "yanda_http_in_flight", "HTTP requests being answered", registry=self._registry, multiprocess_mode="livesum"
        )
        self.rate_limited = self._counter("yanda_rate_limited", "Requests answered 429, by what the client is known by", "by")
        self.auth_failures = self._counter("yanda_auth_failures", "Requests answered 401 for their API key", "why")

    def text(self, held: Held | None) -> bytes:
        """All of it in Prometheus' text format; `held` is None until the library is loaded."""
        return generate_latest(self._counted()) + generate_latest(_library(held))

    def _counted(self) -> CollectorRegistry:
        if self._folder is None:
            return self._registry
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, path=str(self._folder))  # type: ignore[no-untyped-call]
        return everybody

    def _counter(self, name: str, told: str, labels: str = "") -> Counter:
        return Counter(name, told, labels.split(), registry=self._registry)

    def _histogram(self, name: str, told: str, labels: str) -> Histogram:
        return Histogram(name, told, labels.split(), registry=self._registry, buckets=_SECONDS)


class _Library(Collector):
    def __init__(self, held: Held | None) -> None:
        self._held = held

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("yanda_ready", "1 once the library is loaded", value=self._held is not None)
        if self._held is None:
            return
        yield GaugeMetricFamily("yanda_index_documents", "Documents of the library", value=self._held.documents)
        yield GaugeMetricFamily("yanda_index_passages", "Passages of the library", value=self._held.passages)
        which = GaugeMetricFamily("yanda_index_info", "Which index answers", labels=["fingerprint"])
        which.add_metric([self._held.fingerprint], 1)
        yield which


def _library(held: Held | None) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Library(held))
    return registry


def _forget_the_dead(folder: Path) -> None:
    """What processes that are no more had in flight is not in flight; what they counted stays counted."""
    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]

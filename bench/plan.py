"""What one run of `make bench` measures, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["ORIGINALS", "ROOT", "TARGETS", "Corpus", "Half", "Measure", "Plan", "Target"]

ROOT = Path(__file__).parent.parent
# the documents that the digests were written from; they are not ours to hand on, so few people have them
ORIGINALS = ROOT.parent / "shared" / "seeds"

_MB = 1e6


class Corpus(StrEnum):
    """Whose words are indexed: the digests that come along, or the documents they were written from."""

    DIGESTS = "digests"
    ORIGINALS = "originals"


class Half(StrEnum):
    """Questions that the program was tuned on, and questions that it was not."""

    HELD_OUT = "held_out"
    DEVELOPMENT = "development"


class Measure(StrEnum):
    """Everything that has a row of its own."""

    ANSWERABLE = "answerable"
    ALL = "all"
    SUPPORT = "support"
    REFUSAL_PRECISION = "refusal_precision"
    REFUSAL_RECALL = "refusal_recall"
    READY = "ready"
    P50 = "p50"
    P95 = "p95"
    MEMORY = "memory"
    FIRST_INDEX = "first_index"
    FIRST_START = "first_start"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach; shares from 0 to 1 are better when greater, seconds and bytes when smaller."""

    value: float
    share: bool = False

    def missed_by(self, value: float) -> bool:
        return value < self.value if self.share else value > self.value


TARGETS: dict[tuple[Measure, Corpus], Target] = {
    (Measure.ANSWERABLE, Corpus.DIGESTS): Target(0.85, share=True),
    (Measure.ANSWERABLE, Corpus.ORIGINALS): Target(0.80, share=True),
    (Measure.SUPPORT, Corpus.DIGESTS): Target(1.0, share=True),
    (Measure.SUPPORT, Corpus.ORIGINALS): Target(1.0, share=True),
    (Measure.REFUSAL_PRECISION, Corpus.DIGESTS): Target(0.85, share=True),
    (Measure.REFUSAL_PRECISION, Corpus.ORIGINALS): Target(0.85, share=True),
    (Measure.REFUSAL_RECALL, Corpus.DIGESTS): Target(0.85, share=True),
    (Measure.REFUSAL_RECALL, Corpus.ORIGINALS): Target(0.85, share=True),
    (Measure.READY, Corpus.DIGESTS): Target(15.0),
    (Measure.P50, Corpus.DIGESTS): Target(0.150),
    (Measure.MEMORY, Corpus.DIGESTS): Target(1200 * _MB),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Folders of documents, the questions, and the pages that tell the result."""

    corpora: dict[Corpus, Path]
    golden: Path
    pages: dict[str, Path]  # by language: en, zh

    @property
    def questions(self) -> dict[Half, Path]:
        return {half: self.golden / f"{half}.jsonl" for half in Half}

"""What one run of `make bench` measures, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["ORIGINALS", "OTHER", "ROOT", "TARGETS", "Corpus", "Half", "Measure", "Plan", "Target"]

ROOT = Path(__file__).parent.parent
# the documents that the digests were written from; they are not ours to hand on, so few people have them
ORIGINALS = ROOT.parent / "shared" / "seeds"
OTHER = ROOT / "bench" / "unseen" / "d"

_MB = 1e6


class Corpus(StrEnum):
    """Whose words are indexed: the digests that come along, or the documents they were written from."""

    DIGESTS = "digests"
    ORIGINALS = "originals"
    OTHER = "other"  # reports on other things, which nothing was ever tuned on


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
    DECLINED = "declined"
    CARRIED = "carried"
    READY = "ready"
    P50 = "p50"
    P95 = "p95"
    MEMORY = "memory"
    FIRST_INDEX = "first_index"
    FIRST_START = "first_start"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach; shares from 0 to 1 are better when greater, seconds and bytes when smaller."""

    value: float
    share: bool = False
    at_most: bool = False  # of a share

    def missed_by(self, value: float) -> bool:
        return value < self.value if self.share and not self.at_most else value > self.value


_EVERYWHERE = {
    Measure.SUPPORT: Target(1.0, share=True),
    Measure.CARRIED: Target(1.0, share=True),
    Measure.REFUSAL_PRECISION: Target(0.95, share=True),
    Measure.REFUSAL_RECALL: Target(0.90, share=True),
    Measure.DECLINED: Target(0.03, share=True, at_most=True),
}
TARGETS: dict[tuple[Measure, Corpus], Target] = {
    (Measure.ANSWERABLE, Corpus.DIGESTS): Target(0.95, share=True),
    (Measure.ANSWERABLE, Corpus.ORIGINALS): Target(0.93, share=True),
    **{(measure, corpus): target for measure, target in _EVERYWHERE.items() for corpus in Corpus},
    (Measure.LENGTH, Corpus.DIGESTS): Target(80),
    (Measure.READY, Corpus.DIGESTS): Target(15.0),
    (Measure.P50, Corpus.DIGESTS): Target(0.100),
    (Measure.P95, Corpus.DIGESTS): Target(0.300),
    (Measure.MEMORY, Corpus.DIGESTS): Target(1200 * _MB),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Folders of documents, the questions, and the pages that tell the result."""

    corpora: dict[Corpus, Path]
    golden: Path
    pages: dict[str, Path]  # by language: en, zh

    def questions(self, corpus: Corpus) -> dict[Half, Path]:
        """The files of questions over a corpus; those over the other library lie beside it, all held out."""
        if corpus is Corpus.OTHER:
            return {Half.HELD_OUT: self.corpora[corpus].with_suffix(".jsonl")}
        return {half: self.golden / f"{half}.jsonl" for half in Half}

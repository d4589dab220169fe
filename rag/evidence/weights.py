"""How much each feature of a candidate counts: weights in log-odds, learnt by `bench/weigh.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.types import UnitKind
from rag.evidence.types import Candidate

_FEW = 15  # characters; what is shorter seldom says anything


def is_short(candidate: Candidate) -> bool:
    """Whether so little stands there that it seldom says anything."""
    return len(candidate.reading) < _FEW


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the features, by name; of kinds of unit; of a cell (of many few are meant); of what is short."""

    features: Mapping[str, float]
    kinds: Mapping[UnitKind, float]
    cell: float
    short: float

    def score(self, candidate: Candidate) -> float:
        """Log-odds that the candidate answers, against the other candidates of its question."""
        known = candidate.features
        total: float = sum([weight * getattr(known, name) for name, weight in self.features.items()])
        total += self.kinds.get(candidate.unit.kind, 0.0) + (self.cell if candidate.column >= 0 else 0.0)
        return total + (self.short if is_short(candidate) else 0.0)


# a heading names what follows and a note what stands before: neither says it
UNREAD = Weights(
    features={
        "similarity": 4.2,
        "words": 0.9,
        "passage": 1.5,
        "covered": 1.7,
        "carried": 3.5,
        "neighbours": 2.4,
        "value": 2.3,
        "year": 0.8,
        "owner": 0.0,
        "subject": 0.6,
    },
    kinds={UnitKind.HEADING: -1.5, UnitKind.NOTE: -1.1, UnitKind.ITEM: 0.4, UnitKind.FIELD: 0.1},
    cell=-1.8,
    short=-0.7,
)

# learnt on `bench/calibration`, libraries that the reader never saw
READ = Weights(
    features={
        "similarity": 1.6,
        "words": 0.6,
        "passage": 2.1,
        "covered": -0.2,
        "carried": 1.9,
        "neighbours": 1.5,
        "value": 0.9,
        "year": 0.4,
        "owner": 0.3,
        "subject": 0.0,
        "reader": 0.71,
    },
    kinds={UnitKind.HEADING: -0.8, UnitKind.NOTE: -0.3, UnitKind.ITEM: 0.3, UnitKind.FIELD: 0.5},
    cell=-1.9,
    short=-0.3,
)

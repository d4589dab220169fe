"""What those who tune the bot look at: the candidates and the verdict of each development question, over each corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.plan import ORIGINALS, ROOT
from rag import assemble
from rag.bot import Bot
from rag.case import case_of
from rag.decline import objected
from rag.enough import Signals, signals
from rag.evaluate import Expected, questions
from rag.evidence.features import Asked
from rag.evidence.types import Candidate
from rag.reasons import Verdict
from rag.settings import Settings

__all__ = ["CALIBRATION", "CORPORA", "GOLDEN", "Look", "looks"]

CORPORA = (ROOT / "seeds", ORIGINALS)
CALIBRATION = ROOT / "bench" / "calibration"  # libraries with questions beside them, which the reader never saw
GOLDEN = ROOT / "bench" / "golden" / "development.jsonl"


@dataclass(frozen=True, slots=True)
class Look:
    """One question over one corpus: what might answer, best first, and whether that was thought enough."""

    corpus: str
    expected: Expected
    question: str  # as it stands alone
    candidates: tuple[Candidate, ...]
    verdict: Verdict
    signals: Signals | None  # None where there is nothing to judge by


def looks(
    corpora: Sequence[Path], golden: Path, data_dirs: Mapping[Path, Path] | None = None, reranker: str = "bundled"
) -> Iterator[Look]:
    """Every question over every corpus that exists; where `data_dirs` names no index, one is built for the moment."""
    asked = questions(golden)
    for corpus in filter(Path.is_dir, corpora):
        with ExitStack() as stack:
            known = (data_dirs or {}).get(corpus)
            folder = known or Path(stack.enter_context(TemporaryDirectory(prefix="yanda-bench-")))
            settings = Settings(data_dir=folder, reranker=reranker)
            if known is None:
                assemble.build_index(settings, (corpus,))
            yield from _over(corpus, assemble.bot(settings), asked)


def _over(corpus: Path, bot: Bot, asked: Sequence[Expected]) -> Iterator[Look]:
    for expected in asked:
        # the very steps that answering takes, so that what is tuned is what answers
        _, alone, read = bot._understood(expected.ask)
        look = bot._look(read, expected.ask)
        yield Look(
            corpus.as_posix(), expected, alone, look.candidates, look.verdict, _signals(bot, look.asked, look.candidates)
        )


def _signals(bot: Bot, asked: Asked, candidates: Sequence[Candidate]) -> Signals | None:
    if not candidates or not asked.weights or candidates[0].features is None:
        return None
    case = case_of(asked, candidates, candidates[0].features, bot._misprints)
    return signals(case, candidates, objected(case, candidates))

"""What those who tune the bot look at: the candidates and the verdict of each development question, over each corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.plan import ORIGINALS, ROOT
from rag import assemble, followup, question
from rag.bot import Bot
from rag.decline import Verdict
from rag.evaluate import Expected, questions
from rag.evidence.types import Candidate
from rag.settings import Settings

__all__ = ["CORPORA", "GOLDEN", "Look", "looks"]

CORPORA = (ROOT / "seeds", ORIGINALS)
GOLDEN = ROOT / "bench" / "golden" / "development.jsonl"


@dataclass(frozen=True, slots=True)
class Look:
    """One question over one corpus: what might answer, best first, and whether that was thought enough."""

    corpus: str
    expected: Expected
    candidates: tuple[Candidate, ...]
    verdict: Verdict


def looks(corpora: Sequence[Path], golden: Path, data_dirs: Mapping[Path, Path] | None = None) -> Iterator[Look]:
    """Every question over every corpus that exists; where `data_dirs` names no index, one is built for the moment."""
    asked = questions(golden)
    for corpus in filter(Path.is_dir, corpora):
        with ExitStack() as stack:
            known = (data_dirs or {}).get(corpus)
            folder = known or Path(stack.enter_context(TemporaryDirectory(prefix="yanda-bench-")))
            settings = Settings(data_dir=folder)
            if known is None:
                assemble.build_index(settings, (corpus,))
            yield from _over(corpus, assemble.bot(settings), asked)


def _over(corpus: Path, bot: Bot, asked: Sequence[Expected]) -> Iterator[Look]:
    for expected in asked:
        alone = followup.standalone(expected.ask.question, expected.ask.history, bot)
        # the very step that answering takes, so that what is tuned is what answers
        look = bot._look(question.read(alone), expected.ask)
        yield Look(corpus.as_posix(), expected, look.candidates, look.verdict)

"""★ Start here: how a question becomes an answer, read as a table of contents."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from index.library import Library
from index.types import Hit
from rag import decline, followup, question
from rag.composers import quote
from rag.evidence import select
from rag.evidence.candidates import gather
from rag.evidence.features import Asked, scored
from rag.evidence.types import Candidate, Evidence
from rag.matching import Misprints
from rag.types import Answer, Ask, Delta, Event, Found, Stage

_NEAREST = 3


class Bot:
    """Answers questions from one library, without any model that writes; safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._misprints = Misprints(document.text for document in library.documents.values())

    def answer(self, ask: Ask) -> Answer:
        """The answer with its sources, or a refusal that shows what is nearest."""
        *_, last = self.steps(ask)
        assert isinstance(last, Answer)
        return last

    def steps(self, ask: Ask) -> Iterator[Event]:
        """The same, told as it happens; the last event is the answer."""
        started = time.perf_counter()
        yield Stage("understand")
        alone = followup.standalone(ask.question, ask.history)
        asked = Asked.of(question.read(alone), self.library, self._misprints)
        yield Stage("search")
        pool = gather(self.library, alone, ask.documents)
        candidates = scored(asked, pool)
        searched = time.perf_counter()
        yield Stage("read")
        verdict = decline.judge(asked, candidates, self.library, self._misprints)
        evidence = self._evidence(asked, candidates, ask) if verdict.enough else ()
        yield Stage("compose")
        answer = self._said(ask, alone, asked, evidence) if evidence else self._refused(ask, alone, asked, pool.hits, verdict)
        timings = {"search": _ms(searched - started), "total": _ms(time.perf_counter() - started)}
        if answer.citations:
            yield Found(answer.citations)
        yield from (Delta(words) for words in _chunks(answer.text))
        yield replace(answer, timings_ms=timings, index=self.library.fingerprint)

    def search(self, words: str, k: int, documents: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """The k best passages for some words."""
        return self.library.search(words, k, documents)

    def examples(self) -> tuple[str, ...]:
        """Three questions that the library can answer."""
        return ()

    def _evidence(self, asked: Asked, candidates: tuple[Candidate, ...], ask: Ask) -> tuple[Evidence, ...]:
        whole = select.choose(asked, candidates, self.library)
        return (whole,) if whole else ()

    def _said(self, ask: Ask, alone: str, asked: Asked, evidence: tuple[Evidence, ...]) -> Answer:
        said = quote.compose(evidence)
        return Answer(ask.question, alone, True, said.text, said.citations, said.figures)

    def _refused(self, ask: Ask, alone: str, asked: Asked, hits: tuple[Hit, ...], verdict: decline.Verdict) -> Answer:
        text = "资料里没有找到能回答这个问题的内容。"
        return Answer(ask.question, alone, False, text, nearest=tuple(hit.passage for hit in hits[:_NEAREST]))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _chunks(text: str, size: int = 12) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]

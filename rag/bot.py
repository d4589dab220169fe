"""★ Start here: how a question becomes an answer, read as a table of contents."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.library import Library
from index.types import Hit
from rag import decline, followup, question, refusal, suggest
from rag.composers import quote
from rag.evidence import select
from rag.evidence.candidates import Opened, gather
from rag.evidence.features import Asked, scored
from rag.evidence.types import Candidate, Evidence
from rag.matching import Misprints
from rag.owners import Owners
from rag.question import Question
from rag.types import Answer, Ask, Delta, Event, Found, Stage


@dataclass(frozen=True, slots=True)
class _Look:
    """What one question, or one part of it, found."""

    asked: Asked
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    verdict: decline.Verdict


class Bot:
    """Answers questions from one library, without any model that writes; safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._opened = Opened(library)
        self._misprints = Misprints(document.text for document in library.documents.values())
        self._owners = Owners(document.text for document in library.documents.values())
        self._examples: tuple[str, ...] | None = None

    def answer(self, ask: Ask) -> Answer:
        """The answer with its sources, or a refusal that shows what is nearest."""
        *_, last = self.steps(ask)
        if not isinstance(last, Answer):
            raise TypeError(f"the last event is {type(last).__name__}, not the answer")
        return last

    def steps(self, ask: Ask) -> Iterator[Event]:
        """The same, told as it happens; the last event is the answer."""
        started = time.perf_counter()
        yield Stage("understand")
        alone = followup.standalone(ask.question, ask.history, self)
        asked = question.read(alone)
        yield Stage("search")
        whole = self._look(asked, ask)
        searched = time.perf_counter()
        yield Stage("read")
        evidence = self._evidence(whole, ask)
        yield Stage("compose")
        answer = _said(ask, alone, evidence) if evidence else refusal.refused(ask, alone, whole.verdict, whole.hits)
        if answer.citations:
            yield Found(answer.citations)
        yield from (Delta(words) for words in _chunks(answer.text))
        timings = {"search": _ms(searched - started), "total": _ms(time.perf_counter() - started)}
        suggestions = suggest.beside(self.library, answer)
        yield replace(answer, timings_ms=timings, suggestions=suggestions, index=self.library.fingerprint)

    def search(self, words: str, k: int, documents: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """The k best passages for some words."""
        return self.library.search(words, k, documents)

    def examples(self) -> tuple[str, ...]:
        """Three questions that the library can answer, made from its own headings and figures."""
        if self._examples is None:
            self._examples = suggest.examples(self.library, lambda asked: self.answer(Ask(asked)).answered)
        return self._examples

    def alike(self, one: str, other: str) -> float:
        """How near two phrases are in meaning: the cosine of their embeddings."""
        return float(self.library.embed(one) @ self.library.embed(other))

    def known(self, phrase: str) -> bool:
        """Whether the folded phrase stands somewhere in the library."""
        return self._misprints.stands(phrase)

    def _look(self, asked: Question, ask: Ask) -> _Look:
        known = Asked.of(asked, self.library, self._misprints, self._owners)
        pool = gather(self._opened, asked.text, ask.documents)
        candidates = scored(known, pool)
        return _Look(known, pool.hits, candidates, decline.judge(known, candidates, self._misprints))

    def _evidence(self, whole: _Look, ask: Ask) -> tuple[Evidence, ...]:
        """What answers the question: in one piece, or part by part where it has several."""
        single = select.choose(whole.asked, whole.candidates, self.library) if whole.verdict.enough else None
        if single and select.covers_all(whole.asked.question, single):
            return (single,)
        parts = [self._look(part, ask) for part in question.read_parts(whole.asked.question)]
        found = [select.choose(p.asked, p.candidates, self.library, most=1) for p in parts if p.verdict.enough]
        kept = tuple(piece for piece in found if piece)
        if not single and len(kept) < len(parts):
            return ()  # half an answer to a question that was declined as a whole
        return kept if len(kept) > 1 or (kept and not single) else (single,) if single else ()


def _said(ask: Ask, alone: str, evidence: tuple[Evidence, ...]) -> Answer:
    said = quote.compose(evidence)
    notes = (f"按上文补全为：{alone}",) if alone != ask.question else ()
    return Answer(ask.question, alone, True, said.text, said.citations, said.figures, notes=notes)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _chunks(text: str, size: int = 12) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]

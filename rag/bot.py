"""★ Start here: how a question becomes an answer, read as a table of contents."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial

from index.chinese.fold import fold
from index.library import Library
from index.rerankers import Reranker
from index.types import Hit, Passage
from rag import charts, decline, followups, question, refusal
from rag.composers import Brief, Composer, Said
from rag.composers.quote import Quote
from rag.english import in_english
from rag.evidence import select
from rag.evidence.candidates import Opened, gather
from rag.evidence.features import Asked, led_by_value, scored, weighed
from rag.evidence.reading import reread
from rag.evidence.sides import with_difference
from rag.evidence.tables import calculated
from rag.evidence.together import together
from rag.evidence.types import Candidate, Evidence
from rag.evidence.weights import READ
from rag.figure_notes import noted
from rag.matching import Misprints
from rag.names.book import Names
from rag.names.heard import is_english, mended, notes
from rag.owners import Owners
from rag.plan import Planner
from rag.question import Kind, Question
from rag.reasons import NO_MATTER_HOW_LIKELY, NO_MATTER_OF_WORDING, Reason, Verdict
from rag.suggest.near import beside
from rag.suggest.types import Suggested
from rag.told import Told
from rag.types import Answer, Ask, Event, Stage
from rag.wording import in_library_words, standard
from rag.years import with_years, years_known


@dataclass(frozen=True, slots=True)
class _Look:
    """What one question, or one part of it, found."""

    asked: Asked
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    verdict: Verdict


class Bot:
    """Answers questions from one library, in the words of its composer; safe to use from several threads."""

    def __init__(
        self, library: Library, reader: Reranker | None = None, composer: Composer | None = None, planner: Planner | None = None
    ) -> None:
        self.library = library
        self._reader = reader
        self._composer: Composer = composer or Quote()
        self._planner = planner
        self._opened = Opened(library)
        self._misprints = Misprints(document.text for document in library.documents.values())
        self._owners = Owners(document.text for document in library.documents.values())
        self.names = Names(library, self._owners.names)
        self.ear = followups.Hearing(library, self.names.known)
        # found by whoever has the time to try them: rag/suggest/tried.py
        self.suggested: tuple[Suggested, ...] = ()

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
        heard, alone, asked = self._understood(ask)
        yield Stage("search")
        whole = self._look(asked, ask)
        searched = time.perf_counter()
        yield Stage("read")
        evidence = self._evidence(whole, ask)
        if not evidence and self._planner:
            alone, whole, evidence = self._replanned(self._planner, heard, alone, whole)
        chosen = time.perf_counter()
        yield Stage("compose")
        english = partial(in_english, name=self.names.in_latin) if asked.english else None
        told = Told()
        if evidence:
            brief = Brief(alone, evidence, _passages(whole), self.library, english)
            said = yield from told.all_of(self._composer.compose(brief))
            answer = noted(_answer(ask, heard, alone, said), whole.asked, evidence, self.library)
        else:
            known = years_known(whole.asked, whole.candidates, self.library) if whole.verdict.reason is Reason.YEAR else ()
            answer = refusal.refused(ask, alone, whole.verdict, whole.hits, english, known)
        answer = replace(answer, notes=(*notes(ask, alone, self.names, asked.english), *answer.notes))
        yield from told.rest_of(answer)
        done = time.perf_counter()
        spent = {"search": searched - started, "read": chosen - searched, "compose": done - chosen, "total": done - started}
        timings = {stage: _ms(seconds) for stage, seconds in spent.items()}
        suggestions = beside(self.suggested, ask, answer)
        yield replace(answer, timings_ms=timings, suggestions=suggestions, index=self.library.fingerprint)

    def quoting(self) -> Bot:
        """The same bot where no server is asked: every answer is made of the documents' own words."""
        same = copy(self)
        same._composer, same._planner = Quote(), None
        return same

    def search(self, words: str, k: int, documents: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        """The k best passages for some words."""
        return self.library.search(words, k, documents)

    def examples(self, documents: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Questions that have been tried, about these documents or all; any few from the front are of several kinds."""
        return tuple(one.question for one in self.suggested if not documents or one.document in documents)

    def _understood(self, ask: Ask) -> tuple[Ask, str, Question]:
        """What was sent with slips mended, the question as it stands alone, and that one read in the library's names."""
        heard = mended(ask, self.names)
        alone = followups.standalone(heard.question, heard.history, self.ear)
        return heard, alone, self._read(alone)

    def _read(self, alone: str) -> Question:
        return replace(question.read(self.names.read(standard(alone)).meant), english=is_english(alone, self.names))

    def _look(self, asked: Question, ask: Ask) -> _Look:
        known = Asked.of(asked, self.library, self._misprints, self._owners)
        known = replace(known, misprinted=(*self.names.others(asked.text), *known.misprinted))
        pool = gather(self._opened, asked.text, ask.documents, self.names.variants(asked.text))
        candidates = scored(known, pool)
        if self._reader:
            worded = in_library_words(asked, self._misprints.times)
            candidates = weighed(reread(worded, candidates, self._reader), READ)
        candidates = with_years(led_by_value(asked, candidates), self.library)
        return _Look(known, pool.hits, candidates, decline.judge(known, candidates, self._misprints))

    def _evidence(self, whole: _Look, ask: Ask) -> tuple[Evidence, ...]:
        """What answers the question: in one piece, or part by part where it has several."""
        single = None
        if whole.verdict.enough:
            single = select.choose(whole.asked, whole.candidates, self.library)
        elif whole.verdict.reason not in NO_MATTER_HOW_LIKELY:
            single = calculated(whole.asked.question, whole.candidates)  # no statement says what a table gives by reckoning
        if single and select.covers_all(whole.asked.question, single):
            return (single,)
        parts = question.read_parts(whole.asked.question)
        found = self._part_by_part(parts, ask)
        if not single and len(found) < len(parts):
            return ()  # half an answer to a question that was declined as a whole
        kept = with_difference(whole.asked.question, together(found))
        several = len(found) > 1 and (len(kept) > 1 or bool(whole.asked.question.parts))
        return kept if several or not single else (single,)

    def _part_by_part(self, parts: Sequence[Question], ask: Ask) -> list[Evidence]:
        """What answers each part that can be answered; a part may lean on the name that answers the one before it."""
        found: list[Evidence] = []
        name = ""
        for part in parts:
            look = self._look(question.after(part, name), ask)
            piece = select.choose(look.asked, look.candidates, self.library, most=1) if look.verdict.enough else None
            found += [piece] if piece else []
            name = self._named(look.asked.question, piece) if piece and look.asked.question.kind is Kind.WHO else ""
        return found

    def _named(self, asked: Question, piece: Evidence) -> str:
        """The name that the evidence gives: the one that leads it, else the first in it that the library knows."""
        said, text = fold(piece.claims[0].quote), fold(asked.text)
        known = {said.find(name): name for name in sorted(self.names.known, key=len) if name in said and name not in text}
        return piece.headline or (known[min(known)] if known else "")

    def _replanned(self, planner: Planner, heard: Ask, alone: str, whole: _Look) -> tuple[str, _Look, tuple[Evidence, ...]]:
        """One more round with the questions that a planner reads; as it was where not each of them has an answer."""
        if whole.verdict.reason in NO_MATTER_OF_WORDING:
            return alone, whole, ()
        asked = planner.questions(alone, heard.history, english=whole.asked.question.english)
        looks = [self._look(self._read(one), heard) for one in asked]
        found = [self._evidence(look, heard) for look in looks]
        if not looks or not all(found):
            return alone, whole, ()
        return asked[0] if len(asked) == 1 else alone, looks[0], tuple(piece for pieces in found for piece in pieces)


def _answer(ask: Ask, heard: Ask, alone: str, said: Said) -> Answer:
    completed = (f"按上文补全为：{alone}",) if alone != heard.question else ()
    return Answer(
        ask.question,
        alone,
        True,
        said.text,
        said.citations,
        said.figures,
        chart=charts.drawn(said.citations),
        composer=said.composer,
        notes=(*completed, *said.notes),
        struck=said.struck,
    )


def _passages(look: _Look) -> tuple[Passage, ...]:
    """The passages of what was found, those with the best candidates first."""
    found = (*(candidate.unit.passage for candidate in look.candidates), *(hit.passage for hit in look.hits))
    return tuple({id(passage): passage for passage in found}.values())


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)

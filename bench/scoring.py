"""One set, asked of 研答 and of the baselines: every answer marked, every column averaged."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bench.asked import AskedSet, Posed
from bench.baselines import Reply, System, rankings, replies
from bench.marks import SHORT, Needs, covered, figures_right, found, ndcg, overlap, recall, shown
from index.types import Document, Passage
from rag.bot import Bot
from rag.types import Answer, Ask

__all__ = ["Column", "Row", "score"]


class Column(StrEnum):
    """What is measured; all but lengths are shares from 0 to 1."""

    RECALL_1 = "recall@1"
    RECALL_5 = "recall@5"
    RECALL_10 = "recall@10"
    NDCG_10 = "ndcg@10"
    FOUND_SHORT = "found_short"
    FOUND = "found"
    COVERED_SHORT = "covered_short"
    LENGTH = "length"
    FIGURES = "figures"
    FIGURE_LENGTH = "figure_length"
    CITED_PRECISION = "cited_precision"
    CITED_RECALL = "cited_recall"
    DECLINED = "declined"
    REFUSED = "refused"
    REFUSED_STRANGERS = "refused_strangers"
    REFUSAL_PRECISION = "refusal_precision"


_MEDIANS = (Column.LENGTH, Column.FIGURE_LENGTH)
Marks = Mapping[Column, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """How one system did on one set, over the questions that have an answer: each column that applies."""

    set: str
    system: System
    asked: int
    verbatim: int  # of these, so many can be answered by a quotation: those that are looked for in the reply
    values: Mapping[Column, float]


def score(asked: AskedSet, bot: Bot) -> tuple[Row, ...]:
    """The rows of every system, 研答 first."""
    marks: dict[System, list[Marks]] = defaultdict(list)
    judge = _Judge(asked, bot)
    answerable = [posed for posed in asked.posed if not posed.refuse]
    for posed in answerable:
        for system, marked in judge.marks(posed).items():
            marks[system].append(marked)
    marks[System.YANDA] += judge.refusals()
    verbatim = sum(posed.verbatim for posed in answerable)
    return tuple(Row(asked.name, system, len(answerable), verbatim, _averaged(marks[system])) for system in System)


def _averaged(marks: Sequence[Marks]) -> Mapping[Column, float]:
    values = {column: [value for one in marks if (value := one.get(column)) is not None] for column in Column}
    averaged = {
        column: float(statistics.median(known) if column in _MEDIANS else statistics.fmean(known))
        for column, known in values.items()
        if known
    }
    if Column.REFUSED in averaged:
        right, wrong = sum(values[Column.REFUSED]), sum(values[Column.DECLINED])
        averaged[Column.REFUSAL_PRECISION] = right / (right + wrong) if right + wrong else 1.0
    return averaged


class _Judge:
    """Marks answers by what their question wanted."""

    def __init__(self, asked: AskedSet, bot: Bot) -> None:
        self._asked, self._bot = asked, bot
        self._ids = {document.meta.source: document.id for document in bot.library.documents.values()}

    def marks(self, posed: Posed) -> Mapping[System, Marks]:
        """The marks of each system for a question that has an answer."""
        own = tuple(self._ids[file] for file in sorted(posed.sources) if file in self._ids)
        ask = replace(posed.ask, documents=own) if self._asked.within else posed.ask
        answer = self._bot.answer(ask)
        # a follow-up is completed for the baselines as well: what they are compared in is what comes after
        alone = Ask(answer.standalone_question, documents=ask.documents)
        ranked = rankings(self._bot, alone)
        said = {System.YANDA: _reply(answer), **replies(self._bot.library, alone.question, ranked)}
        there = self._there(posed)
        return {
            system: {**self._ranked(posed, ranked[system], there), **self._said(posed, said[system])}
            | ({Column.DECLINED: float(not answer.answered)} if system is System.YANDA else {})
            for system in System
        }

    def refusals(self) -> Iterable[Marks]:
        """Marks for questions without an answer: those of the set, or its own with their paragraphs taken out; strangers."""
        for posed in self._asked.posed:
            if posed.refuse:
                yield {Column.REFUSED: float(not self._bot.answer(posed.ask).answered)}
            elif self._asked.by_document and not self._asked.within:
                others = tuple(name for file, name in self._ids.items() if file not in posed.sources)
                yield {Column.REFUSED: float(not self._bot.answer(replace(posed.ask, documents=others)).answered)}
        for question in self._asked.strangers:
            yield {Column.REFUSED_STRANGERS: float(not self._bot.answer(Ask(question)).answered)}

    def _there(self, posed: Posed) -> tuple[Needs, ...]:
        """What each text that could be ranked brings, those left out that bring nothing."""
        if self._asked.within:
            return ()
        if self._asked.by_document:
            return tuple(frozenset({source}) for source in posed.sources)
        return tuple(needs for passage in self._bot.library.passages if (needs := self._needs(posed, passage)))

    def _ranked(self, posed: Posed, passages: Sequence[Passage], there: Sequence[Needs]) -> Marks:
        wanted: Needs = frozenset().union(*there)
        if not wanted:
            return {}
        if self._asked.by_document:
            sources = dict.fromkeys(passage.document.meta.source for passage in passages)
            brought = [frozenset({source} & posed.sources) for source in sources]
        else:
            brought = [self._needs(posed, passage) for passage in passages]
        recalls = {Column.RECALL_1: 1, Column.RECALL_5: 5, Column.RECALL_10: 10}
        return {Column.NDCG_10: ndcg(brought, there)} | {column: recall(brought, wanted, k) for column, k in recalls.items()}

    def _needs(self, posed: Posed, passage: Passage) -> Needs:
        """Which of the groups that are wanted stand in the passage, where its document is one that answers."""
        if posed.sources and passage.document.meta.source not in posed.sources:
            return frozenset()
        return frozenset(group[0] for group in posed.wanted if found((group,), passage.text))

    def _said(self, posed: Posed, reply: Reply) -> Marks:
        text = shown(reply.text)
        right = figures_right(posed.wanted, text)
        precision, carried = _cited(posed, reply, self._asked.by_document)
        return {
            Column.FOUND_SHORT: float(found(posed.wanted, text, SHORT)) if posed.verbatim else None,
            Column.FOUND: float(found(posed.wanted, text)) if posed.verbatim else None,
            Column.COVERED_SHORT: covered(posed.wanted, text, SHORT),
            Column.LENGTH: len(text) if text else None,
            Column.FIGURES: None if right is None or not posed.verbatim else float(right),
            Column.FIGURE_LENGTH: len(text) if text and right is not None else None,
            Column.CITED_PRECISION: precision,
            Column.CITED_RECALL: carried,
        }


def _reply(answer: Answer) -> Reply:
    if not answer.answered:
        return Reply("")
    return Reply(answer.text, tuple((citation.passage.document, citation.span) for citation in answer.citations))


def _cited(posed: Posed, reply: Reply, by_document: bool) -> tuple[float | None, float]:
    """Precision, None where nothing is cited, and recall: by evidence in characters, by paragraph, or by what quotes carry."""
    if posed.evidences:
        return _against_evidence(posed, reply)
    good = [(document, span) for document, span in reply.quotes if not posed.sources or document.meta.source in posed.sources]
    if by_document:
        carried = len({document.meta.source for document, _ in good}) / len(posed.sources)
    else:
        quotes = "\n".join(span.of(document.text) for document, span in good)
        carried = sum(found((group,), quotes) for group in posed.wanted) / max(len(posed.wanted), 1)
    return (len(good) / len(reply.quotes) if reply.quotes else None), carried


def _against_evidence(posed: Posed, reply: Reply) -> tuple[float | None, float]:
    """Against the annotator who agrees best; an evidence that the parser changed beyond finding is left out."""
    cited = {place for _, span in reply.quotes for place in range(span.start, span.end)}
    if not cited:
        return None, 0.0
    document = reply.quotes[0][0]
    known = [characters for evidence in posed.evidences if (characters := _characters(document, evidence))]
    agreed = [overlap(cited, characters) for characters in known]
    return max(agreed, key=lambda one: one[0] * one[1] / (sum(one) or 1.0), default=(None, 0.0))


def _characters(document: Document, evidence: str) -> frozenset[int]:
    """Where the evidence stands in the document, whatever white space is in either; empty where it does not."""
    letters = [re.escape(letter) for letter in evidence if not letter.isspace()]
    place = re.search(r"\s*".join(letters), document.text)
    return frozenset(range(place.start(), place.end())) if place else frozenset()

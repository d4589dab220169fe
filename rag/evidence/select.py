"""Which evidence is said: the best table cells, list or statements, and what covers the parts still open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.library import Library
from index.types import Span, UnitKind
from rag.evidence.defining import defined_first
from rag.evidence.features import Asked
from rag.evidence.inline_list import as_list
from rag.evidence.leading import figure_of
from rag.evidence.lists import enumeration, introduces, list_evidence, numbered_steps
from rag.evidence.naming import name_of
from rag.evidence.premise import correction
from rag.evidence.shared_list import shared_list
from rag.evidence.summary import overview
from rag.evidence.tables import announces, row_told, table_evidence
from rag.evidence.trim import trimmed
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.evidence.verdict import verdict
from rag.evidence.wanted_list import wants_list
from rag.question import Kind, Question

_MOST = 3  # statements in one answer
_ROOM = 280  # characters they may take together
_NEAR = 2.2  # log-odds that a supporting statement may lie below the best
_LONGEST_RUN = 420  # characters of an enumeration that is quoted whole
_EXPLAINED_ROOM = 230  # characters of a statement with what explains it
_FAR = 3.5  # log-odds that the best statement of another source may lie below the best of all
_INTRODUCED = 1.0  # log-odds that the line before a list may lie below the best statement and still bring its list
_LISTED = frozenset({Kind.LIST, Kind.STEPS, Kind.HOW, Kind.OPEN, Kind.WHY, Kind.SUMMARY})  # that a list may answer unasked
_SEVERAL = re.compile(r"[^，。；：、]{1,14}、[^，。；：、]{1,14}(?:、|和|与|以及|及|等)")
_BEFORE_ENTRIES = 1.5  # log-odds by which a statement that names several things stands before the entries of a list
_SAME = 0.5  # share of character pairs from which two statements say the same


def choose(asked: Asked, candidates: Sequence[Candidate], library: Library, most: int = _MOST) -> Evidence | None:
    """What answers the question, with at most so many statements; None where there are no candidates."""
    if asked.question.sources:
        return _by_source(asked, candidates)
    if asked.question.kind is Kind.SUMMARY and candidates and (told := overview(asked, candidates, library)):
        return told
    if corrected := correction(asked, candidates):
        return corrected
    said = statements(asked, candidates, most)
    if said is None:
        return None
    cells = table_evidence(asked.question, candidates)
    if cells and cells.score >= said.score:
        return cells
    if shared := shared_list(asked, candidates, library):
        return shared
    if said.candidate and wants_list(asked.question) and (counted := as_list(said.candidate)):
        return counted
    leads = said.candidate is not None and introduces(said.candidate) and asked.question.kind in _LISTED
    if wants_list(asked.question) or leads:
        listed = list_evidence(asked, candidates, library)
        if listed and listed.score >= said.score and not _names_them_itself(said, candidates, listed):
            return listed
    steps = numbered_steps(asked, candidates[:_MOST], library) if asked.question.kind is Kind.HOW else None
    if steps and steps.score >= said.score:
        return steps
    near = (candidate for candidate in candidates[:_MOST] if candidate.score >= said.score - _INTRODUCED)
    lead = next(filter(introduces, near), None) if asked.question.kind in _LISTED else None
    listed = list_evidence(asked, (lead,), library) if lead else None
    return listed or (row_told(asked.question, said.candidate) if said.candidate else None) or said


def _names_them_itself(said: Evidence, candidates: Sequence[Candidate], listed: Evidence) -> bool:
    """Whether the best statement, far before any entry of the list, names several things in its own words."""
    best = said.candidate
    if best is None or best is not candidates[0] or not _SEVERAL.search(best.unit.text) or introduces(best):
        return False
    spans = [claim.span for claim in (*listed.claims, *filter(None, [listed.opening]))]
    document = listed.claims[0].passage.document
    held = [
        one.score
        for one in candidates
        if one.unit.document is document and any(span.start <= one.span.start < span.end for span in spans)
    ]
    return best.score > max(held, default=0.0) + _BEFORE_ENTRIES


def _by_source(asked: Asked, candidates: Sequence[Candidate]) -> Evidence | None:
    """The best statement, row or cell of each document that speaks of it."""
    firsts: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.unit.kind is not UnitKind.HEADING and candidate.column < 0 and announces(candidate) is None:
            firsts.setdefault(candidate.unit.document.id, candidate)
    kept = [candidate for candidate in firsts.values() if candidate.score >= candidates[0].score - _FAR][:_MOST]
    claims = tuple(Claim(candidate.unit.passage, trimmed(asked, candidate)) for candidate in kept)
    return Evidence(Shape.STATEMENT, claims, kept[0].score, candidate=kept[0]) if kept else None


def covers_all(question: Question, evidence: Evidence) -> bool:
    """Whether one piece of evidence is enough: the question has no parts, or a table answers both sides of it."""
    if (not question.parts and not question.sides) or evidence.shape is Shape.SUMMARY:
        return True
    return evidence.shape is Shape.CELLS and len(evidence.claims) > 1 and (not question.parts or bool(evidence.closing))


def statements(asked: Asked, candidates: Sequence[Candidate], most: int = _MOST, room: int = _ROOM) -> Evidence | None:
    """The best statement, then those near it that add something, within the room."""
    speaking = [candidate for candidate in candidates if candidate.unit.kind is not UnitKind.HEADING and candidate.column < 0]
    speaking = list(defined_first(asked, speaking))
    if not speaking:
        return None
    chosen: list[tuple[Candidate, Span]] = []
    for candidate in speaking[:12]:
        if len(chosen) == most or (chosen and candidate.score < speaking[0].score - _NEAR):
            break
        span = _span(asked, candidate, whole=not chosen)
        text = span.of(candidate.unit.document.text)
        used = sum(len(s.of(c.unit.document.text)) for c, s in chosen)
        if chosen and (used + len(text) > room or any(_alike(text, s.of(c.unit.document.text)) for c, s in chosen)):
            continue
        chosen.append((candidate, span))
    best = chosen[0][0]
    claims = tuple(Claim(candidate.unit.passage, span) for candidate, span in chosen)
    return Evidence(Shape.STATEMENT, claims, best.score, headline=_leading(asked, best, chosen[0][1], speaking), candidate=best)


def _leading(asked: Asked, best: Candidate, span: Span, ranked: Sequence[Candidate]) -> str:
    """What the answer leads with, where it is sure: a verdict, the name or the figure asked for."""
    said = span.of(best.unit.document.text)
    return verdict(asked, best, said) or name_of(asked, best, said) or figure_of(asked, best, span, ranked[1:_MOST])


def _span(asked: Asked, candidate: Candidate, *, whole: bool) -> Span:
    if whole and not asked.question.numeric:
        run = enumeration(candidate)
        if run != candidate.span and run.end - run.start <= _LONGEST_RUN:
            return run
        if not wants_list(asked.question):
            return _explained(asked, candidate)
    return trimmed(asked, candidate)


def _explained(asked: Asked, candidate: Candidate) -> Span:
    """The statement with as many sentences after it as there is room for: they give the reason or the manner."""
    block, text = candidate.unit.block, candidate.unit.document.text
    if block is None or candidate.unit.kind is not UnitKind.STATEMENT:
        return trimmed(asked, candidate)
    end = candidate.span.end
    for span in sentences(text, block.span):
        if span.start >= end and span.end - candidate.span.start <= _EXPLAINED_ROOM:
            end = span.end
        elif span.start >= end:
            break
    return Span(candidate.span.start, end) if end - candidate.span.start <= _EXPLAINED_ROOM else trimmed(asked, candidate)


def _alike(one: str, other: str) -> bool:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(min(len(first), len(second)), 1) > _SAME


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"\W", "", fold(text))
    return {bare[i : i + 2] for i in range(len(bare) - 1)}

"""How does an LLM write the answer and still say nothing that the sources do not? Every sentence passes the gate first."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing

from index.chinese.numbers import numbers
from rag.composers import prompt, quote, wording
from rag.composers.calls import LlmError, Message, Why
from rag.composers.llm import Llm
from rag.composers.missing import missing
from rag.composers.outward import Forbidden, Outward, letters, tidied
from rag.composers.pointing import pointed
from rag.composers.sheet import ROOM, Sheet, sheet
from rag.composers.shown import MARKER, Shown
from rag.composers.types import Brief, Said
from rag.types import Delta, Found, Struck
from rag.verify import Gate, Sentences

__all__ = ["Guarded"]

_MOST = 3000  # characters of an answer; what follows is not read
_LONGEST = 800  # characters without the end of a sentence
_ROUNDS = 3  # sentences said again that end it
_UNFINISHED = frozenset({"length", "content_filter"})  # ends after which the last sentence is not whole


class Guarded:
    """Composes with a model; where it fails, or says nothing that passes the gate, the documents' own words answer.

    What has been shown stays. Where a model broke off, or had sentences struck, those parts of the quoting answer follow that
    rest on words not cited yet.
    """

    def __init__(self, llm: Llm, room: int = ROOM) -> None:
        self._llm, self._room = llm, room

    def compose(self, brief: Brief) -> Iterator[Found | Delta | Said]:
        quoted = quote.compose(brief.evidence, brief.english)
        yield Found(quoted.citations)  # there is something to read while the model is thinking
        evidence = sheet(brief, quoted, self._room)
        english = brief.english is not None
        draft = _Draft(brief.question, evidence, english=english)
        asked = prompt.messages(brief.question, evidence, quoted.text, english=english)
        trouble = ""
        try:
            with closing(_sentences(self._llm, asked)) as sentences:
                for sentence in sentences:
                    yield from draft.add(sentence)
        except LlmError as error:
            trouble = wording.failure(error, begun=bool(draft.shown.text), english=english)
        if not draft.shown.text:
            kept = trouble or (wording.DECLINED if draft.declined else wording.NOTHING_PASSED)[english]
            yield Said(quoted.text, quoted.citations, quoted.figures, (kept,), tuple(draft.struck))
            return
        notes = [trouble] if trouble else []
        if trouble or draft.struck:
            rest = tuple(missing(brief, quoted, draft.shown.text, draft.shown.citations))
            notes += [wording.COMPLETED[english]] if rest else []
            for part in rest:
                yield from draft.shown.add(f"\n\n{part}")
        yield _said(draft, tuple(notes))


class _Draft:
    """An answer that grows by the sentences that may be shown, from the first that the model itself got right."""

    def __init__(self, question: str, evidence: Sheet, *, english: bool) -> None:
        self.shown = Shown(evidence.citations)
        self.struck: list[Struck] = []
        self.declined = False
        self._english = english
        self._gate = Gate(evidence.citations, question, english=english)
        self._evidence = evidence
        self._outward = Outward(prompt.instructions(english=english), question, evidence, english=english)
        self._held: list[
            tuple[str, str]
        ] = []  # what leads over, or was repaired, before there is a sentence of the model's own
        self._begun = False
        self._again = 0

    def add(self, sentence: str) -> Iterator[Found | Delta]:
        """The sentence as far as it may be shown; LlmError where the model only repeats itself."""
        text = tidied(sentence)
        if prompt.declines(text):
            self.declined = True
            return
        allowed = self._allowed(text)
        self._held.append((allowed, text))
        self._begun = self._begun or (bool(MARKER.search(allowed)) and _is_own(allowed, text))
        while self._begun and self._held:
            allowed, text = self._held.pop(0)
            if allowed.strip():
                yield from self.shown.add(allowed)
            else:
                self.shown.skip(text)

    def _allowed(self, text: str) -> str:
        checked = self._gate.check(text)
        # what is left of a sentence without its link is no sentence
        why = Forbidden.LINK if self._outward.leads_away(text) else self._outward.why_not(checked.text)
        if why is None:
            self.struck += checked.struck
            return pointed(checked.text, self._evidence) if _follows(checked.text, text) else ""
        self.struck.append(Struck(text.strip(), wording.struck(why, english=self._english)))
        self._again += why is Forbidden.REPEATED
        if self._again >= _ROUNDS:
            raise LlmError(Why.ENDLESS)
        return ""


def _is_own(text: str, written: str) -> bool:
    """Whether the words that may be shown are the model's."""
    return letters(text) in letters(written)


def _follows(text: str, written: str) -> bool:
    """Whether what may be shown is the model's, or else the words of a statement that its sentence named."""
    return _is_own(text, written) or bool({*MARKER.findall(text)} & {*MARKER.findall(written)})


def _sentences(llm: Llm, asked: Sequence[Message]) -> Generator[str]:
    """The sentences of an answer as soon as they are whole; one that was cut off is none."""
    cut = Sentences()
    size = since = 0
    end = ""
    with closing(llm.stream(asked)) as pieces:
        for piece in pieces:
            size, since, end = size + len(piece.text), since + len(piece.text), end or piece.end
            for sentence in cut.feed(piece.text):
                since = 0
                yield sentence
            if size > _MOST or since > _LONGEST:
                raise LlmError(Why.ENDLESS)
    if end in _UNFINISHED:
        raise LlmError(Why.BROKEN)
    yield from cut.close()


def _said(draft: _Draft, notes: tuple[str, ...]) -> Said:
    shown = draft.shown
    values = {number.value for number in numbers(shown.text)}
    figures = tuple(figure for figure in quote.figures(shown.citations) if figure.value in values)
    return Said(shown.text, shown.citations, figures, notes, tuple(draft.struck), composer="llm")

"""⑥ May a sentence be shown? Every marker, figure, unit, year, name and direction against its citation, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from rag.types import Citation, Struck
from rag.verifying.arithmetic import sums
from rag.verifying.claim import Claim
from rag.verifying.connecting import connects, is_heading, says_nothing_is_there
from rag.verifying.copied import miscopied
from rag.verifying.coverage_check import coverage
from rag.verifying.date_check import dates
from rag.verifying.direction_check import directions
from rag.verifying.faults import Fault, Wrong
from rag.verifying.figure_check import figures
from rag.verifying.grounds import Grounds, grounds
from rag.verifying.name_check import names
from rag.verifying.order_check import out_of_order
from rag.verifying.plain import Piece, piece_of, plain
from rag.verifying.repair import own_words
from rag.verifying.replaced import replaced
from rag.verifying.splitting import Sentences, split
from rag.verifying.support import Support, told

__all__ = ["Checked", "Gate", "Sentences", "split"]

_PAIRED = 5  # passages from which two are tried together
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")
_MARKERS = re.compile(r"(?:\[\d{1,3}\])+")


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be shown of a sentence, empty where nothing may, and what was taken out or replaced, with the reason."""

    text: str
    struck: tuple[Struck, ...] = ()


class Gate:
    """Lets a sentence through once its marked citations carry it; one gate an answer, its sentences in order."""

    def __init__(self, citations: Sequence[Citation], question: str, *, english: bool = False) -> None:
        self._question = question
        self._english = english
        self._grounds = {citation.n: grounds(citation) for citation in citations}
        self._allowed = tuple(citation.url for citation in citations)
        self._instead: set[tuple[int, int]] = set()
        self._led = ""  # the lead-in of the list that is being written
        self._header = ""  # the first row of a table, until it is known whether it heads one
        self._fenced = False

    def check(self, sentence: str) -> Checked:
        """One sentence, list item, heading or table row of Markdown; `text` ends with the white space that it came with."""
        if _FENCE.match(sentence) or self._fenced:
            self._fenced ^= bool(_FENCE.match(sentence))
            return self._struck(sentence, Fault(Wrong.CODE))
        piece = piece_of(sentence, self._allowed)
        taken = tuple(Struck(words, Fault(Wrong.LINK).why(english=self._english)) for words in piece.taken)
        if not re.search(r"\w", piece.said):
            return Checked("" if taken else sentence, taken)
        checked = self._row(piece) if piece.shown.lstrip().startswith("|") else self._checked(piece)
        return Checked(checked.text, (*taken, *checked.struck))

    def _checked(self, piece: Piece) -> Checked:
        if piece.said.rstrip().endswith(("？", "?")):
            return self._struck(piece.shown, Fault(Wrong.ORDER))  # small models say the question again
        claim = Claim(piece.said, self._question, self._led if piece.lead.strip() else "")
        if not piece.markers and self._needs_none(piece, claim):
            self._led = piece.said.rstrip("：:* ") if piece.said.endswith(("：", ":")) or "#" in piece.lead else self._led
            return Checked(piece.shown + piece.tail)
        if not piece.lead.strip():
            self._led = piece.said.rstrip("：:") if piece.said.endswith(("：", ":")) else ""
        if not piece.markers and self._only_leads(piece, claim):
            return self._struck(piece.shown, Fault(Wrong.UNMARKED))
        unknown = tuple(n for n in piece.markers if n not in self._grounds)
        lost = tuple(Struck(f"[{n}]", Fault(Wrong.MARKER, f"[{n}]").why(english=self._english)) for n in unknown)
        marked = [self._grounds[n] for n in piece.markers if n in self._grounds]
        faults = self._faults(claim, marked) if marked else [Fault(Wrong.UNMARKED)]
        if not faults or self._each_by_its_own(piece):
            return Checked(self._placed(piece, claim, marked) + piece.tail, lost)
        other = self._carried_by(claim, marked)
        if other:
            return Checked(_marked(piece, other) + piece.tail, lost)
        instead = self._instead_of(piece, claim, marked)
        return Checked(instead, (*lost, *self._struck(piece.shown, faults[0]).struck))

    def _only_leads(self, piece: Piece, claim: Claim) -> bool:
        """A heading or lead-in that nothing carries: there is nothing to say in its place."""
        return "#" in piece.lead or (piece.said.endswith(("：", ":")) and not self._carried_by(claim, ()))

    def _needs_none(self, piece: Piece, claim: Claim) -> bool:
        found = tuple(self._grounds.values())
        heading = is_heading(piece.lead, piece.said, piece.shown)
        return connects(claim, piece.said, self._question, found, heading=heading) or says_nothing_is_there(claim, found)

    def _faults(self, claim: Claim, found: Sequence[Grounds]) -> list[Fault]:
        """What the citations do not carry of a claim, at most one fault: the one that the reader is told."""
        if any(_squeezed(claim.said) == _squeezed(ground.citation.quote) for ground in found):
            return []
        return list(islice(self._all_faults(claim, found), 1))

    def _all_faults(self, claim: Claim, found: Sequence[Grounds]) -> Iterator[Fault]:
        shown = sums(claim.text, found)
        yield from shown.faults
        yield from figures(claim, found, shown)
        yield from out_of_order(claim, found)
        support = Support(claim, found)
        yield from dates(claim, found, support)
        yield from names(claim, found, support, self._question)
        yield from replaced(claim, support)
        yield from directions(claim, support)
        if not shown.places:
            yield from coverage(claim, found, support)
        yield from miscopied(claim, tuple(self._grounds.values()))

    def _each_by_its_own(self, piece: Piece) -> bool:
        """Whether a sentence of several statements holds one by one, each by the citations behind it."""
        parts = [(said, [self._grounds[n] for n in group if n in self._grounds]) for said, group in piece.segments]
        return len(parts) > 1 and all(own and not self._faults(Claim(said, self._question), own) for said, own in parts)

    def _carried_by(self, claim: Claim, marked: Sequence[Grounds]) -> tuple[int, ...]:
        """The citations that carry a claim whose own markers do not: one that says it in as many of its words, else two."""
        # of several quotes from one passage one stands for all
        every = tuple({id(ground.lines): ground for ground in reversed(self._grounds.values())}.values())[::-1]
        least = told(claim, marked)
        for ground in every:
            if ground not in marked and told(claim, [ground]) >= least and not self._faults(claim, [ground]):
                return (ground.n,)
        if not marked and len(claim.clauses) > 1 and len(every) <= _PAIRED:
            for pair in combinations(every, 2):
                if not self._faults(claim, pair):
                    return pair[0].n, pair[1].n
        return ()

    def _placed(self, piece: Piece, claim: Claim, marked: Sequence[Grounds]) -> str:
        """The piece as written; where it has several groups of markers, each behind what it carries."""
        if len(piece.segments) < 2 or len(marked) < 2:
            return _known_only(piece.shown, self._grounds)
        groups = []
        for said, numbers in piece.segments:
            part = Claim(said, self._question)
            own = [self._grounds[n] for n in numbers if n in self._grounds]
            shown = sums(claim.text, marked)
            if numbers and part.marks and not shown.places and any(figures(part, own, sums(part.text, own))):
                better = next((g.n for g in marked if not any(figures(part, [g], sums(part.text, [g])))), 0)
                groups.append((better,) if better else numbers)
            else:
                groups.append(numbers)
        again = iter([group for group in groups if group])
        shown_text = _MARKERS.sub(lambda _: "".join(f"[{n}]" for n in next(again)), piece.shown)
        return _known_only(shown_text, self._grounds)

    def _row(self, piece: Piece) -> Checked:
        """A row of a table: its header is a heading, each other row is read under it."""
        if _RULE.match(piece.shown):
            return Checked(piece.shown + piece.tail)
        cells = [plain(_MARKERS.sub("", cell)) for cell in piece.shown.strip().strip("|").split("|")]
        if not self._header:
            self._header = piece.shown
            claim = Claim(" ".join(cells), self._question)
            if connects(claim, claim.said[:50], self._question, tuple(self._grounds.values()), heading=True):
                return Checked(piece.shown + piece.tail)
            return self._struck(piece.shown, Fault(Wrong.SUPPORT))
        heads = [plain(cell) for cell in self._header.strip().strip("|").split("|")]
        said = f"{cells[0]}：" + "；".join(
            f"{heads[n]}{cell}" if n < len(heads) else cell for n, cell in enumerate(cells) if n and cell
        )
        claim = Claim(said, self._question)
        marked = [self._grounds[n] for n in piece.markers if n in self._grounds]
        faults = self._faults(claim, marked) if marked else [Fault(Wrong.UNMARKED)]
        if not faults:
            return Checked(_known_only(piece.shown, self._grounds) + piece.tail)
        if other := self._carried_by(claim, marked):
            row = re.sub(r"\s*\|\s*$", "", _MARKERS.sub("", piece.shown))
            return Checked(f"{row}{''.join(f'[{n}]' for n in other)} |{piece.tail}")
        return self._struck(piece.shown, faults[0])

    def _instead_of(self, piece: Piece, claim: Claim, marked: Sequence[Grounds]) -> str:
        found = marked or tuple(self._grounds.values())
        words = own_words(claim, found, self._instead) or (
            own_words(claim, tuple(self._grounds.values()), self._instead) if marked else ""
        )
        return f"{piece.lead}{words}{piece.tail}" if words else ""

    def _struck(self, text: str, fault: Fault) -> Checked:
        return Checked("", (Struck(text.strip(), fault.why(english=self._english)),))


def _squeezed(text: str) -> str:
    return re.sub(r"\s|[。；，.：:]+$", "", text)


def _known_only(text: str, known: dict[int, Grounds]) -> str:
    return re.sub(r"\[(\d{1,3})\]", lambda found: found.group() if int(found[1]) in known else "", text)


def _marked(piece: Piece, numbers: Sequence[int]) -> str:
    """The piece with these markers behind it in the place of its own."""
    return _MARKERS.sub("", piece.shown).rstrip() + "".join(f"[{n}]" for n in numbers)

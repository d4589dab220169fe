"""Do the cited words speak of what a claim says at all?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.matching import match
from rag.verifying.claim import Claim
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds
from rag.verifying.opposites import turns
from rag.verifying.support import Support, weight

__all__ = ["coverage", "covered"]

# the least that must be spoken of: of a claim, of one whose figures hold, of a longer clause, of words in other letters
WHOLE, FIGURED, CLAUSE, ENGLISH = 0.5, 0.34, 0.3, 0.3
_LONG = 3.0  # weight of the words of a longer clause
_ELSEWHERE = 0.7  # what a word is worth that stands in another line of the passage


def covered(terms: Sequence[str], near: str, far: str) -> float:
    """The weighted share of the terms that the lines speak of, the rest of the passage counting less; 1 without terms."""
    total = sum(map(weight, terms))
    found = sum(weight(term) * max(match(term, near), _ELSEWHERE * match(term, far)) for term in terms)
    return found / total if total else 1.0


def coverage(claim: Claim, found: Sequence[Grounds], support: Support) -> Iterator[Fault]:
    """One fault where too few of the claim's words, or too few of one clause's, stand in the cited ones."""
    if claim.english and (claim.marks or claim.days):
        return  # other letters: its figures, dates, names and directions are what can be compared
    near = "\n".join(f"{line.around} {line.before}" for line in support.chosen)
    far = "\n".join(ground.text for ground in found)
    terms = [term for term in claim.terms if not turns(term)]  # directions are judged by themselves
    if covered(terms, near, far) < (ENGLISH if claim.english else FIGURED if claim.marks else WHOLE):
        yield Fault(Wrong.SUPPORT)
        return
    for clause in () if claim.english else claim.clauses:
        if any(clause.start <= mark.number.span.start < clause.end for mark in claim.marks):
            continue
        if sum(map(weight, clause.terms)) >= _LONG and covered(clause.terms, near, far) < CLAUSE:
            yield Fault(Wrong.SUPPORT, claim.text[clause.start : clause.end])
            return

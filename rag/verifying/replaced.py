"""Does a claim put something else in the place of a name, or of an entry of a list, that the cited words have there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.chinese.words import is_word, words
from rag.matching import match
from rag.verifying.claim import Claim
from rag.verifying.content import names_of, terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Line
from rag.verifying.name_check import mentioned
from rag.verifying.reading import clauses, read
from rag.verifying.support import Support

__all__ = ["replaced"]

_BESIDE = 2  # characters on a side of a name by which its place is known again
_LONGEST = 12  # characters of what may stand in it
_ALIKE = 0.6  # share of a clause's words that a line must speak of to be the one that was reworded
_LEADS = re.compile(
    r"^(?:其中|截至|目前|如今|同时|此外|另外|而且|而|但|则|据|根据|对于|对|在|由|从|与|和|以|向|给|被|把|受|例如|如)+"
)
_SIDES = re.compile(r"[、/]|以及|和|与|及|或")
_EDGE = re.compile(r"^(?:受|包括|包含|涵盖|例如|比如|如|有|分别是|是|为|在|由|的)+|(?:等|之间|这|都|均|各).*$")
_NOT_NAMING = ("v", "p", "d", "u", "r")
_ENTRY = 8  # characters of an entry
_LIST = 2  # entries beside it that stand in the cited list


def replaced(claim: Claim, support: Support) -> Iterator[Fault]:
    """What stands where the lines of the claim have a name that it leaves out; entries that their list has not."""
    for clause, lines in zip(claim.clauses, support.by_clause, strict=True):
        said = claim.text[clause.start : clause.end]
        yield from (Fault(Wrong.OTHER_NAME, name) for name in _instead(said, clause.terms, lines))
        yield from (Fault(Wrong.NAME, entry) for entry in _added(said, lines))
    told = claim.attribution.rstrip("，,：:")
    yield from (Fault(Wrong.OTHER_NAME, name) for name in _instead(told, terms_of(told), support.chosen))


def _instead(said: str, terms: Sequence[str], lines: Sequence[Line]) -> Iterator[str]:
    """The names of a clause that stand in the place of one of a line's, and in no line before the same words."""
    for line in lines if said else ():
        for start, end in clauses(line.text):
            printed = line.text[start:end]
            for name in names_of(printed):
                if not mentioned(name, said):
                    yield from _in_place_of(name, printed, said, terms, line, lines)


def _in_place_of(name: str, printed: str, said: str, terms: Sequence[str], line: Line, lines: Sequence[Line]) -> Iterator[str]:
    before, _, rest = printed.partition(name)
    before = _LEADS.sub("", before)
    trade = words(rest)[0][0] if rest else ""
    # what somebody does may stand behind the name, and belong to it
    for behind in {rest[:_BESIDE], rest[len(trade) :][:_BESIDE]}:
        found = _between(said, before[-_BESIDE:], behind, opens=not before)
        if not found or any(f"{found}{behind}" in f"{where.text} {where.before}" for where in lines):
            continue
        if names_of(found) and all(own in printed for own in names_of(found)):
            continue  # only said in another order
        publishes = len(found) > 1 and found in read(line.unit.document.meta.publisher)
        if (publishes or _names_other(found, name)) and _reworded(found, terms, line.text):
            yield found


def _between(said: str, ahead: str, behind: str, *, opens: bool) -> str:
    """What a clause has between the same characters; where the name opens its clause, from the beginning."""
    if len(behind) < _BESIDE and len(ahead) < _BESIDE:
        return ""
    first = said.find(ahead) + len(ahead) if ahead and ahead in said else 0 if opens else -1
    if first < 0:
        return ""
    last = said.find(behind, first) if behind else len(said)
    found = _LEADS.sub("", said[first:last]) if last > first else ""
    return found if len(found) <= _LONGEST and not re.search(r"\d", found) else ""


def _names_other(found: str, name: str) -> bool:
    """Whether the words name somebody, and not the one that the line names."""
    if match(name, found) >= _ALIKE or match(found, name) >= _ALIKE:
        return False
    if any(is_word(word) and tag.startswith(_NOT_NAMING) for word, tag in words(found)):
        return False  # it says what is done, too
    return bool(names_of(found)) or any(tag == "nz" or not is_word(word) for word, tag in words(found) if len(word) > 1)


def _reworded(found: str, terms: Sequence[str], text: str) -> bool:
    """Whether the line speaks of most of what the clause says beside the name."""
    others = [term for term in terms if term not in found and found not in term]
    return bool(others) and sum(match(term, text) >= _ALIKE for term in others) >= _ALIKE * len(others)


def _added(said: str, lines: Sequence[Line]) -> Iterator[str]:
    """An entry of a list of which no line speaks, while the entries beside it stand in one."""
    if "、" not in said or not lines:
        return
    entries = [entry for piece in _SIDES.split(said) if 1 < len(entry := _EDGE.sub("", piece.strip())) <= _ENTRY]
    text = "\n".join(f"{line.around} {line.before}" for line in lines)
    there = [entry for entry in entries if entry in text]
    if len(there) < _LIST:
        return
    for entry in entries:
        if not re.search(r"\d", entry) and not any(match(term, text) >= _ALIKE for term in (entry, *terms_of(entry))):
            yield entry

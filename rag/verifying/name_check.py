"""Does each name of a claim stand in the cited words, and are the words about it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from index.chinese.fold import fold
from index.chinese.likeness import spelt
from index.chinese.words import parts_of
from rag.lexicon import same
from rag.matching import match, stands
from rag.names.trade import TRADES, brand
from rag.verifying.agree import same_figure
from rag.verifying.claim import Claim
from rag.verifying.content import names_of, terms_of
from rag.verifying.faults import Fault, Wrong
from rag.verifying.grounds import Grounds, Line
from rag.verifying.marks import Mark
from rag.verifying.reading import read
from rag.verifying.support import Support

__all__ = ["mentioned", "names"]

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_FEW = 3  # clauses of a claim whose figures are taken together
_SURE = 0.8  # from which a match is the name itself, or another writing of it
_LATIN = re.compile(r"(?<![\w.])[A-Za-z][\w.&+'-]*[\w+]|(?<![\w.])[A-Z](?![\w.])", re.ASCII)
_CAPITAL = re.compile(r"[A-Z][\w.&+'-]*(?:\s+[A-Z][\w.&+'-]*)*", re.ASCII)
# behind a word that opens a sentence: what only somebody does
_ACTS = re.compile(
    r"(?:'s)?\s+(?:reported|posted|said|had|has|is|was|grew|earned|announced|raised|acquired|launched|opened|employs)\b"
)
_OPENS = re.compile(r"(?:^|[.!?:;，。：；]\s*|[-*|>]\s+)$")


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Words in Latin letters that name nobody, from `data/everyday.txt`."""
    lines = files("rag").joinpath("data/everyday.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def names(claim: Claim, found: Sequence[Grounds], support: Support, question: str) -> Iterator[Fault]:
    """Names that the cited words do not mention; and those of whom the words that carry the claim do not speak."""
    text = "\n".join(ground.text for ground in found)
    asked = read(question)
    for name in _latin(claim):
        folded = name.lower()
        if not (mentioned(folded, text) or _spelt(folded, text) or (claim.english and _known(folded, asked, found))):
            yield Fault(Wrong.NAME, name)
    for name in claim.names:
        if not mentioned(name, text):
            yield Fault(Wrong.NAME, name)
    for term in terms_of(claim.attribution):
        if match(term, text) < _SURE:
            yield Fault(Wrong.NAME, term)
    yield from _elsewhere(claim, support)


def _known(name: str, asked: str, found: Sequence[Grounds]) -> bool:
    """Whether the question calls it so, or the cited document elsewhere."""
    return stands(name, asked) or any(stands(name, fold(ground.citation.passage.document.text)) for ground in found)


def _latin(claim: Claim) -> Iterator[str]:
    """The Latin words of a Chinese claim; of an English one those written like names."""
    said = claim.said.translate(_NARROW)
    if not claim.english:
        yield from (
            hit.group()
            for hit in _LATIN.finditer(said)
            if read(hit.group()) == hit.group().lower() and hit.group().lower() not in _everyday()
        )
        return
    for hit in _CAPITAL.finditer(said):
        words = hit.group().split()
        opens = _OPENS.search(said[: hit.start()]) and len(words) == 1 and not re.search("[A-Z]", words[0][1:])
        if opens and (len(same(words[0].lower())) > 1 or not _ACTS.match(said, hit.end())):
            continue
        kept = [word for word in words if word.lower().removesuffix("'s") not in _everyday()]
        if kept:
            yield " ".join(word.removesuffix("'s") for word in kept)


@lru_cache(maxsize=8192)
def mentioned(name: str, text: str) -> bool:
    """Whether the text has the name, in any writing known; or what is its own of it, with no other trade behind it."""
    if any(stands(writing, text) for writing in same(name)):
        return True
    if len(name) > 2 and name[-1] in "省市县区" and stands(name[:-1], text):
        return True
    own = brand(name)
    if own != name and stands(own, text):
        return not re.search(f"{re.escape(own)}(?:{TRADES})", text)
    pieces = name.split() if " " in name else [part for part in parts_of(name) if part != name and len(part) > 1]
    return len("".join(pieces)) >= len(name.replace(" ", "")) - 1 > 1 and all(match(part, text) >= _SURE for part in pieces)


def _spelt(name: str, text: str) -> bool:
    """Whether Latin letters are the pinyin of words in the text, in the order of either language."""
    words = re.split(r"[\s'-]+", name)
    letters = {"".join(words), "".join([*words[1:], words[0]])}
    han = re.findall("[\u3400-\u9fff]{2,}", text)
    return any(
        spelling in letters
        for run in set(han)
        for size in (2, 3, 4)
        for at in range(len(run) - size + 1)
        for spelling in spelt(run[at : at + size])
    )


def _elsewhere(claim: Claim, support: Support) -> Iterator[Fault]:
    """A name that stands in other lines only, while the lines of the claim name somebody else."""
    for clause, lines in zip(claim.clauses, support.by_clause, strict=True):
        said = claim.text[clause.start : clause.end]
        named = names_of(said)
        if not named:
            continue
        stated = claim.marks if len(claim.clauses) < _FEW else [mark for mark in claim.marks if mark.clause == said]
        own = _carrying(stated, support) or lines
        for name in named:
            if own and not any(_about(name, line) for line in own):
                yield Fault(Wrong.OTHER_NAME, name)


def _carrying(stated: Sequence[Mark], support: Support) -> tuple[Line, ...]:
    """The lines that state the most of these figures."""
    often = [sum(any(same_figure(mark, other) for other in line.marks) for mark in stated) for line in support.lines]
    most = max(often, default=0)
    return tuple(line for line, times in zip(support.lines, often, strict=True) if times == most) if most else ()


def _about(name: str, line: Line) -> bool:
    """Whether a line speaks of a name: in its own words or those above it; in the title, unless it names others itself."""
    if mentioned(name, f"{line.text} {line.before}") or mentioned(name, line.context):
        return True
    meta = line.unit.document.meta
    title = read(meta.title)
    alone = all(mentioned(name, other) for other in names_of(line.text))
    # who published it is spoken of only where neither the line nor the title names anybody
    return alone and (
        mentioned(name, title) or (not names_of(f"{line.text} {title}") and mentioned(name, read(meta.publisher)))
    )

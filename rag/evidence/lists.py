"""Which whole list answers: the items of a run, the outline under a heading, an enumeration within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.sentences import sentences
from index.library import Library
from index.types import Block, BlockKind, Document, Passage, Section, Span, UnitKind, sections
from rag.evidence.features import Asked
from rag.evidence.runs import counted_runs
from rag.evidence.types import Candidate, Claim, Evidence, Shape
from rag.evidence.wanted_list import counted, listed_noun, wants_list
from rag.matching import coverage
from rag.question import Kind, Question

_NEXT = re.compile(
    r"^[“\"（(]?(?:[（(]?[2-9二三四五六七八九][)）、.．]|[②-⑨]|[二三四五六]是|其[二三四五]|第[二三四五六]|其次|再次|然后|接着|最后|此外|另外|另一方面|同时|以及)"
)
_FIRST = re.compile(r"[（(]1[)）]|[（(]一[)）]|①|一是|其一|首先|第一[步，、：是]|一方面|→")
_ANNOUNCES = re.compile(
    r"[：:]$|(?:如下|以下|分别是|包括|几[点项条种类]|[二两三四五六七八九十]{1,2}[点项条种类个方面步]\S{0,6})[。：:]?$"
)
# a survey's question, which its answers follow; a heading asks the reader
_ASKS = re.compile(r"[？?](?:[（(][^（）()]*[）)])?$")
_NOUN_NAMED = 1.5  # log-odds for a list whose heading or lead names the very noun that is asked for
_TOGETHER = 0.5  # log-odds for each further candidate among the best that the list holds
_TOP_FEW = 6
_BEST_FEW = 3
_SEVERAL = 3  # entries from which a list is more than an aside
_ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]|[（(]?\d{1,2}(?!\d)|[（(][一二三四五六七八九十]|[①-⑳]|首先|其次|再次|然后|最后)"
)
_MEANT, _HINTED = 1.5, 0.8  # the same where several entries are wanted and two of the three best stand in one list, or one does
_TOP = 25
_HEAD = re.compile(r"^.{2,40}?(?=[：:。；;]|$)")


@dataclass(frozen=True, slots=True)
class _Run:
    """Blocks that form one list, with the line that introduces it."""

    document: Document
    path: tuple[str, ...]
    lead: Block | None
    items: tuple[Block, ...]


def list_evidence(asked: Asked, candidates: Sequence[Candidate], library: Library) -> Evidence | None:
    """The list that fits the question best, whole; None where no list is near."""
    wanted = counted(asked.question.text)
    best: tuple[float, float, _Run, Candidate] | None = None
    seen: set[tuple[int, int]] = set()
    cut: dict[str, tuple[Section, ...]] = {}  # each document once, not once a candidate
    for candidate in candidates[:_TOP]:
        document = candidate.unit.document
        if document.id not in cut:
            cut[document.id] = tuple(sections(document))
        for run in _runs(candidate, cut[document.id]):
            key = (id(run.document), run.items[0].span.start)
            if key in seen or len(run.items) < 2:
                continue
            seen.add(key)
            named, score = _fit(asked, run, candidate, wanted)
            together = _TOGETHER * min(_within_run(run, candidates[:_TOP_FEW]) - 1, 2)
            together += _meant(asked.question, run, candidates[:_BEST_FEW])
            named, score = named + together, score + together
            if best is None or named > best[0]:
                best = (named, score, run, candidate)
    if best is None:
        return None
    _, score, run, candidate = best
    claims = tuple(Claim(_passage(library, run.document, block.span), block.span) for block in run.items)
    opening = Claim(_passage(library, run.document, run.lead.span), run.lead.span) if run.lead else None
    return Evidence(Shape.LIST, claims, score, opening, candidate=candidate)


def enumeration(candidate: Candidate) -> Span:
    """The candidate's own span, run on over the sentences that go on with what it begins to count."""
    block, text = candidate.unit.block, candidate.unit.document.text
    if block is None or candidate.unit.kind is not UnitKind.STATEMENT or candidate.column >= 0:
        return candidate.span
    spans = list(sentences(text, block.span))
    place = next((n for n, span in enumerate(spans) if span.start == candidate.span.start), None)
    if place is None:
        return candidate.span
    first = place
    while first > 0 and _NEXT.match(spans[first].of(text)):
        first -= 1
    following = spans[first + 1].of(text) if first + 1 < len(spans) else ""
    if not _FIRST.search(spans[first].of(text)) and not _NEXT.match(following) and not _FIRST.match(following):
        return candidate.span
    last = first + 1 if _FIRST.match(following) else first
    while last + 1 < len(spans) and _NEXT.match(spans[last + 1].of(text)):
        last += 1
    return Span(spans[first].start, spans[last].end) if last >= place else candidate.span


def head(text: str) -> str:
    """The first words of an item, as far as they name it."""
    found = _HEAD.match(text)
    return found.group() if found else text


def _fit(asked: Asked, run: _Run, candidate: Candidate, wanted: int) -> tuple[float, float]:
    """How well the list fits among lists, by the line before it and the count asked for; how well beside statements."""
    text = run.document.text
    lead = fold(run.lead.span.of(text)) if run.lead else ""
    path = fold(" ".join(run.path[-2:]))
    bonus = 1.0 if wanted and len(run.items) == wanted else -0.5 if wanted else 0.0
    outline = run.items[0].kind is BlockKind.HEADING
    named = coverage(asked.weights, lead if outline else f"{lead} {path}")
    less = (1.8 if outline else 0.6) - bonus
    # the line before a list says what it lists and how many there are
    whole = 0.5 if _ANNOUNCES.search(lead) and len(run.items) == counted(lead) else 0.0
    less -= (
        _NOUN_NAMED
        if (noun := listed_noun(asked.question)) and noun in f"{lead} {fold(run.path[-1]) if run.path else ''}"
        else 0.0
    )
    return 0.5 * candidate.score + 4.0 * named - less + whole, candidate.score + 3.0 * named - less


def _meant(question: Question, run: _Run, best: Sequence[Candidate]) -> float:
    """What the list gains by holding the best candidates; nothing where the best of all brings a list of its own."""
    several = wants_list(question) or (question.kind is Kind.HOW and _numbered(run))
    outline = run.items[0].kind is BlockKind.HEADING
    if (
        outline
        or not several
        or len(run.items) < _SEVERAL
        or any(introduces(candidate) or _has_entries(candidate) for candidate in best)
    ):
        return 0.0
    held = _within_run(run, [candidate for candidate in best if candidate.unit.kind is not UnitKind.ROW])
    return _MEANT if held > 1 else _HINTED if held and wants_list(question) else 0.0


def _has_entries(candidate: Candidate) -> bool:
    """Whether the candidate is an entry with entries of its own under it."""
    blocks, place = candidate.unit.passage.section.blocks, candidate.place
    if place is None or place + 1 >= len(blocks):
        return False
    here, after = blocks[place], blocks[place + 1]
    return here.kind is BlockKind.ITEM and after.kind is BlockKind.ITEM and after.level > here.level


def _numbered(run: _Run) -> bool:
    return all(_ORDINAL.match(fold(item.span.of(run.document.text))) for item in run.items)


def numbered_steps(asked: Asked, candidates: Sequence[Candidate], library: Library) -> Evidence | None:
    """The numbered list of three or more in which two of these candidates stand, where it fits."""
    found = list_evidence(asked, candidates, library)
    if found is None or len(found.claims) < _SEVERAL or not all(_ORDINAL.match(fold(claim.quote)) for claim in found.claims):
        return None
    held = sum(
        candidate.unit.document is claim.passage.document
        and claim.span.start <= candidate.span.start < candidate.span.end <= claim.span.end
        for candidate in candidates
        for claim in found.claims
    )
    return found if held > 1 else None


def _within_run(run: _Run, candidates: Sequence[Candidate]) -> int:
    """How many of the best candidates stand in the list: a list that holds several is meant whole."""
    return sum(
        candidate.unit.document is run.document
        and any(item.span.start <= candidate.span.start and candidate.span.end <= item.span.end for item in run.items)
        for candidate in candidates
    )


def introduces(candidate: Candidate) -> bool:
    """Whether the candidate ends by announcing the list that follows it."""
    blocks, place = candidate.unit.passage.section.blocks, candidate.place
    if place is None or not _announces(candidate):
        return False
    return (
        place + 1 < len(blocks)
        and blocks[place + 1].kind is BlockKind.ITEM
        and candidate.span.end >= blocks[place].span.end - 1
    )


def _announces(candidate: Candidate) -> bool:
    said = candidate.unit.text.rstrip()
    return bool(_ANNOUNCES.search(said) or (candidate.unit.kind is not UnitKind.HEADING and _ASKS.search(said)))


def _runs(candidate: Candidate, found: Sequence[Section]) -> Iterator[_Run]:
    here = next((s for s in found if s.path == candidate.unit.passage.section.path and _within(s, candidate.unit.span)), None)
    if here is None:
        return
    yield from _item_runs(here, candidate)
    yield from _counted(here, candidate)
    yield from _outlines(found, here, candidate)


def _within(section: Section, span: Span) -> bool:
    return section.span.start <= span.start and span.end <= section.span.end


def _item_runs(section: Section, candidate: Candidate) -> Iterator[_Run]:
    """Runs of items in the section that hold the candidate, follow it, or stand under its heading."""
    blocks = section.blocks
    at = 0
    while at < len(blocks):
        if blocks[at].table and _reaches(candidate, blocks, at, at + 1):
            yield _Run(section.document, section.path, blocks[at - 1] if at else section.heading, _rows(blocks[at]))
        if blocks[at].kind is not BlockKind.ITEM:
            at += 1
            continue
        end = at
        while end < len(blocks) and blocks[end].kind is BlockKind.ITEM:
            end += 1
        lead = blocks[at - 1] if at and blocks[at - 1].kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) else section.heading
        level = min(block.level for block in blocks[at:end])
        items = tuple(block for block in blocks[at:end] if block.level == level)
        if _reaches(candidate, blocks, at, end):
            yield _Run(section.document, section.path, lead, items)
        yield from _nested(section, blocks[at:end], level, candidate)
        at = end


def _counted(section: Section, candidate: Candidate) -> Iterator[_Run]:
    """Statements that number themselves, where the candidate is one of them, announces them, or is the heading over them."""
    blocks = {block.span.start: block for block in section.blocks}
    for run in counted_runs(section):
        ours = any(item.start <= candidate.span.start < item.end for item in run.items)
        if ours or (run.lead and run.lead == candidate.span) or candidate.unit.block is section.heading:
            if all((block := blocks.get(item.start)) and block.kind is BlockKind.ITEM for item in run.items):
                continue  # a list that is printed as one has been found already
            lead = Block(BlockKind.PARAGRAPH, run.lead) if run.lead else section.heading
            yield _Run(section.document, section.path, lead, tuple(Block(BlockKind.ITEM, item) for item in run.items))


def _nested(section: Section, items: Sequence[Block], level: int, candidate: Candidate) -> Iterator[_Run]:
    """The entries under one entry, where the candidate is that entry or one of them."""
    parent, children = None, list[Block]()
    for block in (*items, None):
        if block is not None and block.level > level:
            children.append(block)
            continue
        if parent and children and candidate.unit.block in (parent, *children):
            yield _Run(section.document, section.path, parent, tuple(children))
        parent, children = block, []


def _reaches(candidate: Candidate, blocks: Sequence[Block], start: int, end: int) -> bool:
    """Whether the candidate stands in the blocks or right before them, or is a heading over them."""
    return candidate.unit.block in blocks[max(start - 1, 0) : end] or candidate.unit.kind is UnitKind.HEADING


def _rows(block: Block) -> tuple[Block, ...]:
    """The rows of a table as the entries of a list."""
    if block.table is None:
        return ()
    body = [row for row in block.table.rows[block.table.header_rows :] if row]
    return tuple(Block(BlockKind.ITEM, Span(row[0].start, row[-1].end)) for row in body)


def _outlines(found: Sequence[Section], here: Section, candidate: Candidate) -> Iterator[_Run]:
    """The headings under the section's own heading, and those beside it."""
    beside = candidate.unit.kind is UnitKind.HEADING or len(here.path) > 1
    parents = (here.path, here.path[:-1]) if beside else (here.path,)  # in this order, in every run
    for parent in parents:
        if not parent:
            continue
        children = tuple(
            section.heading
            for section in found
            if section.heading and len(section.path) == len(parent) + 1 and section.path[:-1] == parent
        )
        owner = next((section for section in found if section.path == parent), None)
        if len(children) >= 2:
            yield _Run(here.document, parent, owner.heading if owner else None, children)


def _passage(library: Library, document: Document, span: Span) -> Passage:
    numbers = library.passage_range(document.id)
    inside = [
        library.passages[n] for n in numbers if library.passages[n].span.start <= span.start < library.passages[n].span.end
    ]
    return inside[0] if inside else library.passages[numbers[0]]

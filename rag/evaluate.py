"""How good the answers are: questions with known answers become a scoreboard."""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.chinese.fold import fold
from rag.types import Answer, Ask, Citation, Turn

__all__ = ["EvaluationError", "Expected", "Kept", "Scoreboard", "evaluate", "judge", "questions"]

_MARKER = re.compile(r"\[\d+\]")
_FIGURE = re.compile(r"\d[\d.]*")


class EvaluationError(Exception):
    """An evaluation file that cannot be used; names the line and what is wrong with it."""


class Answers(Protocol):
    """Whoever answers questions."""

    def answer(self, ask: Ask) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of an evaluation file."""

    id: str
    kind: str
    ask: Ask
    must: tuple[tuple[str, ...], ...]
    deny: tuple[str, ...]
    source: tuple[str, ...]
    refuse: bool
    max_chars: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One question with the answer it got, whether that was right, and why not."""

    expected: Expected
    answer: Answer
    seconds: float
    why: str  # empty when right

    @property
    def right(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """All answers of one run; shares are 0 to 1, and 1 where there is nothing to share."""

    kept: tuple[Kept, ...]

    @property
    def accuracy(self) -> float:
        return _share([kept.right for kept in self.kept])

    @property
    def answerable(self) -> float:
        """Accuracy over the questions that have an answer."""
        return _share([kept.right for kept in self.kept if not kept.expected.refuse])

    @property
    def kinds(self) -> tuple[tuple[str, int, int], ...]:
        """Kind, asked, right; in the order of the file."""
        names = dict.fromkeys(kept.expected.kind for kept in self.kept)
        rows = [(name, [kept.right for kept in self.kept if kept.expected.kind == name]) for name in names]
        return tuple((name, len(rights), sum(rights)) for name, rights in rows)

    @property
    def supported(self) -> float:
        """Of the citations given, the share whose quote stands in the document at its offsets and is marked in the answer."""
        return _share([_holds(kept.answer, n) for kept in self.kept for n in range(len(kept.answer.citations))])

    @property
    def refusal_precision(self) -> float:
        return _share([kept.expected.refuse for kept in self.kept if not kept.answer.answered])

    @property
    def refusal_recall(self) -> float:
        return _share([not kept.answer.answered for kept in self.kept if kept.expected.refuse])

    @property
    def declined(self) -> float:
        """Of the questions that have an answer, the share that was declined."""
        return 1 - _share([kept.answer.answered for kept in self.kept if not kept.expected.refuse])

    @property
    def carried(self) -> float:
        """Of the answers given, the share whose every figure is cited: in the quotes, or in the labels of a cited cell."""
        return _share([_carries(kept.answer) for kept in self.kept if kept.answer.answered])

    def median_length(self, kinds: frozenset[str]) -> float:
        """Characters of an answer without its markers, over questions of these kinds that were answered."""
        lengths = [
            len(_MARKER.sub("", kept.answer.text)) for kept in self.kept if kept.answer.answered and kept.expected.kind in kinds
        ]
        return statistics.median(lengths) if lengths else 0.0

    def latency_ms(self, percent: int) -> float:
        """The percentile of the time an answer took."""
        times = sorted(kept.seconds * 1000 for kept in self.kept)
        return times[min(len(times) - 1, int(len(times) * percent / 100))] if times else 0.0

    @property
    def median_ms(self) -> float:
        return statistics.median([kept.seconds * 1000 for kept in self.kept]) if self.kept else 0.0


def questions(path: Path) -> tuple[Expected, ...]:
    """The questions of an evaluation file; EvaluationError names the first line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}; give a JSON Lines file in UTF-8") from error
    found = tuple(_expected(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise EvaluationError(f"{path} holds no question; give one JSON object a line")
    return found


def evaluate(bot: Answers, asked: Sequence[Expected]) -> Scoreboard:
    """Asks every question, one after another, and judges the answers."""
    return Scoreboard(tuple(_asked(bot, expected) for expected in asked))


def judge(expected: Expected, answer: Answer) -> str:
    """Empty when the answer is right, otherwise what is wrong with it."""
    if expected.refuse:
        return "" if not answer.answered and not answer.citations else "answered, though the library does not say"
    if not answer.answered:
        return "refused, though the library says"
    return next(_faults(expected, answer), "")


def _asked(bot: Answers, expected: Expected) -> Kept:
    start = time.perf_counter()
    answer = bot.answer(expected.ask)
    return Kept(expected, answer, time.perf_counter() - start, judge(expected, answer))


def _faults(expected: Expected, answer: Answer) -> Iterator[str]:
    said = _MARKER.sub("", answer.text)
    plain = _plain(said)
    for group in expected.must:
        if not any(_stands(_plain(other), plain) for other in group):
            yield f"misses {' / '.join(group)}"
    for denied in expected.deny:
        if _stands(_plain(denied), plain):
            yield f"says {denied}"
    if len(said) > expected.max_chars:
        yield f"is {len(said)} characters long, {expected.max_chars} allowed"
    sources = expected.source or tuple(citation.passage.document.meta.source for citation in answer.citations)
    named = [citation for citation in answer.citations if citation.passage.document.meta.source in sources]
    if expected.source and not named:
        yield "cites none of the sources expected"
    quotes = _plain("|".join(citation.quote for citation in named))
    for group in expected.must:
        figures = [_plain(other) for other in group if _FIGURE.search(other) and _stands(_plain(other), plain)]
        if figures and not any(_stands(figure, quotes) for figure in figures):
            yield f"says {figures[0]} with no citation that carries it"


def _plain(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})|\s|\*\*", "", fold(text))


def _stands(part: str, text: str) -> bool:
    before = r"(?<![\d.])" if part[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if part[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(part) + after, text))


def _holds(answer: Answer, place: int) -> bool:
    citation = answer.citations[place]
    text = citation.passage.document.text
    return text[citation.span.start : citation.span.end] == citation.quote and f"[{citation.n}]" in answer.text


def _carries(answer: Answer) -> bool:
    carrying = _plain("|".join(text for citation in answer.citations for text in (citation.quote, *_labels(citation))))
    lines = (line for line in _MARKER.sub("", answer.text).splitlines() if "=" not in line)  # arithmetic shows its operands
    return all(_stands(figure.rstrip("."), carrying) for line in lines for figure in _FIGURE.findall(_plain(line)))


def _labels(citation: Citation) -> Iterator[str]:
    """The headers and the row of a table that the quote stands in."""
    text = citation.passage.document.text
    for block in citation.passage.section.blocks:
        if block.table and block.span.start <= citation.span.start < block.span.end:
            for number, row in enumerate(block.table.rows):
                if row and (number < block.table.header_rows or row[0].start <= citation.span.start <= row[-1].end):
                    yield from (cell.of(text) for cell in row)


def _share(values: Iterable[bool]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 1.0


def _expected(path: Path, number: int, line: str) -> Expected:
    try:
        row = json.loads(line)
        history = tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", []))
        return Expected(
            id=str(row.get("id", number)),
            kind=str(row.get("kind", "")),
            ask=Ask(row["question"], history, tuple(row.get("documents", ()))),
            must=tuple(tuple(group) for group in row.get("must", [])),
            deny=tuple(row.get("deny", [])),
            source=tuple(row.get("source", [])),
            refuse=bool(row.get("refuse", False)),
            max_chars=int(row.get("max_chars", 320)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{path}, line {number}: {type(error).__name__} {error}; see the evaluation file in README"
        ) from error

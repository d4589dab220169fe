"""What the reader learns from: a question, texts that answer it, and texts that look as if they did."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.chinese.fold import fold
from index.chinese.words import terms
from index.lexical import word_index

__all__ = ["Lesson", "public"]

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”」』]?")
_SHORTEST = 4  # characters of a sentence
_NEAR = 24  # sentences by words that are looked through for wrong ones
_OPENING = 24  # characters of a paragraph's first clause, which its later sentences carry along

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts as the reader gets them; without any right one, the question has no answer. Hardest wrong ones first."""

    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def public(folder: Path) -> Iterator[Lesson]:
    """A set of reading comprehension: sentences that hold an answer against those around them and those alike in words."""
    paragraphs = {row["id"]: _sentences(row) for row in _rows(folder / "corpus.jsonl.gz")}
    sentences = [sentence for cut in paragraphs.values() for sentence in cut]
    by_words = word_index([terms(sentence) for sentence in sentences])
    for row in _rows(folder / "qa.jsonl.gz"):
        answers = [fold(answer) for answer in row["answers"]]
        own = paragraphs[row["context_id"]]
        right = tuple(text for text in own if _holds(text, answers))
        alike = (sentences[number] for number in by_words.search(terms(row["question"]), _NEAR)[0])
        wrong = dict.fromkeys([*(text for text in own if text not in right), *(text for text in alike if text not in right)])
        if right and wrong:
            yield Lesson(fold(row["question"]), right, tuple(text for text in wrong if not _holds(text, answers)))


def _sentences(row: _Row) -> list[str]:
    found: list[str] = []
    opening = ""
    for sentence in _SENTENCE.findall(row["text"]):
        if len(sentence.strip()) >= _SHORTEST:
            before = " ".join(filter(None, (row["title"], opening)))
            found.append(fold(f"{before} : {sentence.strip()}"))
            opening = opening or re.split(r"[：:，。]", sentence, maxsplit=1)[0][:_OPENING]
    return found


def _holds(text: str, answers: list[str]) -> bool:
    said = text.split(" : ", 1)[-1]
    return any(answer in said for answer in answers)


def _rows(path: Path) -> Iterator[_Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)

"""The public sets: Chinese texts with questions that others wrote, each paragraph made one document."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.asked import SEED, AskedSet, Posed
from bench.marks import found
from bench.plan import ROOT
from rag.types import Ask

__all__ = ["PUBLIC", "SHARED", "public"]

SHARED = ROOT.parent / "shared" / "bench"  # licensed to be used, not to be handed on here; few people have the folder


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a set lies, and how it is asked."""

    folder: str
    questions: str = "qa.jsonl.gz"
    within: bool = False
    english: bool = False


# the questions of expmrc_c3 ("what is this text about?") name no subject: they are asked of their own text
PUBLIC: Mapping[str, _Source] = {
    "cmrc2018_trial": _Source("cmrc2018_trial"),
    "drcd_dev": _Source("drcd_dev"),
    "xquad_half": _Source("xquad_half"),
    "xquad_half_en": _Source("xquad_half", "qa_en.jsonl.gz", english=True),
    "chronoqa_half": _Source("chronoqa_half"),
    "expmrc_c3": _Source("expmrc_c3", within=True),
    "fineva_insurance": _Source("fineva_insurance"),
}
_ENDS = "。，；！？,.;!? 　“”\"'"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    id: str
    title: str
    text: str

    @property
    def file(self) -> str:
        """Text with line breaks was taken out of pages, and is read as such."""
        return f"{self.id}.txt" if "\n" in self.text else f"{self.id}.md"

    @property
    def written(self) -> str:
        # a title with an underscore is the address of a page
        front = f"---\ntitle: {json.dumps(self.title.replace('_', ' '), ensure_ascii=False)}\n---\n\n" if self.title else ""
        return f"{front}{self.text}\n"


@dataclass(frozen=True, slots=True)
class _Question:
    id: str
    question: str
    answers: tuple[str, ...]
    paragraphs: tuple[str, ...]
    evidences: tuple[str, ...]


def public(name: str, shared: Path, data: Path, most: int, paragraphs: int) -> AskedSet:
    """At most `most` questions over at most `paragraphs` paragraphs (0: all), which are written under `data`."""
    source = PUBLIC[name]
    corpus = {
        row["id"]: _Paragraph(row["id"], row["title"], row["text"]) for row in _rows(shared / source.folder, "corpus.jsonl.gz")
    }
    asked = list(_questions(shared / source.folder, source.questions))
    random.Random(SEED).shuffle(asked)
    kept = _kept(corpus, asked, paragraphs)
    inside = [question for question in asked if kept.keys() >= set(question.paragraphs)]
    shelf = source.folder if len(kept) == len(corpus) else f"{source.folder}-{len(kept)}"
    folder = data / shelf / "documents"
    _write(folder, kept.values())
    posed = tuple(_posed(question, kept, source) for question in islice(inside, most or None))
    strangers = tuple(_strangers(source, shared, len(posed)))
    return AskedSet(name, shelf, folder, posed, by_document=True, within=source.within, strangers=strangers)


def _kept(corpus: Mapping[str, _Paragraph], asked: Sequence[_Question], most: int) -> Mapping[str, _Paragraph]:
    """Half of the room for the paragraphs that questions ask for, half for others, which only distract; in their order."""
    if not 0 < most < len(corpus):
        return corpus
    wanted: set[str] = set()
    for question in asked:
        if len(wanted | set(question.paragraphs)) <= most // 2:
            wanted |= set(question.paragraphs)
    others = [name for name in corpus if name not in wanted]
    wanted |= set(random.Random(SEED).sample(others, most - len(wanted)))
    return {name: paragraph for name, paragraph in corpus.items() if name in wanted}


def _posed(question: _Question, kept: Mapping[str, _Paragraph], source: _Source) -> Posed:
    files = {kept[name].file: kept[name].text for name in question.paragraphs}
    return Posed(
        id=question.id,
        ask=Ask(question.question),
        wanted=(question.answers,),
        sources=frozenset(files),
        verbatim=found((question.answers,), "\n".join(files.values())),
        evidences=question.evidences if source.within else (),
    )


def _strangers(source: _Source, shared: Path, count: int) -> Iterator[str]:
    """Questions of the other sets in the same language, by turns; of those that make sense without their text."""
    others = [other for other in PUBLIC.values() if other.folder != source.folder and not other.within]
    pools = []
    for other in others:
        if other.english == source.english and (shared / other.folder / other.questions).exists():
            pool = list(_questions(shared / other.folder, other.questions))
            random.Random(SEED + 1).shuffle(pool)
            pools.append(pool)
    turns = (question.question for turn in zip(*pools, strict=False) for question in turn)
    yield from islice(turns, count)


def _questions(folder: Path, file: str) -> Iterator[_Question]:
    for row in _rows(folder, file):
        answers = [answer.strip(_ENDS) for answer in (*row["answers"], *row.get("answers_en", ()))]
        yield _Question(
            id=row["id"],
            question=row["question"],
            answers=tuple(dict.fromkeys(filter(None, answers))),
            paragraphs=tuple(row.get("context_ids") or (row["context_id"],)),
            evidences=tuple(row.get("evidences", ())),
        )


def _rows(folder: Path, file: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _write(folder: Path, paragraphs: Iterable[_Paragraph]) -> None:
    """The folder holds these files and no others; one that is right already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {paragraph.file: paragraph.written for paragraph in paragraphs}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")

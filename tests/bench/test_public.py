"""Public sets as they lie on disk become documents and questions, the same ones each time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.public import PUBLIC, public
from index.formats import read

PARAGRAPHS = (
    {"id": "a1", "title": "Green_Pond", "text": "青塘镇有池塘412口，2021年产鲈鱼1.26万吨。"},
    {"id": "a2", "title": "", "text": "1.2 果园\n白岭果园的主人是罗阿妹，她在山\n上种了三十年树。"},
    *({"id": f"b{n}", "title": "", "text": f"第{n}座山上有{n}间茶室。"} for n in range(1, 9)),
)
QUESTIONS = (
    {"id": "q1", "question": "青塘镇有多少口池塘？", "answers": ["412口。", "412口"], "context_id": "a1"},
    {"id": "q2", "question": "果园的主人种了多久的树？", "answers": ["种树三十载"], "context_id": "a2"},
    {
        "id": "q3",
        "question": "第一座和第二座山上有几间茶室？",
        "answers": ["1间"],
        "context_id": "b1",
        "context_ids": ["b1", "b2"],
    },
)


def write(folder: Path, file: str, rows: Sequence[object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(folder / file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Two sets under the names of real ones, with an English half, and one to be read text by text."""
    folder = tmp_path / "shared"
    for name in ("xquad_half", "drcd_dev", "expmrc_c3"):
        write(folder / name, "corpus.jsonl.gz", PARAGRAPHS)
        rows = [{**row, "evidences": ["青塘镇有池塘412口"]} for row in QUESTIONS] if name == "expmrc_c3" else QUESTIONS
        write(folder / name, "qa.jsonl.gz", rows)
    write(
        folder / "xquad_half", "qa_en.jsonl.gz", [{**QUESTIONS[0], "question": "How many ponds?", "answers_en": ["412 ponds"]}]
    )
    return folder


def test_each_paragraph_becomes_a_document_that_keeps_its_title(shared: Path, tmp_path: Path) -> None:
    folder = public("xquad_half", shared, tmp_path / "data", 0, 0).documents
    assert sorted(path.name for path in folder.iterdir()) == sorted(["a1.md", "a2.txt", *(f"b{n}.md" for n in range(1, 9))])
    pond, orchard = read(folder / "a1.md"), read(folder / "a2.txt")
    assert (pond.meta.title, pond.text.strip()) == ("Green Pond", PARAGRAPHS[0]["text"])
    assert pond.meta.source == "a1.md"
    assert orchard.blocks[0].span.of(orchard.text) == "1.2 果园"  # text out of pages is repaired


def test_a_question_knows_its_answers_and_the_files_that_hold_them(shared: Path, tmp_path: Path) -> None:
    posed = {one.id: one for one in public("xquad_half", shared, tmp_path / "data", 0, 0).posed}
    assert posed["q1"].wanted == (("412口",),)  # the full stop is no part of an answer, and the same answer counts once
    assert posed["q1"].sources == {"a1.md"}
    assert posed["q3"].sources == {"b1.md", "b2.md"}
    assert {name for name, one in posed.items() if one.verbatim} == {"q1", "q3"}
    assert not any(one.evidences for one in posed.values())


def test_an_english_half_asks_about_the_same_documents_and_takes_answers_in_both_languages(
    shared: Path, tmp_path: Path
) -> None:
    chinese, english = (public(name, shared, tmp_path / "data", 0, 0) for name in ("xquad_half", "xquad_half_en"))
    assert (english.shelf, english.documents) == (chinese.shelf, chinese.documents)
    assert english.posed[0].wanted == (("412口", "412 ponds"),)
    assert english.strangers == ()  # no other set is asked in English


def test_questions_that_only_make_sense_beside_their_text_are_asked_of_it_alone(shared: Path, tmp_path: Path) -> None:
    read_alone = public("expmrc_c3", shared, tmp_path / "data", 0, 0)
    assert read_alone.within
    assert read_alone.posed[0].evidences == ("青塘镇有池塘412口",)
    assert set(read_alone.strangers) <= {row["question"] for row in QUESTIONS}
    assert len(read_alone.strangers) == 3


def test_questions_without_an_answer_come_from_the_other_sets(shared: Path, tmp_path: Path) -> None:
    strange = {"id": "s", "question": "谁写了《渔歌》？", "answers": ["无名氏"], "context_id": "a1"}
    write(shared / "drcd_dev", "qa.jsonl.gz", [strange, strange])
    assert public("xquad_half", shared, tmp_path / "data", 1, 0).strangers == ("谁写了《渔歌》？",)


def test_a_sample_is_the_same_each_time_and_a_larger_one_holds_the_smaller(shared: Path, tmp_path: Path) -> None:
    ids = [[one.id for one in public("drcd_dev", shared, tmp_path / "data", most, 0).posed] for most in (1, 2, 2, 0)]
    assert [len(one) for one in ids] == [1, 2, 2, 3]
    assert ids[1] == ids[2]
    assert ids[3][:2] == ids[1]
    assert ids[1][:1] == ids[0]


def test_a_smaller_corpus_keeps_what_answers_and_as_much_that_distracts(shared: Path, tmp_path: Path) -> None:
    small = public("drcd_dev", shared, tmp_path / "data", 0, 6)
    names = {path.name for path in small.documents.iterdir()}
    assert len(names) == 6
    assert small.posed
    assert names > frozenset[str]().union(*(one.sources for one in small.posed))
    assert small.shelf == "drcd_dev-6"  # kept apart from the whole corpus
    assert {path.name for path in public("drcd_dev", shared, tmp_path / "data", 1, 6).documents.iterdir()} == names


def test_what_is_written_already_is_left_alone_and_what_is_not_wanted_goes(shared: Path, tmp_path: Path) -> None:
    folder = public("drcd_dev", shared, tmp_path / "data", 0, 0).documents
    (folder / "old.md").write_text("旧稿", "utf-8")
    (folder / "b1.md").write_text("改动", "utf-8")
    before = (folder / "a1.md").stat().st_mtime_ns
    public("drcd_dev", shared, tmp_path / "data", 0, 0)
    assert not (folder / "old.md").exists()
    assert (folder / "b1.md").read_text("utf-8") == "第1座山上有1间茶室。\n"
    assert (folder / "a1.md").stat().st_mtime_ns == before


def test_every_set_lies_in_a_folder_of_its_own_but_for_the_english_half() -> None:
    assert len({source.folder for source in PUBLIC.values()}) == len(PUBLIC) - 1

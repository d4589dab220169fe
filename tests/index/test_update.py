"""Bringing the index in line: only what changed is done again, and nothing that fails harms what stands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from index import folders
from index.errors import IndexingError, IndexLocked
from index.library import open_library, update

BUILD = """
import sys, time
from pathlib import Path
from index.embedders import load
from index.library import update
def stop(stage, done, total):
    if stage == sys.argv[3]:
        print("there", flush=True)
        time.sleep(60)
update([Path(sys.argv[1])], Path(sys.argv[2]), load("bundled"), progress=stop)
"""


def state(data_dir: Path) -> dict[str, bytes]:
    home = data_dir / "index"
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_the_report_counts_what_is_there(corpus: Path, data_dir: Path, embedder) -> None:
    report = update([corpus], data_dir, embedder, clock=iter([10.0, 12.5]).__next__)
    assert (report.documents, report.tables, report.changed, report.seconds, report.skipped) == (3, 1, 3, 2.5, ())
    assert report.figures >= 9


def test_progress_moves_on_in_small_steps_through_its_three_stages(corpus: Path, data_dir: Path, embedder) -> None:
    (corpus / "many.md").write_text(
        "# 账本\n\n" + "".join(f"第{day}天卖出{day * 3}斤鱼。" for day in range(99)), encoding="utf-8"
    )
    told: list[tuple[str, int, int]] = []
    update([corpus], data_dir, embedder, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["read", "embed", "write"]
    steps = [done for stage, done, _ in told if stage == "embed"]
    assert steps[0] == 0
    assert {total for stage, _, total in told if stage == "embed"} == {steps[-1]}
    assert max(after - before for before, after in pairwise(steps)) <= 16


def test_an_unchanged_corpus_is_not_indexed_again(corpus: Path, data_dir: Path, embedder) -> None:
    first = update([corpus], data_dir, embedder)
    before = state(data_dir)
    embedder.asked.clear()
    second = update([corpus], data_dir, embedder)
    assert replace(second, seconds=first.seconds) == replace(first, changed=0)
    assert second.seconds < 0.5
    assert state(data_dir) == before
    assert embedder.asked == []


def test_only_new_words_are_embedded_and_removed_files_vanish(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    (corpus / "orchard.md").unlink()
    (corpus / "mill.md").write_text("# 石磨坊\n\n石磨坊每年磨面粉90吨。\n", encoding="utf-8")
    embedder.asked.clear()
    report = update([corpus], data_dir, embedder)
    assert report.changed == 2
    assert embedder.asked
    assert all("石磨坊" in text for text in embedder.asked)
    library = open_library(data_dir, embedder)
    assert "罗阿妹" not in "".join(document.text for document in library.documents.values())
    assert library.lexical.frequency("脐橙") == library.unit_words.frequency("脐橙") == 0
    assert "90吨" in library.search("磨坊磨了多少面粉", 1)[0].passage.text


def test_an_updated_index_equals_one_built_afresh(corpus: Path, data_dir: Path, tmp_path: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    (corpus / "a.md").write_text("# 石磨坊\n\n石磨坊每年磨面粉90吨。\n", encoding="utf-8")
    (corpus / "pond.md").write_text((corpus / "pond.md").read_text(encoding="utf-8") + "\n明年再挖30口塘。\n", encoding="utf-8")
    (corpus / "library.md").unlink()
    update([corpus], data_dir, embedder)
    update([corpus], tmp_path / "fresh", embedder)
    changed, fresh = open_library(data_dir, embedder), open_library(tmp_path / "fresh", embedder)
    assert changed.documents == fresh.documents
    assert changed.passages == fresh.passages
    assert changed.units == fresh.units
    for question in ("面粉", "明年挖塘", "脐橙"):
        before, after = changed.search(question, 5), fresh.search(question, 5)
        assert [hit.passage for hit in before] == [hit.passage for hit in after]
        assert [hit.score for hit in before] == pytest.approx([hit.score for hit in after], abs=0.02)


def test_rebuilding_embeds_everything_again(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    first, embedder.asked[:] = len(embedder.asked), []
    assert update([corpus], data_dir, embedder, rebuild=True).changed == 3
    assert len(embedder.asked) == first


def test_another_model_embeds_everything_again(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    first, embedder.asked[:] = len(embedder.asked), []
    embedder.name = "another-model"
    update([corpus], data_dir, embedder)
    assert len(embedder.asked) == first
    assert open_library(data_dir, embedder).documents


def test_an_unreadable_file_is_named_and_the_rest_is_indexed(corpus: Path, data_dir: Path, embedder, monkeypatch) -> None:
    from index import build
    from index.errors import UnreadableFile

    def refusing(path: Path, _read=build.read):
        if path.name == "pond.md":
            raise UnreadableFile(f"{path.name} is torn")
        return _read(path)

    monkeypatch.setattr(build, "read", refusing)
    report = update([corpus], data_dir, embedder)
    assert [(skipped.path, skipped.reason) for skipped in report.skipped] == [("pond.md", "pond.md is torn")]
    assert report.documents == 2
    assert update([corpus], data_dir, embedder).skipped == report.skipped


def test_only_known_files_that_are_not_hidden_are_read_in_all_folders_below(corpus: Path, data_dir: Path, embedder) -> None:
    (corpus / "深" / "处").mkdir(parents=True)
    (corpus / "深" / "处" / "Mill.MD").write_text("# 石磨坊\n\n磨面粉90吨。\n", encoding="utf-8")
    (corpus / ".hidden").mkdir()
    for name in (".draft.md", ".hidden/note.md", "picture.png", "深/readme.rst"):
        (corpus / name).write_text("# 不该读\n\n不该读到。\n", encoding="utf-8")
    update([corpus], data_dir, embedder)
    titles = [document.meta.title for document in open_library(data_dir, embedder).documents.values()]
    assert titles == ["南渡圖書館月報", "白岭果园手记", "青塘镇渔业年报", "石磨坊"]


def test_documents_of_one_name_get_ids_of_their_own_and_keep_them_in_order(
    corpus: Path, data_dir: Path, tmp_path: Path, embedder
) -> None:
    other = tmp_path / "另"
    other.mkdir()
    for folder in (other, other / "b"):
        folder.mkdir(exist_ok=True)
        (folder / "pond.md").write_bytes((corpus / "pond.md").read_bytes())
    update([corpus, other], data_dir, embedder)
    ids = list(open_library(data_dir, embedder).documents)
    assert len(set(ids)) == len(ids) == 5
    (corpus / "pond.md").unlink()
    update([corpus, other], data_dir, embedder)
    library = open_library(data_dir, embedder)
    assert set(library.documents) < set(ids)
    assert {passage.document.id for passage in library.passages} == set(library.documents)


def test_a_corpus_folder_that_does_not_exist_is_refused(data_dir: Path, tmp_path: Path, embedder) -> None:
    with pytest.raises(IndexingError, match="nowhere"):
        update([tmp_path / "nowhere"], data_dir, embedder)


def test_an_empty_corpus_gives_an_empty_library(data_dir: Path, tmp_path: Path, embedder) -> None:
    (tmp_path / "empty").mkdir()
    assert update([tmp_path / "empty"], data_dir, embedder).documents == 0
    assert open_library(data_dir, embedder).search("什么都没有", 3) == ()


def test_the_index_before_stays_for_its_readers_and_older_ones_go(corpus: Path, data_dir: Path, embedder) -> None:
    kept = []
    for count in range(4):
        (corpus / "count.md").write_text(f"# 计数\n\n第{count}次写下的数是{count}箱。\n", encoding="utf-8")
        update([corpus], data_dir, embedder)
        kept.append(folders.current(data_dir))
    assert [folder.is_dir() for folder in kept] == [False, False, True, True]


def test_an_open_library_goes_on_while_others_take_its_place(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    library = open_library(data_dir, embedder)
    before = library.search("果园", 3)
    for count in range(3):
        (corpus / "orchard.md").write_text(f"# 别的\n\n换成了{count}件别的事。\n", encoding="utf-8")
        update([corpus], data_dir, embedder)
    assert library.search("果园", 3) == before


def test_going_back_to_the_state_before_takes_the_folder_that_stands(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    first, text = folders.current(data_dir), (corpus / "orchard.md").read_bytes()
    (corpus / "orchard.md").write_text("# 别的\n\n别的事。\n", encoding="utf-8")
    update([corpus], data_dir, embedder)
    (corpus / "orchard.md").write_bytes(text)
    update([corpus], data_dir, embedder)
    assert open_library(data_dir, embedder).search("果园主人", 1)[0].passage.document.meta.title == "白岭果园手记"
    assert first.is_dir()


@pytest.mark.parametrize("stage", ["read", "embed", "write"])
def test_a_build_killed_at_any_stage_leaves_the_old_index_whole(corpus: Path, data_dir: Path, embedder, stage: str) -> None:
    update([corpus], data_dir, embedder)
    old = open_library(data_dir, embedder)
    (corpus / "orchard.md").write_text("# 别的\n\n别的事。\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(corpus), str(data_dir), stage], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "there\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    reopened = open_library(data_dir, embedder)
    assert (reopened.fingerprint, reopened.documents) == (old.fingerprint, old.documents)
    assert update([corpus], data_dir, embedder).changed == 1
    assert not (data_dir / "index" / ".building").exists()


def test_a_half_written_folder_is_never_opened(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    whole = open_library(data_dir, embedder).fingerprint
    half = data_dir / "index" / ".building"
    half.mkdir()
    (half / "documents.jsonl").write_text("{", encoding="utf-8")
    assert open_library(data_dir, embedder).fingerprint == whole


def test_a_second_build_waits_and_then_says_who_holds_the_lock(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    told: list[str] = []
    with FileLock(data_dir / "index.lock"), pytest.raises(IndexLocked, match=f"process {os.getpid()}"):
        update([corpus], data_dir, embedder, timeout=0.2, progress=lambda stage, *_: told.append(stage))
    assert f"process {os.getpid()}" in told[0]


def test_a_second_build_goes_on_once_the_first_has_ended(corpus: Path, data_dir: Path, embedder) -> None:
    data_dir.mkdir()
    lock = FileLock(data_dir / "index.lock", thread_local=False)
    lock.acquire()
    threading.Thread(target=lambda: (time.sleep(0.5), lock.release())).start()
    assert update([corpus], data_dir, embedder, timeout=30).documents == 3

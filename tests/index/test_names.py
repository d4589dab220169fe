"""A names.txt in a corpus folder goes into the index as it is: no document, and no reason to embed anything again."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.library import open_library, update

NAMES = "# 青塘人怎么叫\n\n青塘镇 = Qingtang = 老塘\n  白岭 ≠ 白岭果园  \n"


def test_its_lines_come_with_the_library_remarks_left_out(corpus: Path, data_dir: Path, embedder) -> None:
    (corpus / "names.txt").write_text(NAMES, encoding="utf-8")
    report = update([corpus], data_dir, embedder)
    library = open_library(data_dir, embedder)
    assert library.names == ("青塘镇 = Qingtang = 老塘", "白岭 ≠ 白岭果园")
    assert report.documents == len(library.documents) == 3
    assert not [text for text in embedder.asked if "老塘" in text]


def test_a_changed_one_puts_the_index_out_of_date_and_nothing_is_embedded_again(corpus: Path, data_dir: Path, embedder) -> None:
    update([corpus], data_dir, embedder)
    before = open_library(data_dir, embedder)
    assert before.names == ()
    embedder.asked.clear()
    (corpus / "names.txt").write_text(NAMES, encoding="utf-8")
    assert update([corpus], data_dir, embedder).changed == 1
    after = open_library(data_dir, embedder)
    assert embedder.asked == []
    assert (after.documents, len(after.names)) == (before.documents, 2)
    assert after.fingerprint != before.fingerprint
    assert update([corpus], data_dir, embedder).changed == 0


def test_the_lines_of_several_folders_are_read_one_after_another(
    corpus: Path, data_dir: Path, tmp_path: Path, embedder
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (corpus / "names.txt").write_text("甲 = 乙\n", encoding="utf-8")
    (other / "names.txt").write_bytes("青塘镇 = 老塘\n".encode("gb18030"))
    update([corpus, other], data_dir, embedder)
    assert open_library(data_dir, embedder).names == ("甲 = 乙", "青塘镇 = 老塘")


def test_one_further_down_is_a_document_like_any_other(corpus: Path, data_dir: Path, embedder) -> None:
    (corpus / "deep").mkdir()
    (corpus / "deep" / "names.txt").write_text("青塘镇的渔民给池塘起了许多名字。\n", encoding="utf-8")
    assert update([corpus], data_dir, embedder).documents == 4


def test_one_that_is_no_text_is_named(corpus: Path, data_dir: Path, embedder) -> None:
    (corpus / "names.txt").write_bytes(b"\x89PNG\r\n\x00\x00" + bytes(range(256)))
    with pytest.raises(UnreadableFile, match=r"names\.txt"):
        update([corpus], data_dir, embedder)

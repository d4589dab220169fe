"""Files of every format become documents whose blocks know their characters; what cannot be read says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.formats import PARSERS, read, slug
from index.types import BlockKind
from tests.index.formats.conftest import FIXTURES

FILES = sorted(path for path in FIXTURES.iterdir() if path.suffix in PARSERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_blocks_follow_one_another_with_a_blank_line_between(path: Path) -> None:
    document = read(path)
    assert "\n\n".join(block.span.of(document.text) for block in document.blocks) == document.text
    assert not any(sign in document.text for sign in ("**", "<p", "</", "![", "\ufeff", "\x00", "&nbsp;"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cells_lie_in_their_table_and_a_row_is_one_line(path: Path) -> None:
    document = read(path)
    for block in document.blocks:
        for row in block.table.rows if block.table else ():
            assert block.span.start <= row[0].start
            assert row[-1].end <= block.span.end
            assert "\n" not in document.text[row[0].start : row[-1].end]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_headings_have_levels_and_only_notes_and_tables_have_several_lines(path: Path) -> None:
    document = read(path)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            assert 1 <= block.level <= 6
        if block.kind not in (BlockKind.NOTE, BlockKind.TABLE):
            assert "\n" not in block.span.of(document.text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00" + bytes(range(256)), "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("随访的覆盖面继续扩大。".encode()[:-1] + b"\xff\xfe" + "其余从略。".encode(), "mis-encoded"),
        ("随访的覆盖面。".encode("gb18030")[:-1] + b"\xff\xff\xff", "mis-encoded"),
        (b"\xff\xfe\x00\xd8A\x00", "mis-encoded"),
        (b"<html><body><script>var a = 1;</script></body></html>", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "坏文件.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason) as raised:
        read(path)
    assert str(raised.value).startswith("坏文件.txt ")
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_an_unknown_ending_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.txt cannot be opened"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match=r"a\.docx has no known format: \.docx"):
        read(tmp_path / "a.docx")


def test_an_id_is_the_slug_of_the_name_unless_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "2023 医生报告_v2（终稿）.md"
    path.write_text("# 甲\n\n正文。\n", "utf-8")
    assert read(path).id == "2023-医生报告-v2-终稿"
    assert read(path, id="other").id == "other"
    assert slug("——") == "document"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_any_text_at_all_is_read_or_refused_with_a_reason(text: str) -> None:
    for suffix, parser in PARSERS.items():
        try:
            parsed = parser(text.encode("utf-8", errors="replace"), f"a{suffix}")
        except UnreadableFile as refusal:
            refused = str(refusal)
            if not refused.startswith(f"a{suffix} "):
                pytest.fail(refused)
        else:
            assert all(draft.text.strip() or draft.rows for draft in parsed.drafts)

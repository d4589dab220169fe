"""The reports as they came lose nothing but furniture, and read as they were written."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from index.formats import read
from index.passages import passages
from index.types import BlockKind, Document, sections

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ORIGINALS = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
pytestmark = pytest.mark.skipif(not ORIGINALS, reason="the original reports are not part of the repository")

HAN = "[\u3400-\u9fff]"
PAGES = re.compile(r"\d{1,4}|.*[.…·]{4,}\s*\d*|图 ?\d+ .*\t\d+")


@lru_cache
def document(path: Path) -> Document:
    return read(path)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(path: Path) -> list[str]:
    """The lines a reader sees, taken from the file by means other than the parser's; furniture left out."""
    text = path.read_text("utf-8").lstrip()
    if text.startswith("---"):
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(
        r"<!--.*?-->|<p style=\"display:none.*?</p>|<https?:[^>]*>|^\[.*\]\(.*\)$", "", text, flags=re.DOTALL | re.MULTILINE
    )
    text = html.unescape(re.sub(r"</p>|<br ?/?>", "\n", text))
    text = re.sub(r"<[a-zA-Z/][^>]*>", "", text)
    lines = [re.sub(r"\*\*|\\|^#+ |^\s*[-•■] ", "", line).strip() for line in text.splitlines()]
    often = {line for line, times in Counter(lines).items() if times >= 3 and len(line) <= 4}
    return [line for line in lines if line and line not in often and not PAGES.fullmatch(line)]


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.stem)
def test_every_figure_and_every_run_of_chinese_is_kept(path: Path) -> None:
    text = squeezed(document(path).text)
    lost: list[str] = []
    for line in printed(path):
        runs = [
            run
            for run in re.findall(f"{HAN}{{6,}}", squeezed(line))
            if any(run[i : i + 6] not in text for i in range(len(run) - 5))
        ]
        figures = [figure for figure in re.findall(r"\d+(?:[.,]\d+)*%?", line) if figure not in text]
        lost += runs + figures
    assert not lost


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.stem)
def test_no_markup_and_no_furniture_is_left(path: Path) -> None:
    text = document(path).text
    assert not re.search(r"\*\*|</?\w+>|!\[|^#|\.{4,}|&nbsp;|\u3000", text, re.MULTILINE)
    assert not re.search(r"^\d{1,3}$", text, re.MULTILINE)


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.stem)
def test_paragraphs_end_as_sentences_do(path: Path) -> None:
    source = document(path)
    paragraphs = [block.span.of(source.text) for block in source.blocks if block.kind is BlockKind.PARAGRAPH]
    open_ended = [text for text in paragraphs if len(text) > 60 and not re.search(r"[。！？；：…”）》]$|——.{2,5}$", text)]
    assert not open_ended
    assert not [text for text in paragraphs if text[0] in "，。、；：”）"]


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.stem)
def test_passages_hold_the_whole_text_and_have_a_readable_length(path: Path) -> None:
    source = document(path)
    found = list(passages(source))
    kept = set().union(*(range(passage.span.start, passage.span.end) for passage in found))
    assert all(at in kept for at, character in enumerate(source.text) if not character.isspace())
    assert max(len(passage.text) for passage in found) <= 1300
    lengths = sorted(len(passage.text) for passage in found)
    assert 120 <= lengths[len(lengths) // 2] <= 450


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.stem)
def test_no_section_is_torn_from_its_chapter(path: Path) -> None:
    source = document(path)
    if not any(block.span.of(source.text).startswith("第一章") for block in source.blocks):
        pytest.skip("no numbered chapters")
    for section in sections(source):
        name = section.path[-1] if section.path else ""
        if re.match(r"\d\.\d ", name):
            assert section.path[0].startswith(f"第{'零一二三四五'[int(name[0])]}章")


def test_tables_of_the_originals_have_headers_and_full_rows() -> None:
    for path in ORIGINALS:
        for block in document(path).blocks:
            if block.table:
                assert block.table.header_rows == 1
                assert len({len(row) for row in block.table.rows}) == 1


def test_titles_publishers_and_dates_are_found_where_they_are_stated() -> None:
    for path in ORIGINALS:
        meta = document(path).meta
        assert meta.source == path.name
        assert meta.publisher
        assert re.fullmatch(r"|\d{4}(-\d\d){0,2}", meta.date)

"""`python -m bench.quality` over a tiny corpus: tables, JSON, pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.baselines import System
from bench.pages import NoMarkers
from bench.quality import main
from bench.quality_report import WORDS, as_json, markdown, tables
from bench.scoring import Column, Row

ROWS = (
    Row(
        "ponds",
        System.YANDA,
        60,
        60,
        {Column.RECALL_1: 0.9, Column.FOUND_SHORT: 0.75, Column.LENGTH: 71.0, Column.DECLINED: 0.1},
    ),
    Row("ponds", System.SENTENCE, 60, 60, {Column.RECALL_1: 0.9, Column.FOUND_SHORT: 0.5, Column.LENGTH: 40.0}),
    Row("clauses", System.YANDA, 60, 6, {Column.FOUND_SHORT: 0.5, Column.LENGTH: 80.0}),
)
Run = Callable[..., int]


@pytest.fixture
def run(corpus: Path, golden: Path, pages: Path, tmp_path: Path) -> Run:
    for page in pages.iterdir():
        page.write_text("before\n<!-- quality:start -->\n<!-- quality:end -->\nafter\n", "utf-8")
    folders = ("--digests", corpus, "--originals", corpus / "nowhere", "--golden", golden, "--pages", pages)
    fixed = (*map(str, folders), "--public", str(tmp_path / "none"), "--data", str(tmp_path / "data"), "--reranker", "none")
    return lambda *more: main((*fixed, *more))


def test_a_run_prints_its_tables_and_names_the_sets_that_are_missing(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    told = capsys.readouterr()
    for name in ("digests_held_out (1)", "digests_development (5)"):
        assert told.out.count(name) == 3 + 4 + 1  # three systems rank, four reply, one can decline
    assert "BM25 alone" in told.out
    assert "originals_development skipped" in told.err
    assert "fineva_insurance skipped" in told.err


def test_json_holds_a_row_for_each_system(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("--json", "--set", "digests_development", "--questions", "4")
    rows = json.loads(capsys.readouterr().out)
    assert [row["system"] for row in rows] == list(System)
    assert {row["set"] for row in rows} == {"digests_development"}
    assert all(0 <= row["recall@5"] <= 1 for row in rows)


def test_pages_are_written_only_where_that_is_asked(run: Run, pages: Path) -> None:
    untouched = (pages / "README.md").read_text("utf-8")
    run("--set", "digests_held_out")
    assert (pages / "README.md").read_text("utf-8") == untouched
    run("--set", "digests_held_out", "--write")
    for name, column in (("README.md", "recall@1"), ("README.zh-CN.md", "召回率@1")):
        page = (pages / name).read_text("utf-8")
        assert page.startswith("before\n<!-- quality:start -->\n")
        assert page.endswith("<!-- quality:end -->\nafter\n")
        assert column in page


def test_a_page_without_markers_is_named(run: Run, pages: Path) -> None:
    (pages / "README.md").write_text("no markers", "utf-8")
    with pytest.raises(NoMarkers, match="quality:start"):
        run("--set", "digests_held_out", "--write")


def test_a_second_run_reads_no_document_again(run: Run, tmp_path: Path) -> None:
    run("--set", "digests_held_out")
    built = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*.npy")}
    run("--set", "digests_held_out")
    assert built == {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*.npy")}


def test_an_unknown_set_is_refused_with_the_names_there_are(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--set", "ponds")
    assert "xquad_half_en" in capsys.readouterr().err


def test_shares_and_lengths_read_as_such_and_what_does_not_apply_is_left_open() -> None:
    told = markdown(ROWS, "en")
    assert "| ponds (60) | 研答 | 0.900 |" in told
    assert "| ponds (60) | 研答 | 0.750 | 71 |" in told
    assert "| ponds (60) | best sentence | 0.500 | 40 |" in told
    assert "nDCG" not in told  # nobody has it


def test_an_answer_looked_for_in_few_replies_says_in_how_many() -> None:
    assert "| clauses (60) | 研答 | 0.500 (6) | 80 |" in markdown(ROWS, "en")


def test_the_best_sentence_is_no_ranking_of_its_own() -> None:
    assert [len(table.rows) for table in tables(ROWS)] == [1, 3, 1]


@pytest.mark.parametrize("language", WORDS)
def test_every_system_and_column_has_a_name(language: str) -> None:
    assert set(WORDS[language].systems) == set(System)
    assert set(WORDS[language].columns) == set(Column)


def test_both_languages_hold_the_same_figures() -> None:
    told = [re.findall(r"\d+\.\d+", markdown(ROWS, language)) for language in WORDS]
    assert told[0] == told[1]
    assert len(json.loads(as_json(ROWS))) == len(ROWS)

"""The whole run over a tiny corpus, with a real server: what ends up in the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import main
from bench.measure import Figures, Measured
from bench.plan import Corpus, Half, Measure, Plan
from bench.process import BenchError, index_seconds, served
from rag.types import Ask


def test_a_run_writes_its_tables_into_both_pages_and_leaves_the_rest(corpus: Path, golden: Path, pages: Path) -> None:
    (corpus.parent / f"{corpus.name}.jsonl").write_text((golden / "held_out.jsonl").read_text("utf-8"), encoding="utf-8")
    folders = ("--digests", str(corpus), "--originals", str(corpus), "--other", str(corpus))
    folders += ("--golden", str(golden), "--pages", str(pages))
    assert main(folders) == 0
    english, chinese = ((pages / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    for page in (english, chinese):
        assert page.startswith("# 研答\n\nbefore\n\n<!-- bench:start -->\n|")
        assert page.endswith("<!-- bench:end -->\n\nafter\n")
        assert "nothing yet" not in page
        assert str(corpus) not in page
    assert "digests, held out (2)" in english
    assert "originals, development (6)" in english
    assert "| `yanda index`, first time | – | " in english
    assert "摘编，留出（2）" in chinese
    rows = {row.split(" | ")[0].strip("| "): row for row in english.splitlines() if row.startswith("|")}
    assert rows["citations whose quote stands at its offsets"].count("100.0%") == 6  # the target and five columns
    assert rows["not in the library"].count("1/1") == 5


def test_without_the_originals_the_run_says_so_and_measures_the_digests(
    corpus: Path, golden: Path, pages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Plan] = []

    def noted(plan: Plan, folder: Path, tell: object) -> Measured:
        del folder, tell
        measured.append(plan)
        figures = Figures(2, dict.fromkeys(Measure, 1.0), (), 0)
        return Measured({(Corpus.DIGESTS, Half.HELD_OUT): figures}, dict.fromkeys(Measure, 0.1), 2)

    monkeypatch.setattr("bench.__main__.measure", noted)
    nowhere = str(corpus / "nowhere")
    main(("--digests", str(corpus), "--originals", nowhere, "--other", nowhere, "--golden", str(golden), "--pages", str(pages)))
    assert [plan.corpora for plan in measured] == [{Corpus.DIGESTS: corpus}]
    assert "originals skipped" in capsys.readouterr().out
    assert "originals" not in (pages / "README.md").read_text("utf-8")


def test_an_index_that_cannot_be_built_ends_the_run_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="nowhere does not exist"):
        index_seconds(tmp_path / "nowhere", tmp_path / "data")


def test_a_server_without_an_index_is_not_waited_for(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ended with 3"), served(corpus, tmp_path / "data"):
        pass


def test_a_server_answers_tells_its_memory_and_is_gone_afterwards(corpus: Path, tmp_path: Path) -> None:
    with served(corpus, tmp_path / "data", "--index") as server:
        assert server.ask(Ask("白岭果园的主人是谁？")) > 0
        assert server.ready_s > 0
        peak = server.peak_bytes
        assert peak is None or peak > 50_000_000
    assert not Path(f"/proc/{server.pid}").exists()

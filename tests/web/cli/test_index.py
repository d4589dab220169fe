"""Does `yanda index` say what it read, and what it could not read?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.cli.conftest import PHARMACY, Said, failed
from web.cli import BROKEN, DONE, NO, main


def test_index_ends_with_a_table_of_what_was_read(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "a.md").write_text(PHARMACY, "utf-8")
    assert main(["index", "."]) == DONE
    out, err = capsys.readouterr()
    head, row = (line.split() for line in out.splitlines() if re.search(r"documents|^\s+\d", line))
    assert head == ["documents", "passages", "tables", "figures", "seconds"]
    assert row[0] == "1"
    assert int(row[3]) >= 4
    assert "1 file changed" in out
    assert "embed: " in err


@pytest.mark.usefixtures("within")
def test_index_again_changes_nothing_and_rebuild_starts_over(capsys: Said) -> None:
    assert main(["index"]) == DONE
    assert "nothing had changed" in capsys.readouterr().out
    assert main(["index", "--rebuild"]) == DONE
    assert "2 files changed" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_indexed(elsewhere: Path, capsys: Said) -> None:
    (elsewhere / "good.md").write_text(PHARMACY, "utf-8")
    (elsewhere / "empty.md").write_text("", "utf-8")
    assert main(["index", "."]) == BROKEN
    out, err = capsys.readouterr()
    assert re.search(r"^\s+1 ", out, re.MULTILINE)
    (skipped,) = [line for line in err.splitlines() if line.startswith("skipped")]
    assert skipped.startswith("skipped empty.md: ")
    assert main(["search", "门店"]) == DONE
    assert main(["check"]) == NO
    assert re.search(r"^WRONG  index .*empty\.md", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.usefixtures("elsewhere")
def test_a_folder_that_is_not_there_is_broken_input(capsys: Said) -> None:
    assert main(["index", "没有"]) == BROKEN
    assert "没有 does not exist" in failed(capsys)

"""Tables go between their markers, again and again, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.pages import END, START, NoMarkers, write_between


def test_only_what_stands_between_the_markers_changes_however_often(pages: Path) -> None:
    page = pages / "README.md"
    for text in ("first\n", "| 二 | \\1 |"):
        write_between(page, text)
    assert page.read_text("utf-8") == f"# 研答\n\nbefore\n\n{START}\n| 二 | \\1 |\n{END}\n\nafter\n"


@pytest.mark.parametrize("text", ["no markers", START, END, f"{END} {START}"])
def test_a_page_without_markers_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    page = tmp_path / "README.md"
    page.write_text(text, "utf-8")
    with pytest.raises(NoMarkers, match="put both"):
        write_between(page, "table")
    assert page.read_text("utf-8") == text

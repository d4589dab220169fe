"""Are the pictures of the page there, light enough for a README, and shown in both?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.plan import ROOT
from bench.screenshots import FOLDER, SHOTS

READMES = ("README.md", "README.zh-CN.md")


def shown(name: str) -> set[str]:
    return set(re.findall(r"docs/screenshots/([\w-]+)\.png", (ROOT / name).read_text("utf-8")))


@pytest.mark.parametrize("name", READMES)
def test_every_state_is_shown_and_nothing_else(name: str) -> None:
    assert shown(name) == {shot.name for shot in SHOTS} == {path.stem for path in FOLDER.iterdir()}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_a_png_of_at_most_200_kb(path: Path) -> None:
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size <= 200_000


def test_a_state_is_photographed_once() -> None:
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)

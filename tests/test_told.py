"""Do the READMEs tell the truth about settings, commands and files?"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from rag.settings import Settings, load_settings
from web.cli import parser

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "rag", "web", "bench")
READMES = ("README.md", "README.zh-CN.md")


def readme(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def rows(text: str) -> list[list[str]]:
    """The cells of every table row."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def commands() -> dict[str, list[str]]:
    """Every command of `yanda` with its options."""
    subcommands = next(action for action in parser()._actions if isinstance(action.choices, dict)).choices
    assert isinstance(subcommands, dict)
    return {
        name: [
            option
            for action in command._actions
            for option in action.option_strings
            if option not in ("-h", "--help", "--debug")
        ]
        for name, command in subcommands.items()
    }


@pytest.mark.parametrize("name", READMES)
def test_every_setting_has_its_line_with_its_default(name: str) -> None:
    told = {cells[0].strip("`°"): cells[1] for cells in rows(readme(name)) if re.fullmatch(r"`[a-z_]+`°?", cells[0])}
    assert list(told) == list(dict.fromkeys(told))
    assert set(told) == {field.name for field in fields(Settings)}
    defaults = load_settings({}, ROOT).shown() | {"corpus": "seeds", "data_dir": ".yanda"}
    none = "无" if "zh" in name else "none"
    assert told == {setting: f"`{value}`" if value else none for setting, value in defaults.items()}


@pytest.mark.parametrize("name", READMES)
def test_every_command_has_its_line_with_its_options(name: str) -> None:
    told = {found[1]: cells[1] for cells in rows(readme(name)) if (found := re.match(r"`yanda (\w+)", cells[0]))}
    assert set(told) == set(commands())
    for command, options in commands().items():
        missing = [option for option in options if f"`{option}" not in told[command]]
        assert not missing, f"yanda {command}: {missing}"


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_yanda_that_is_shown_can_be_parsed(name: str) -> None:
    shown = re.findall(r"^\.venv/bin/yanda (.+?)(?:\s+#.*)?$", readme(name), re.MULTILINE)
    assert shown
    for line in shown:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert callable(parser().parse_args(words).run)


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_that_is_shown_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = set(re.findall(r"(?:^|`)make ([a-z]+)", readme(name), re.MULTILINE))
    assert {"serve", "test"} <= shown <= targets


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    assert re.search(r"^```sh\nmake serve .*\nmake test .*\n```", readme(name).split("\n## ")[0], re.MULTILINE)


def test_both_readmes_have_room_for_the_measured_figures() -> None:
    assert all(re.search(r"<!-- bench:start -->\n.*\n<!-- bench:end -->", readme(name), re.DOTALL) for name in READMES)


def tree() -> dict[str, str]:
    """Path and comment of each line in the README's tree; a folder's path ends in a slash."""
    block = re.search(r"<!-- tree:start -->\n```\n(.*?)```", readme("README.md"), re.DOTALL)
    assert block
    told: dict[str, str] = {}
    trail: list[str] = []
    for line in block[1].splitlines():
        found = re.fullmatch(r"((?:  )*)(\S+)\s{2,}(\S.*)", line)
        assert found, f"not an indented name, two spaces or more, a comment: {line!r}"
        trail[len(found[1]) // 2 :] = [found[2]]
        told["".join(trail)] = found[3]
    return told


def test_every_file_stands_in_the_tree_and_nothing_else_does() -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.name != "__init__.py" and "__pycache__" not in path.parts
    }
    told = tree()
    # a folder of documents is told as a whole
    whole = tuple(
        folder for folder in told if folder.endswith("/") and not any(p.startswith(folder) and p != folder for p in told)
    )
    there = {path for path in there if path.endswith(".py") or not path.startswith(whole)}
    listed = {path for path in told if not path.endswith("/") and path.split("/")[0] in PACKAGES}
    assert sorted(listed - there) == []
    assert sorted(there - listed) == []


def test_every_folder_in_the_tree_exists() -> None:
    assert [path for path in tree() if not (ROOT / path).exists()] == []

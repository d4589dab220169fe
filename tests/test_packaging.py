"""Does the wheel carry everything that is needed, and nothing that is nobody's business?"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("rag", "index", "web", "seeds")
SECRET = b"llm_api_key = 'sk-not-for-everybody'"
PRIVATE = (".env", "yanda.toml", ".yanda/index/manifest.json", "notes.txt", "web/.env")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as a developer's folder looks: with settings, secrets and an index lying about."""
    copy = tmp_path_factory.mktemp("project") / "yanda"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".yanda", ".cache", "dist", "__pycache__", ".*_cache", ".hypothesis", "yanda.toml"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    for name in PRIVATE:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(SECRET)
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, tree)
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if "No matching distribution found for hatchling" in done.stderr:
        pytest.skip("hatchling cannot be installed here, so no wheel can be built")
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents, as `pip install` lays them out."""
    folder = tmp_path_factory.mktemp("installed")
    command = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel)
    subprocess.run(command, check=True, timeout=300)
    return folder


def yanda(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed command in an empty folder, the checkout out of reach."""
    code = "import sys; from web.cli import main; sys.exit(main())"
    environment = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    command = (sys.executable, "-P", "-c", code, *arguments)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)


def ours(package: str) -> Iterator[str]:
    for path in (ROOT / package).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".env":
            yield path.relative_to(ROOT).as_posix()


def test_the_wheel_is_called_yanda(wheel: Path) -> None:
    assert wheel.name == "yanda-0.1.0-py3-none-any.whl"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_the_wheel(names: set[str], package: str) -> None:
    assert set(ours(package)) - names == set()


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    expected = {name for package in PACKAGES for name in ours(package)}
    assert {name for name in names - expected if not name.startswith("yanda-0.1.0.dist-info/")} == set()


def test_nothing_private_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if SECRET in archive.read(name)] == []


def test_pages_styles_and_word_lists_travel_with_the_code(names: set[str]) -> None:
    assert {"web/templates/chat.html", "web/static/chat.js"} <= names
    assert any(name.startswith("seeds/") and name.endswith(".md") for name in names)
    assert any(name.startswith("index/chinese/data/") for name in names)


def test_the_command_and_the_licence_are_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert "yanda = web.cli:main" in archive.read("yanda-0.1.0.dist-info/entry_points.txt").decode()
        assert "Apache License" in archive.read("yanda-0.1.0.dist-info/licenses/LICENSE").decode()
        assert "License-Expression: Apache-2.0" in archive.read("yanda-0.1.0.dist-info/METADATA").decode()


def test_an_installed_yanda_checks_itself_and_names_the_command_that_is_missing(installed: Path, tmp_path: Path) -> None:
    done = yanda(installed, tmp_path, "check")
    assert done.returncode == 1, done.stderr
    assert f"corpus={installed / 'seeds'}" in done.stdout
    (wrong,) = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert wrong.endswith("run `yanda index`")


def test_an_installed_yanda_can_read_and_search_a_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "紫藤.md").write_text("# 紫藤药房\n\n紫藤药房2031年新开了17家门店。\n", "utf-8")
    assert yanda(installed, tmp_path, "index", "news").returncode == 0
    done = yanda(installed, tmp_path, "search", "门店")
    assert "17家" in done.stdout, done.stderr

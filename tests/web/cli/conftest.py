"""A working folder with two documents, indexed, and what the command line says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from index import embedders
from web.cli import DONE, main

ROOT = Path(__file__).parent.parent.parent.parent
QUESTION = "紫藤药房2031年新开了多少家门店？"
UNKNOWN = "火星探测器什么时候发射？"

PHARMACY = """---
title: 紫藤药房2031年经营回顾
publisher: 青石财经
date: 2032-03-05
---

# 紫藤药房2031年经营回顾

## 门店

紫藤药房2031年新开门店17家，年底门店总数为236家。

## 收入

紫藤药房2031年收入为 4.6亿元，同比增长12.5%。
"""

SURVEY = """# 鹭洲药师阅读调查

## 阅读时长

受访药师每周阅读专业资料的时间平均为3.5小时，其中[1]线上阅读占2.1小时。
"""

Said = pytest.CaptureFixture[str]
# one for all the files here
load_once = lru_cache(embedders.load)


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """The real model, loaded once for all the commands that run inside this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedders, "load", load_once)
        yield


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with two documents, indexed."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "wisteria-2031.md").write_text(PHARMACY, "utf-8")
    (folder / "seeds" / "heron-survey.md").write_text(SURVEY, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedders, "load", load_once)
        patch.chdir(folder)
        assert main(["index"]) == DONE
    return folder


@pytest.fixture
def within(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(library)
    return library


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failed(said: Said) -> str:
    """The one line on stderr, with nothing on stdout."""
    out, err = said.readouterr()
    assert out == ""
    assert err.startswith("yanda: ")
    assert err.count("\n") == 1
    return err.removeprefix("yanda: ").strip()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])

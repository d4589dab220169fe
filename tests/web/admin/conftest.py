"""A small corpus of our own that may be changed over HTTP, and how files are sent to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from rag.settings import Rate, Settings

KEY = {"Authorization": "Bearer the-admin-key"}
ADMIN = "the-admin-key"

POND = """# 青塘镇渔业年报

## 产量

2021年底青塘镇共有池塘412口，全年鲈鱼产量达1.26万吨。
"""

TEA = """# 云岭茶厂月报

## 产量

云岭茶厂三月共采茶青37吨，比上一年多了4吨。
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "pond.md").write_text(POND, "utf-8")
    return folder


@pytest.fixture
def settings(corpus: Path, tmp_path: Path) -> Settings:
    # a test asks as fast as it can for as long as an index is built
    return Settings(corpus=(corpus,), data_dir=tmp_path / "data", admin_key=ADMIN, rate_limit=Rate(10**6, 1))


def sent(client: httpx.Client, *files: tuple[str, str | bytes], query: str = "", **more: Any) -> httpx.Response:
    return client.post(f"/api/documents{query}", files=[("files", file) for file in files], **more)

"""A small corpus of our own, and the real embedder, which notes what it is asked to embed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embedders.bundled import Bundled

Rows = dict[tuple[str, str], NDArray[np.float32]]

POND = """# 青塘镇渔业年报

## 产量

2021年底青塘镇共有池塘412口，全年鲈鱼产量达1.26万吨，比上一年增长８．４％。

养殖户平均每天巡塘2.5小时，其中六成用手机查看水温。

## 补贴

| 项目 | 金额 |
| --- | --- |
| 增氧机 | 300万元 |
| 苗种 | 150万元 |
"""
ORCHARD = """# 白岭果园手记

## 收成

白岭果园今年采收脐橙86吨，其中两成做成了果干。

果园的主人是罗阿妹，她在山上种了三十年树。
"""
LIBRARY = """# 南渡圖書館月報

南渡圖書館三月借出圖書5,230冊，讀者最常借的是《河岸植物誌》。
"""


class Noting:
    """The bundled embedder, and every text it was given; rows that an earlier test has computed are not computed again."""

    def __init__(self, model: Bundled, rows: Rows) -> None:
        self._model, self._rows = model, rows
        self.name, self.dimension = model.name, model.dimension
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._kept("query", texts, self._model.queries)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._kept("passage", texts, self._model.passages)

    def _kept(self, prompt: str, texts: Sequence[str], encode: Callable[..., NDArray[np.float32]]) -> NDArray[np.float32]:
        self.asked += texts
        new = [text for text in dict.fromkeys(texts) if (prompt, text) not in self._rows]
        self._rows.update(zip([(prompt, text) for text in new], encode(new), strict=True))
        return np.array([self._rows[prompt, text] for text in texts], np.float32).reshape(-1, self.dimension)


@pytest.fixture(scope="session")
def model() -> Bundled:
    return Bundled()


@pytest.fixture(scope="session")
def rows() -> Rows:
    return {}


@pytest.fixture
def embedder(model: Bundled, rows: Rows) -> Noting:
    return Noting(model, rows)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    for name, text in (("pond.md", POND), ("orchard.md", ORCHARD), ("library.md", LIBRARY)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / ".yanda"

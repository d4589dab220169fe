"""The inventory knows of each figure what it measures, when, out of how many; and it survives an update unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.chinese.numbers import NumberKind
from index.circumstances import Told
from index.embedders import Embedder
from index.figures import Inventory, load, rows
from index.folders import current
from index.formats import read
from index.library import open_library, update
from index.passages import passages
from index.stated import Stated
from index.types import Unit
from index.units import units

REPORT = """---
title: 霁川药房 2031 年年报
date: 2032-03
---

# 霁川药房 2031 年年报

## 经营

截至2031年底，霁川药房有门店146家，一年前是118家；员工由900人增至1,040人。全年收入2.84亿元，比2030年的2.13亿元增长33.3%。

| 项目（百万元） | 2031年 | 2030年 | 变动 |
| --- | --- | --- | --- |
| 收入 | 284 | 213 | +33.3% |
| 毛利率（%） | 31.5 | 29.8 | +1.7个百分点 |

## 药师调查

药师平均每天值班不超过1.85小时，近八成用手机接单。

| 渠道 | 一线城市（N=640） | 全部 |
| --- | --- | --- |
| 微信群 | 48% | 52% |

> 基数：全部受访者，N=1,240。
"""


def _read(folder: Path, text: str = REPORT) -> tuple[Inventory, list[Unit]]:
    path = folder / "report.md"
    path.write_text(text, encoding="utf-8")
    cut = list(units(tuple(passages(read(path)))))
    return Inventory(rows(cut), cut), cut


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Stated]:
    inventory, cut = _read(tmp_path)
    return {figure.printed: figure for place in reversed(range(len(cut))) for figure in reversed(inventory.of(place))}


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("2.84亿元", 2.84e8, "元"),
        ("284", 2.84e8, "元"),
        ("31.5", 31.5, "%"),
        ("近八成", 80, "%"),
        ("不超过1.85小时", 1.85, "小时"),
    ],
)
def test_a_figure_counts_in_its_base_unit_that_of_a_header_too(
    found: dict[str, Stated], printed: str, value: float, unit: str
) -> None:
    assert found[printed].number.value == pytest.approx(value)
    assert found[printed].number.unit == unit


@pytest.mark.parametrize(
    ("printed", "year", "told"),
    [
        ("146家", 2031, Told.OWN),
        ("118家", 2030, Told.OWN),
        ("2.13亿元", 2030, Told.OWN),
        ("2.84亿元", 2031, Told.BEFORE),
        ("33.3%", 2031, Told.BEFORE),
        ("213", 2030, Told.OWN),
        ("近八成", 2031, Told.HEADING),
        ("900人", 0, Told.NOWHERE),
    ],
)
def test_a_figure_knows_its_year_and_where_that_is_told(found: dict[str, Stated], printed: str, year: int, told: Told) -> None:
    assert (found[printed].when.year, found[printed].when.told) == (year, told)


def test_a_sum_and_a_change_are_told_apart(found: dict[str, Stated]) -> None:
    assert found["33.3%"].change
    assert found["1.7个百分点"].change
    assert not found["2.84亿元"].change


def test_a_share_knows_its_base_the_column_before_the_table(found: dict[str, Stated]) -> None:
    text = found["48%"].document.text
    assert found["48%"].base.of(text) == "N=640"
    assert found["52%"].base.of(text) == "基数：全部受访者，N=1,240"
    assert found["近八成"].base.of(text) == "基数：全部受访者，N=1,240"
    assert found["2.84亿元"].base.of(text) == ""


def test_a_cell_is_named_by_row_and_column_a_clause_by_its_words(found: dict[str, Stated]) -> None:
    text = found["213"].document.text
    assert (found["213"].measure.of(text), found["213"].column.of(text)) == ("收入", "2030年")
    assert "门店" in found["146家"].measure.of(text)


def test_dates_and_ranks_are_no_figures(found: dict[str, Stated]) -> None:
    assert not {figure.number.kind for figure in found.values()} & {NumberKind.DATE, NumberKind.RANK}


def test_what_is_like_a_figure_is_of_its_kind_and_size(tmp_path: Path) -> None:
    inventory, cut = _read(tmp_path)
    every = [figure for place in range(len(cut)) for figure in inventory.of(place)]
    stores = next(figure for figure in every if figure.printed == "146家")
    assert [figure.printed for figure in inventory.like(stores, 1.5)] == ["118家"]
    assert len(inventory) == len(every)


@pytest.mark.parametrize("text", ["", "# 空\n", "没有数字的一句话。\n"])
def test_a_document_without_figures_has_none(tmp_path: Path, text: str) -> None:
    assert len(_read(tmp_path, text or "。")[0]) == 0


def test_what_is_carried_over_is_as_if_it_were_read_anew(corpus: Path, data_dir: Path, embedder: Embedder) -> None:
    update((corpus,), data_dir, embedder)
    (corpus / "a.md").write_text(REPORT, encoding="utf-8")
    report = update((corpus,), data_dir, embedder)
    kept = open_library(data_dir, embedder)
    # compared as text: a number that is not there equals no other
    assert str(load(current(data_dir)).tolist()) == str(rows(kept.units).tolist())
    assert report.figures == kept.counts.figures == len(kept.figures)

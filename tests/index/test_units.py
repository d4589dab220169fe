"""What can be quoted stands in one passage, is whole, and carries along what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.formats import read
from index.passages import passages
from index.types import Unit, UnitKind
from index.units import units

REPORT = """# 蓝溪护理院年报

## 人员

蓝溪护理院有护士86名，其中两成会说英语（English）。夜班由《值班守则》规定。

- 院长：罗阿妹

## 目标

蓝溪护理院今年有两个目标：

1. 把等候时间減少一半；
   - 先改挂号；
2. 让家属用APP查看病历。

## 床位

下表列出各楼层的床位。

| 楼层 | 床位 | 空床 |
| --- | --- | --- |
| 一楼 | ４０张 | 3张 |
| 二楼 | 52张 | 0张 |

> 编者注：三楼正在装修。
"""
Cut = Callable[[str], list[Unit]]


@pytest.fixture
def cut(tmp_path: Path) -> Cut:
    def units_of(text: str) -> list[Unit]:
        path = tmp_path / "report.md"
        path.write_text(text, encoding="utf-8")
        return list(units(tuple(passages(read(path)))))

    return units_of


def one(found: list[Unit], words: str) -> Unit:
    (unit,) = [unit for unit in found if words in unit.text and unit.kind is not UnitKind.HEADING]
    return unit


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("护士86名", UnitKind.STATEMENT),
        ("值班守则", UnitKind.STATEMENT),
        ("罗阿妹", UnitKind.FIELD),
        ("等候时间", UnitKind.ITEM),
        ("先改挂号", UnitKind.ITEM),
        ("52张", UnitKind.ROW),
        ("三楼正在装修", UnitKind.NOTE),
    ],
)
def test_each_shape_of_text_becomes_a_unit_of_its_kind(cut: Cut, words: str, kind: UnitKind) -> None:
    assert one(cut(REPORT), words).kind is kind


def test_headings_are_units_with_the_headings_above_them(cut: Cut) -> None:
    headings = {unit.text: unit.context for unit in cut(REPORT) if unit.kind is UnitKind.HEADING}
    assert headings["床位"] == "蓝溪护理院年报"


def test_sentences_of_a_paragraph_are_quoted_one_by_one(cut: Cut) -> None:
    found = cut(REPORT)
    assert one(found, "护士86名").text == "蓝溪护理院有护士86名，其中两成会说英语（English）。"
    assert one(found, "值班守则").text == "夜班由《值班守则》规定。"


def test_a_later_sentence_carries_the_first_words_of_its_paragraph(cut: Cut) -> None:
    assert "蓝溪护理院有护士86名" in one(cut(REPORT), "值班守则").context


def test_a_list_item_carries_the_line_that_introduces_it(cut: Cut) -> None:
    found = cut(REPORT)
    for words in ("等候时间", "先改挂号", "查看病历"):
        assert "今年有两个目标" in one(found, words).context


def test_what_follows_a_list_does_not_carry_its_introduction(cut: Cut) -> None:
    found = cut(REPORT + "\n床位由护士长（head nurse）分配。\n")
    assert "两个目标" not in one(found, "护士长").context


def test_a_row_is_quoted_from_its_first_cell_to_its_last_and_carries_the_header(cut: Cut) -> None:
    row = one(cut(REPORT), "二楼")
    assert row.text.startswith("二楼")
    assert row.text.rstrip(" |").endswith("0张")
    assert {"楼层", "床位", "空床"} <= set(row.context.split())


def test_the_header_of_a_table_is_no_unit_of_its_own(cut: Cut) -> None:
    assert not [unit for unit in cut(REPORT) if unit.kind is UnitKind.ROW and "楼层" in unit.text]


def test_a_long_item_is_quoted_by_sentence(cut: Cut) -> None:
    sentence = "护士长每天早上七点在二楼的护士站核对病人的名字、床号和过敏史，再把当天要用的药品逐一发给值班的护士。"
    found = cut("# 值班\n\n- " + sentence * 5 + "\n")
    assert [unit.text for unit in found if unit.kind is UnitKind.STATEMENT] == [sentence] * 5


def test_a_unit_stands_in_its_passage_and_in_its_block(cut: Cut) -> None:
    for unit in cut(REPORT + "\n" + "病人按时吃药。" * 300):
        assert unit.passage.span.start <= unit.span.start < unit.span.end <= unit.passage.span.end
        assert unit.text == unit.text.strip()
        assert unit.block is not None
        assert unit.block.span.start <= unit.span.start < unit.span.end <= unit.block.span.end


def test_no_sentence_is_lost_or_told_twice(cut: Cut) -> None:
    text = "# 病房\n\n" + "\n\n".join(f"第{n}号病房住着{n}位病人，由护士照看。" for n in range(2, 90))
    said = [unit.text for unit in cut(text) if unit.kind is UnitKind.STATEMENT]
    assert said == [f"第{n}号病房住着{n}位病人，由护士照看。" for n in range(2, 90)]


def test_an_empty_document_has_no_units(cut: Cut) -> None:
    assert cut("# 病房\n")[0].kind is UnitKind.HEADING
    assert not list(units(()))

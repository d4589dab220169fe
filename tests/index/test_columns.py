"""Tables whose columns are set apart by spaces alone are tables all the same; prose with wide gaps is none."""

from __future__ import annotations

from pathlib import Path

from index.formats import read
from index.layout.columns import tabbed
from index.types import BlockKind

PRINTED = """船务年报

一、航线

    指标                     2027年      2028年      2029年
    客运量（万人次）           31.4        35.2        40.8
    开行班次（班）              812       1,024       1,190
    其中：夜航（班）             96         130         171

夜航的班次三年间增加了近八成，其中周末的班次最多。
"""


def test_a_table_set_apart_by_spaces_has_cells_with_their_own_characters(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(PRINTED, encoding="utf-8")
    document = read(tmp_path / "ferry.txt")
    (block,) = (block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert block.table
    rows = [[cell.of(document.text) for cell in row] for row in block.table.rows]
    assert rows[0] == ["指标", "2027年", "2028年", "2029年"]
    assert rows[2] == ["开行班次（班）", "812", "1,024", "1,190"]
    assert block.table.header_rows == 1


def test_lines_that_are_no_rows_stay_as_they_are() -> None:
    prose = ["他说  这里  没有表，", "只有  几处  空格。", "  缩进的  一行  字"]
    two = ["名称   数量", "苹果   12", "梨    30"]
    words = ["甲   乙   丙", "丁   戊   己", "庚   辛   壬"]
    assert tabbed(prose) == prose
    assert tabbed(two) == two
    assert tabbed(words) == words

"""Which rows head a table, in HTML, Markdown and plain text."""

from __future__ import annotations

from pathlib import Path

from index.formats import read
from tests.index.formats.conftest import FIXTURES, rows


def test_a_header_over_two_columns_heads_both_and_a_cell_over_two_rows_is_in_each() -> None:
    document = read(FIXTURES / "news_page.html")
    assert rows(document) == [
        ["业务", "收入（亿元）", "收入（亿元）"],
        ["业务", "2023上半年", "2024上半年"],
        ["远程会诊", "1.42", "2.05"],
        ["器械租赁", "1.72", "1.67"],
    ]
    [block] = [block for block in document.blocks if block.table]
    assert block.table
    assert block.table.header_rows == 2
    assert block.table.rows[0][1] == block.table.rows[0][2]


def test_rows_in_the_head_of_an_html_table_are_headers_whatever_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "head.html"
    head = "<tr><td rowspan='2'>站点</td><td colspan='2'>上半年</td></tr><tr><td>订单</td><td>退单</td></tr>"
    body = "<tr><td>岚芝</td><td>12单</td><td>1单</td></tr>"
    path.write_text(f"<h1>站点</h1><p>见下表。</p><table><thead>{head}</thead><tbody>{body}</tbody></table>")
    [table] = [block.table for block in read(path).blocks if block.table]
    assert table.header_rows == 2
    assert rows(read(path))[0] == ["站点", "上半年", "上半年"]


def test_a_second_row_that_only_tells_the_names_of_the_first_apart_is_a_header_too(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(
        "站点\t上半年\t\t下半年\t\n\t订单\t退单\t订单\t退单\n岚芝\t12单\t1单\t15单\t2单\n青峤\t9单\t2单\t8单\t1单\n"
    )
    [table] = [block.table for block in read(path).blocks if block.table]
    assert table.header_rows == 2


def test_a_first_row_of_a_group_with_an_empty_name_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "group.md"
    path.write_text("# 站点\n\n| 渠道 | 城市 | 订单 |\n| --- | --- | --- |\n| 线上 | 松坪 | 12单 |\n| | 鹿港 | 9单 |\n")
    [table] = [block.table for block in read(path).blocks if block.table]
    assert table.header_rows == 1

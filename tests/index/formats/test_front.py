"""Title, publisher and date come from the front matter, or from plain lines only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.formats import read
from index.formats.front import iso, split
from tests.index.formats.conftest import FIXTURES


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-03-25 08:07:08 +0800", "2022-03-25"),
        ("Wed, 20 Jul 2022 05:47:00 GMT", "2022-07-20"),
        ("2023年4月", "2023-04"),
        ("2023年04月09日", "2023-04-09"),
        ("2023/4/9", "2023-04-09"),
        ("2021.12", "2021-12"),
        (2023, "2023"),
        ("2023年", "2023"),
        (date(2024, 2, 9), "2024-02-09"),
        (datetime(2024, 2, 9, 1, 2, tzinfo=UTC), "2024-02-09"),
        ("去年春天", ""),
        (None, ""),
    ],
)
def test_dates_of_many_formats_become_iso(value: object, expected: str) -> None:
    assert iso(value) == expected


def test_front_matter_gives_the_particulars_and_the_file_is_its_own_source() -> None:
    meta = read(FIXTURES / "nested.md").meta
    assert (meta.title, meta.publisher, meta.date, meta.kind, meta.note) == (
        "康桥社区随访项目年报",
        "康桥研究所",
        "2022-11",
        "年报",
        "节选",
    )
    assert meta.source == "kangqiao_report.pdf"
    assert read(FIXTURES / "utf16.txt").meta.source == "utf16.txt"


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    front, body = split('---\ntitle: "没有关上的引号\ndate: 2020-05-06\n---\n正文。\n')
    assert (front.title, front.date, body) == ("没有关上的引号", "2020-05-06", "正文。\n")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = "---\n\n正文一段。\n\n---\n\n正文二段。\n"
    assert split(text)[1] == text


def test_without_front_matter_title_publisher_and_date_come_from_plain_lines_only(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "北辰观察\n\n2023年9月\n\n一、结果\n\n三成受访者在2019年3月换过工具。\n\n本报告版权归属于北辰研究中心，不得转载。\n",
        "utf-8",
    )
    meta = read(path).meta
    assert (meta.title, meta.publisher, meta.date) == ("北辰观察", "北辰研究中心", "2023-09")
    path.write_text("三成受访者在2019年3月换过工具，其余没有。\n", "utf-8")
    assert (read(path).meta.title, read(path).meta.publisher, read(path).meta.date) == ("报告", "", "")

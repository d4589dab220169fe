"""Files of every format become documents whose blocks know their characters; what cannot be read says why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.formats import PARSERS, read, slug
from index.formats.encoding import decode
from index.formats.front import iso, split
from index.types import BlockKind, Document

FIXTURES = Path(__file__).parent / "fixtures"
FILES = sorted(path for path in FIXTURES.iterdir() if path.suffix in PARSERS)


def kinds(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def rows(document: Document) -> list[list[str]]:
    [block] = [block for block in document.blocks if block.table]
    assert block.table
    return [[cell.of(document.text) for cell in row] for row in block.table.rows]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_blocks_follow_one_another_with_a_blank_line_between(path: Path) -> None:
    document = read(path)
    assert "\n\n".join(block.span.of(document.text) for block in document.blocks) == document.text
    assert not any(sign in document.text for sign in ("**", "<p", "</", "![", "\ufeff", "\x00", "&nbsp;"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cells_lie_in_their_table_and_a_row_is_one_line(path: Path) -> None:
    document = read(path)
    for block in document.blocks:
        for row in block.table.rows if block.table else ():
            assert block.span.start <= row[0].start
            assert row[-1].end <= block.span.end
            assert "\n" not in document.text[row[0].start : row[-1].end]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_headings_have_levels_and_only_notes_and_tables_have_several_lines(path: Path) -> None:
    document = read(path)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            assert 1 <= block.level <= 6
        if block.kind not in (BlockKind.NOTE, BlockKind.TABLE):
            assert "\n" not in block.span.of(document.text)


# --- Markdown


def test_markdown_keeps_headings_nested_lists_tables_and_remarks() -> None:
    document = read(FIXTURES / "nested.md")
    assert [(block.level, block.span.of(document.text)) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        (1, "康桥社区随访项目年报"),
        (2, "做法"),
        (2, "结果"),
        (3, "费用"),
    ]
    assert [(block.level, block.span.of(document.text)[:4]) for block in document.blocks if block.kind is BlockKind.ITEM] == [
        (0, "1. 建"),
        (1, "由社区护"),
        (1, "每人约需"),
        (0, "2. 分"),
        (0, "3. 回"),
    ]
    assert rows(document)[0] == ["级别", "人数", "控制率"]
    assert rows(document)[3] == ["低", "9,015", "—"]
    assert kinds(document, BlockKind.NOTE)[0].startswith("编者注：原文把“高风险”写作“红色”，两种说法")


def test_markdown_loses_its_markup_and_nothing_else() -> None:
    text = read(FIXTURES / "nested.md").text
    assert "项目由康桥研究所发起，至今已有 26 个社区参加，详见项目主页。" in text
    assert "护士人手不足。每名护士平均负责310名居民，上限定为250名。" in text
    assert "人均年费用 86 元，其中耗材 31 元。" in text
    assert "待核" not in text
    assert "cover" not in text


def test_a_list_that_names_the_chapters_is_no_contents_list(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 报告\n\n报告分三章：\n\n1. 样本\n2. 结果\n3. 展望\n\n## 样本\n\n甲。\n\n## 结果\n\n乙。\n\n## 展望\n\n丙。\n",
        "utf-8",
    )
    assert kinds(read(path), BlockKind.ITEM) == ["1. 样本", "2. 结果", "3. 展望"]


def test_markdown_taken_out_of_pages_is_repaired() -> None:
    document = read(FIXTURES / "pages.md")
    assert "余下的由企业与医疗机构合办。" in document.text
    assert "目录" not in document.text
    assert "第 1 页" not in document.text


def test_an_html_table_inside_markdown_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 甲\n\n正文在前。\n\n<table><tr><th>组</th><th>人数</th></tr><tr><td>一</td><td>30</td></tr></table>\n\n正文在后。\n",
        "utf-8",
    )
    document = read(path)
    assert rows(document) == [["组", "人数"], ["一", "30"]]
    assert document.text.index("正文在前") < document.text.index("人数") < document.text.index("正文在后")


# --- HTML


def test_html_drops_navigation_scripts_and_hidden_parts() -> None:
    document = read(FIXTURES / "news_page.html")
    for word in ("首页", "器械</a>", "99999", "跟踪像素", "7788", "热门排行", "ICP", "相关："):
        assert word not in document.text
    assert document.blocks[0].span.of(document.text) == "云杉医疗公布半年业绩"


def test_html_head_gives_title_publisher_and_date() -> None:
    meta = read(FIXTURES / "news_page.html").meta
    assert (meta.title, meta.publisher, meta.date, meta.source) == (
        "云杉医疗公布半年业绩",
        "东方药讯",
        "2024-08-16",
        "news_page.html",
    )


def test_a_bold_numbered_line_is_a_heading_and_a_bold_word_is_not() -> None:
    document = read(FIXTURES / "news_page.html")
    assert kinds(document, BlockKind.HEADING)[1:] == ["一、两项业务一升一降", "二、下半年安排"]
    assert "营业收入3.72亿元，" in document.text


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


def test_html_lists_nest() -> None:
    document = read(FIXTURES / "news_page.html")
    items = [(block.level, block.span.of(document.text)) for block in document.blocks if block.kind is BlockKind.ITEM]
    assert items == [(0, "新增十个地级市的会诊中心；"), (1, "其中六个在西部"), (0, "停止三类亏损器械的租赁。")]


def test_a_text_file_with_front_matter_and_html_is_read_as_html() -> None:
    document = read(FIXTURES / "post.txt")
    assert (document.meta.title, document.meta.date) == ("白鹭健康完成新一轮融资", "2023-03-06")
    assert document.text.startswith("3月5日，白鹭健康宣布完成B轮融资，金额为1.8亿元")
    assert "返回" not in document.text
    assert "example.org" not in document.text


# --- encodings


def test_gb18030_is_told_from_utf_8() -> None:
    assert "处方药的销售占比继续上升" in read(FIXTURES / "county_pharmacies_gb18030.txt").text


@pytest.mark.parametrize("name", ["utf16.txt", "utf16_unmarked.txt"])
def test_utf_16_is_read_with_and_without_its_mark(name: str) -> None:
    document = read(FIXTURES / name)
    assert document.meta.title == "松原疫苗接种简报"
    assert "18.3万剂次" in document.text


SENTENCES = st.lists(
    st.sampled_from(["门诊量上升了12.5%。", "其中线上占三成；", "醫師的線上時間減少。\n", "（N=1,024）\n", "ABC health\n"]),
    min_size=3,
)


@settings(deadline=None)
@given(SENTENCES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_a_text_reads_the_same_in_every_encoding(parts: list[str], encoding: str) -> None:
    text = "".join(parts) + "共3页\n"
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00" + bytes(range(256)), "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("随访的覆盖面继续扩大。".encode()[:-1] + b"\xff\xfe" + "其余从略。".encode(), "mis-encoded"),
        ("随访的覆盖面。".encode("gb18030")[:-1] + b"\xff\xff\xff", "mis-encoded"),
        (b"\xff\xfe\x00\xd8A\x00", "mis-encoded"),
        (b"<html><body><script>var a = 1;</script></body></html>", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "坏文件.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason) as raised:
        read(path)
    assert str(raised.value).startswith("坏文件.txt ")
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_an_unknown_ending_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.txt cannot be opened"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match=r"a\.docx has no known format: \.docx"):
        read(tmp_path / "a.docx")


# --- front matter and ids


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


def test_an_id_is_the_slug_of_the_name_unless_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "2023 医生报告_v2（终稿）.md"
    path.write_text("# 甲\n\n正文。\n", "utf-8")
    assert read(path).id == "2023-医生报告-v2-终稿"
    assert read(path, id="other").id == "other"
    assert slug("——") == "document"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_any_text_at_all_is_read_or_refused_with_a_reason(text: str) -> None:
    for suffix, parser in PARSERS.items():
        try:
            parsed = parser(text.encode("utf-8", errors="replace"), f"a{suffix}")
        except UnreadableFile as refusal:
            refused = str(refusal)
            if not refused.startswith(f"a{suffix} "):
                pytest.fail(refused)
        else:
            assert all(draft.text.strip() or draft.rows for draft in parsed.drafts)


@pytest.mark.parametrize("divider", ["--- | --- | ---", ":-- | --: | :-:", "---|---|---"])
def test_a_markdown_table_without_bars_at_its_ends_is_a_table(tmp_path: Path, divider: str) -> None:
    path = tmp_path / "open.md"
    path.write_text(
        f"# 站点\n\n下表是订单。\n\n站点 | 订单 | 冷库\n{divider}\n岚芝 | 12单 | 是\n青峤 | 9单 |\n\n鹿野 | 云杉都不在表里。\n"
    )
    assert rows(read(path)) == [["站点", "订单", "冷库"], ["岚芝", "12单", "是"], ["青峤", "9单"]]


def test_a_bar_in_a_sentence_makes_no_table(tmp_path: Path) -> None:
    path = tmp_path / "bar.md"
    path.write_text("# 站点\n\n岚芝 | 青峤两个站点都有冷库。\n鹿野没有。\n")
    assert not any(block.table for block in read(path).blocks)


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

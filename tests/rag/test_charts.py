"""Which cited figures become a picture, and does it hold nothing but what is cited?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chinese.numbers import numbers
from index.formats import PARSERS, compose, front
from index.passages import passages
from index.types import Document, Passage, Span
from rag import charts
from rag.bot import Bot
from rag.charts.times import times
from rag.types import Answer, Ask, Chart, Citation

Asking = Callable[..., Answer]

YEARS = """
| 指标 | 2029年 | 2030年 | 2031年 |
| --- | --- | --- | --- |
| 平台收入（亿元） | 1.2 | 2.4 | 3.1 |
| 会员收入（亿元） | 0.4 | 0.9 | 1.6 |
| 药师占比 | 31% | 36% | 41% |
"""
SHARES = """
| 渠道 | 使用比例（N=1,204） | 第几位 | 备注 |
| --- | --- | --- | --- |
| 直播课 | 62% | 第1名 | 每周一场 |
| 图文 | 31% | 第2名 | 占到栏目的 5% 上下 |
| 音频 | 7% | 第3名 | 无 |
| 合计 | 100% | – | – |
"""


def document(text: str) -> Document:
    parsed = PARSERS[".md"](f"# 雁鸣药师报告\n\n## 渠道\n\n{text}\n".encode(), "a.md")
    whole, blocks = compose(parsed.drafts)
    return Document("a", whole, blocks, front.describe(parsed.front, parsed.drafts, "a.md"))


def cited(text: str, *words: str) -> tuple[Citation, ...]:
    """Citations of these words, each looked for behind the one before; a cell is found by what it says."""
    read = document(text)
    found: list[Citation] = []
    for n, word in enumerate(words, start=1):
        start = read.text.index(word)
        while any(one.span.start == start for one in found):
            start = read.text.index(word, start + 1)
        found.append(Citation(n, around(read, start), Span(start, start + len(word))))
    return tuple(found)


def around(read: Document, start: int) -> Passage:
    return next(passage for passage in passages(read) if passage.span.start <= start < passage.span.end)


def figures(citations: Iterable[Citation]) -> set[str]:
    """Every figure of these citations, to nine digits."""
    return {f"{number.value:.9g}" for citation in citations for number in numbers(citation.quote)}


def drawn(text: str, *words: str) -> Chart:
    chart = charts.drawn(cited(text, *words))
    assert chart is not None
    return chart


def test_cells_of_one_row_under_years_become_a_line_in_their_order() -> None:
    chart = drawn(YEARS, "3.1", "1.2", "2.4")
    assert (chart.kind, chart.title, chart.unit) == ("line", "平台收入", "亿元")
    assert chart.labels == ("2029年", "2030年", "2031年")
    assert [one.values for one in chart.series] == [(1.2, 2.4, 3.1)]
    assert chart.n == (2, 3, 1)


def test_cells_of_one_column_become_bars_in_the_order_of_the_answer() -> None:
    chart = drawn(SHARES, "31%", "62%", "7%")
    assert (chart.kind, chart.title, chart.unit) == ("bar", "使用比例（N=1,204）", "%")
    assert chart.labels == ("图文", "直播课", "音频")
    assert [one.values for one in chart.series] == [(31.0, 62.0, 7.0)]


def test_rows_and_columns_make_several_series_and_another_unit_is_left_out() -> None:
    chart = drawn(YEARS, "1.2", "2.4", "3.1", "0.4", "0.9", "1.6", "31%")
    assert chart.kind == "line"
    assert [one.name for one in chart.series] == ["平台收入", "会员收入"]
    assert [one.values for one in chart.series] == [(1.2, 2.4, 3.1), (0.4, 0.9, 1.6)]
    assert 7 not in chart.n


def test_a_cell_that_was_not_cited_is_a_gap_and_never_filled_in() -> None:
    chart = drawn(YEARS, "1.2", "2.4", "3.1", "0.4", "1.6")
    assert [one.values for one in chart.series] == [(1.2, 2.4, 3.1), (0.4, None, 1.6)]


def test_a_total_is_not_drawn_beside_its_parts() -> None:
    assert drawn(SHARES, "62%", "31%", "7%", "100%").labels == ("直播课", "图文", "音频")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SHARES, ("62%",)),
        (SHARES, ("第1名", "第2名", "第3名")),
        (SHARES, ("每周一场", "占到栏目的 5% 上下")),
        (YEARS, ("1.2", "31%")),
        ("| 项 | 说明 |\n| --- | --- |\n| 甲 | 80-100人 |\n| 乙 | 数百人 |\n| 丙 | 30人 |", ("80-100人", "数百人", "30人")),
        ("| 项 | 页码 |\n| --- | --- |\n| 甲 | 3 |\n| 乙 | 17 |", ("3", "17")),
        ("| 项 | 家数 |\n| --- | --- |\n| 甲 | 9,000家 |\n| 乙 | 12家 |\n| 丙 | 8家 |", ("9,000家", "12家", "8家")),
        ("平台在2030年有 18.5万名药师。", ("平台在2030年有 18.5万名药师。",)),
        ("甲社2030年收入 2亿元，乙社2031年收入 3亿元。", ("甲社2030年收入 2亿元，乙社2031年收入 3亿元。",)),
        ("药师数在2030年增长 12%，2031年增长 15%。", ("药师数在2030年增长 12%，2031年增长 15%。",)),
    ],
    ids=["one", "ranks", "remarks", "units", "ranges", "pages", "slivers", "one year", "two subjects", "changes"],
)
def test_where_a_picture_would_not_help_or_mislead_there_is_none(text: str, words: Sequence[str]) -> None:
    assert charts.drawn(cited(text, *words)) is None


def test_a_figure_that_is_not_exact_is_printed_with_its_bar() -> None:
    table = "| 规模 | 人数 |\n| --- | --- |\n| 注册药师 | 近30万名 |\n| 在岗药师 | 18万名 |"
    assert drawn(table, "近30万名", "18万名").labels == ("注册药师（近30万名）", "在岗药师")


def test_different_scales_of_one_unit_are_drawn_in_that_unit() -> None:
    table = "| 业务 | 金额 |\n| --- | --- |\n| 营销 | 2.59亿元 |\n| 知识 | 12.3百万元 |\n| 其他 | −8600万元 |"
    chart = drawn(table, "2.59亿元", "12.3百万元", "−8600万元")
    assert chart.unit == "元"
    assert chart.series[0].values == (259_000_000.0, 12_300_000.0, -86_000_000.0)


def test_a_name_as_general_as_an_amount_is_completed_by_what_stands_over_it() -> None:
    table = "| 雁鸣2031年各业务 | 金额 |\n| --- | --- |\n| 营销 | 2亿元 |\n| 知识 | 1亿元 |"
    assert drawn(table, "2亿元", "1亿元").title == "雁鸣2031年各业务 · 金额"


def test_a_row_cited_as_a_whole_gives_all_its_figures() -> None:
    read = document(YEARS)
    start, end = read.text.index("平台收入"), read.text.index("3.1") + 3
    chart = charts.drawn((Citation(1, around(read, start), Span(start, end)),))
    assert chart is not None
    assert chart.series[0].values == (1.2, 2.4, 3.1)
    assert chart.n == (1,)


def test_a_statement_of_two_years_becomes_a_line() -> None:
    said = "注册药师：在雁鸣注册的药师 2030年底有 18.5万名，一年之后的 2031年底为 26万名。"
    chart = drawn(said, said)
    assert (chart.kind, chart.title, chart.labels) == ("line", "注册药师", ("2030年底", "2031年底"))
    assert chart.series[0].values == (185_000.0, 260_000.0)


def test_statements_of_the_same_measure_in_other_years_are_joined() -> None:
    said = ("2029年的药师数为 12万名。", "2030年的药师数为 18万名。", "2031年的药师数为 26万名。")
    assert drawn("\n\n".join(said), *said).labels == ("2029年", "2030年", "2031年")


def test_shares_that_a_sentence_lists_become_bars() -> None:
    said = "药师常用的渠道是直播课（62%）、图文（31%）和音频（7%）。"
    chart = drawn(said, said)
    assert (chart.kind, chart.labels) == ("bar", ("直播课", "图文", "音频"))
    assert chart.series[0].values == (62.0, 31.0, 7.0)


@pytest.mark.parametrize(
    ("labels", "dated"),
    [
        (("2030年底", "2031年底"), True),
        (("2030年第一季度", "2030年第三季度"), True),
        (("2031年1月", "2030年12月"), True),
        (("第一个年度", "第二个年度"), True),
        (("2030年销售额", "2031年销售额"), True),
        (("2030年销售额", "2031年利润"), False),
        (("2030年", "2030年"), False),
        (("2029—2030年", "2031年"), False),
        (("华北", "2031年"), False),
    ],
)
def test_labels_are_times_where_each_is_another_one_of_the_same_thing(labels: tuple[str, ...], dated: bool) -> None:
    assert bool(times(labels)) is dated


@settings(deadline=None)  # the first question of a process reads dictionaries
@given(st.lists(st.integers(1, 999), min_size=1, max_size=12), st.data())
def test_every_value_of_a_chart_stands_in_one_of_its_citations(values: list[int], data: st.DataObject) -> None:
    rows = "\n".join(f"| 第{'甲乙丙丁戊己庚辛壬癸子丑'[n]}社 | {value}.{n:02d}万人 |" for n, value in enumerate(values))
    cells = [f"{value}.{n:02d}万人" for n, value in enumerate(values)]
    picked = data.draw(st.lists(st.sampled_from(cells), min_size=1, unique=True))
    found = cited(f"| 社 | 人数 |\n| --- | --- |\n{rows}", *picked)
    chart = charts.drawn(found)
    if chart is not None:
        said = figures(found[n - 1] for n in chart.n)
        assert {f"{value:.9g}" for one in chart.series for value in one.values} <= said
        assert len(chart.labels) == len(picked)


QUESTIONS = (
    "四科医生平均覆盖率前五名是哪些品牌？",
    "平台用户数从2020年底到2021年底增长了多少",
    "四科医生平均覆盖率超过30%的品牌有哪些？",
    "2020年底和2021年底医脉通有多少注册执业医生？",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_bot_answers_with_a_chart_of_what_it_cites(seeded: Bot, question: str) -> None:
    answer = seeded.answer(Ask(question))
    assert answer.chart is not None
    behind = [citation for citation in answer.citations if citation.n in answer.chart.n]
    assert len(behind) == len(answer.chart.n)
    assert {f"{value:.9g}" for one in answer.chart.series for value in one.values} <= figures(behind)


def test_a_refusal_has_no_chart(ask: Asking) -> None:
    answer = ask("火星上有多少药师？")
    assert not answer.answered
    assert answer.chart is None

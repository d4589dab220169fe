"""Can a chart be seen, read without colour, heard and taken along, whatever its words are?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from rag.types import Answer, Ask, Chart, Series
from web import charts
from web.charts import Look
from web.charts.words import ems, said, wrapped
from web.schemas import answer_out

ANSWER = "01JQZX8W0F4CHART0000000000"
LOOKS = tuple(Look(dark, narrow, source) for dark in (False, True) for narrow in (False, True) for source in ("", "来源：某报"))
SHARES = Chart(
    "bar",
    "药师使用各渠道的比例",
    "%",
    ("直播课", "图文资料（指南解读与药品说明书）", "音频"),
    (Series("比例", (62.0, 31.5, 7.0)),),
    (1, 2),
)
YEARS = Chart(
    "line",
    "青禾平台的规模",
    "名",
    ("2029年底", "2030年底", "2031年底"),
    (Series("注册药师", (None, 185_000.0, 260_000.0)), Series("在岗药师", (98_000.0, 120_000.0, 190_000.0))),
    (1, 2),
)
HOSTILE = Chart(
    "bar",
    '<script>window.hacked = 1</script>"',
    "=元",
    ("=cmd|' /C calc'!A0", "</text><script>window.hacked = 1</script>", '@SUM(A1)" onload="x'),
    (Series("+1", (-3.0, 5.0, 8.0)),),
    (1,),
)


@pytest.fixture
def keep(app: FastAPI, bot: Any) -> Callable[..., str]:
    """Keeps an answer with a chart, as a bot would have given it."""

    def kept(chart: Chart | None, answer_id: str = ANSWER) -> str:
        citations = (bot.cite(1, "33%"), bot.cite(2, "41%", until="41%"))
        answer = Answer("占比呢？", "占比呢？", answered=True, text="如图。[1][2]", citations=citations, chart=chart)
        app.state.desk.saved.keep(answer_out(answer, answer_id), 1_900_000_000.0)
        return f"/a/{answer_id}"

    return kept


def words_of(svg: str) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("chart", [SHARES, YEARS, HOSTILE], ids=["bars", "lines", "hostile"])
def test_a_picture_is_well_formed_and_runs_nothing(chart: Chart, look: Look) -> None:
    svg = charts.svg(chart, look)
    nodes = list(ElementTree.fromstring(svg).iter())
    tags = {node.tag.rpartition("}")[2] for node in nodes}
    assert tags <= {"svg", "g", "rect", "path", "line", "text", "tspan", "defs", "clipPath"}
    attributes = {name for node in nodes for name in node.keys()}  # noqa: SIM118 – an element is not a mapping
    assert not [name for name in attributes if re.search(r"^on|href$|^style$", name)]


def test_every_name_and_every_value_is_written_in_the_picture() -> None:
    written = words_of(charts.svg(SHARES, Look(source="来源：青禾研究院")))
    for word in ("直播课", "图文资料", "62%", "31.5%", "7%", SHARES.title, "来源：青禾研究院"):
        assert word in written
    written = words_of(charts.svg(YEARS, Look()))
    for word in ("2029年底", "9.8万名", "18.5万名", "注册药师 26万名", "在岗药师 19万名"):
        assert word in written
    assert YEARS.title not in written


def test_bars_begin_at_zero_and_are_as_long_as_their_values() -> None:
    boxes = charts.planned(SHARES, Look()).boxes
    assert len({box.x for box in boxes}) == 1
    lengths = [box.x2 - box.x for box in boxes]
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 31.5 / 62, 7 / 62])
    below = charts.planned(HOSTILE, Look()).boxes
    assert below[0].x2 == pytest.approx(below[1].x)
    assert (below[0].x2 - below[0].x) / (below[1].x2 - below[1].x) == pytest.approx(3 / 5)


def test_a_line_stands_above_zero_and_does_not_cross_a_gap() -> None:
    plan = charts.planned(YEARS, Look())
    zero = plan.rules[0].y
    first = [dot for dot in plan.dots if dot.series == 0]
    assert [(zero - dot.y) / (zero - first[0].y) for dot in first] == pytest.approx([1, 260 / 185])
    gap = charts.planned(replace(YEARS, series=(Series("", (1.0, None, 3.0)),)), Look())
    assert len({dot.run for dot in gap.dots}) == 2


def test_times_stand_as_far_apart_as_they_are() -> None:
    years = replace(YEARS, labels=("2021年", "2023年", "2024年"), series=(Series("", (1.0, 2.0, 3.0)),))
    at = [dot.x for dot in charts.planned(years, Look()).dots]
    assert (at[1] - at[0]) / (at[2] - at[1]) == pytest.approx(2)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("chart", [SHARES, YEARS, HOSTILE], ids=["bars", "lines", "hostile"])
def test_nothing_reaches_out_of_the_picture(chart: Chart, narrow: bool) -> None:
    plan = charts.planned(chart, Look(narrow=narrow))
    for text in plan.texts:
        wide = text.size * ems(text.words)
        left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.align]
        assert left >= -1, text
        assert left + wide <= plan.width + 1, text
        assert 0 <= text.y <= plan.height
    svg = ElementTree.fromstring(charts.svg(chart, Look(narrow=narrow)))
    assert (float(svg.get("width", 0)), float(svg.get("height", 0))) == pytest.approx((plan.width, plan.height), abs=1)


def test_lines_differ_in_dash_and_shape_not_in_colour_alone() -> None:
    svg = charts.svg(YEARS, Look())
    assert len(set(re.findall(r'stroke-dasharray="([^"]*)"', svg))) == 2
    points = re.findall(r'aria-roledescription="point"[^>]*d="([^"]*)"', svg)
    assert len({"A" in point for point in points}) == 2


@pytest.mark.parametrize("colours", [Look().colours, Look(dark=True).colours], ids=["light", "dark"])
def test_colours_keep_the_contrast_that_wcag_asks_for(colours: Any) -> None:
    for colour, least in ((colours.ink, 7), (colours.soft, 4.5), *((colour, 3) for colour in colours.series)):
        one, other = sorted((luminance(colour), luminance(colours.paper)), reverse=True)
        assert (one + 0.05) / (other + 0.05) >= least, colour


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (62, "%", "62%"),
        (260_000, "名", "26万名"),
        (284_000_000, "元", "2.84亿元"),
        (2.84, "亿元", "2.84亿元"),
        (8000, "家", "8,000家"),
        (-1.5, "倍", "−1.5倍"),
        (54.2, "个月", "54.2个月"),
        (0, "", "0"),
        (12_300_000, "元", "1,230万元"),
    ],
)
def test_a_value_is_said_as_reports_print_it(value: float, unit: str, words: str) -> None:
    assert said(value, unit) == words


def test_names_break_before_brackets_and_never_within_a_word() -> None:
    assert wrapped("优医迈/医默相通（默沙东）", 9) == "优医迈/医默相通\n（默沙东）"
    assert wrapped("恒瑞 On Call 平台", 5).split("\n")[1].startswith("Call")
    assert wrapped("短名", 9) == "短名"
    assert wrapped("很长" * 40, 10).count("\n") == 3


# over HTTP


@pytest.mark.anyio
async def test_a_chart_is_served_as_svg_png_and_csv(client: httpx.AsyncClient, keep: Any) -> None:
    address = keep(SHARES)
    svg = await client.get(f"{address}/chart.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "来源：青禾药师数字生活调查（2031）（青禾研究院，2031-12-20）" in words_of(svg.text).replace(" ", "")
    assert "max-age=86400" in svg.headers["cache-control"]
    assert "content-disposition" not in svg.headers
    png = await client.get(f"{address}/chart.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png.content[16:20]) == 2 * (680 + 40)
    table = await client.get(f"{address}/chart.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0] == ["项目", "系列", "数值", "单位", "来源"]
    assert rows[2][:4] == ["图文资料（指南解读与药品说明书）", "比例", "31.5", "%"]


@pytest.mark.anyio
async def test_a_download_is_named_for_its_title(client: httpx.AsyncClient, keep: Any) -> None:
    got = await client.get(f"{keep(SHARES)}/chart.png?download=1")
    disposition = got.headers["content-disposition"]
    assert disposition.startswith(f'attachment; filename="chart-{ANSWER}.png"; filename*=UTF-8')
    hostile = await client.get(f"{keep(HOSTILE, ANSWER[:-1] + '1')}/chart.svg?download=1")
    assert not re.search(r"[<>\r\n]", hostile.headers["content-disposition"])


@pytest.mark.anyio
async def test_where_there_is_no_chart_there_is_no_picture(client: httpx.AsyncClient, keep: Any) -> None:
    address = keep(None)
    for path in (f"{address}/chart.svg", f"{address}/chart.csv", "/a/none/chart.png", f"{keep(SHARES, 'other')}/chart.gif"):
        got = await client.get(path, headers={"Accept": "application/json"})
        assert got.status_code == 404
        assert got.headers["content-type"] == "application/problem+json"
    assert "data-chart" not in (await client.get(address)).text


@pytest.mark.anyio
async def test_nothing_in_a_table_is_taken_for_a_formula(client: httpx.AsyncClient, keep: Any) -> None:
    table = await client.get(f"{keep(HOSTILE)}/chart.csv")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [
        "'=cmd|' /C calc'!A0",
        "</text><script>window.hacked = 1</script>",
        '\'@SUM(A1)" onload="x',
    ]
    assert [row[1:4] for row in rows[1:2]] == [["'+1", "-3", "'=元"]]


@pytest.mark.anyio
async def test_a_reader_of_english_gets_english_headings(client: httpx.AsyncClient, keep: Any) -> None:
    address = keep(SHARES)
    assert (await client.get(f"{address}/chart.csv?lang=en")).content.decode("utf-8-sig").startswith("Item,Series,Value")
    assert "Source: " in words_of((await client.get(f"{address}/chart.svg?lang=en")).text)


@pytest.mark.anyio
async def test_the_page_says_in_words_what_the_picture_shows(client: httpx.AsyncClient, keep: Any) -> None:
    page = (await client.get(keep(YEARS))).text
    assert 'alt="折线图：青禾平台的规模。2029年底 在岗药师 9.8万名，2030年底 注册药师 18.5万名' in page
    assert page.count("<td>") == 6
    assert "<td>–</td>" in page
    hostile = (await client.get(keep(HOSTILE, "hostile"))).text
    assert "<script>window" not in hostile


# in a browser


def test_the_figure_shows_with_its_citations_values_and_downloads(page: Page, keep: Any) -> None:
    page.goto(keep(YEARS))
    figure = page.locator("figure[data-chart]")
    figure.scroll_into_view_if_needed()
    image = figure.locator("img:visible")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("node => node.naturalWidth") == 680
    assert [a.get_attribute("data-citation") for a in figure.locator("a[data-citation]").all()] == ["1", "2"]
    figure.locator("summary").click()
    expect(figure.get_by_role("cell", name="26万名")).to_be_visible()
    with page.expect_download() as saved:
        figure.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename == "青禾平台的规模.csv"
    figure.locator("a[data-citation]").first.click()
    expect(page.locator("#panel mark").first).to_be_visible()


def test_a_hostile_chart_runs_nothing_not_even_opened_alone(page: Page, keep: Any) -> None:
    address = keep(HOSTILE)
    page.goto(address)
    expect(page.locator("figure[data-chart] img:visible")).to_have_js_property("complete", True)
    page.goto(f"{address}/chart.svg")
    expect(page.locator("text").first).to_be_attached()
    assert page.evaluate("() => window.hacked") is None


def test_a_phone_gets_a_picture_of_its_width_and_a_dark_one_at_night(browser: Browser, address: str, keep: Any) -> None:
    path = keep(SHARES)
    size = {"width": 360, "height": 740}
    context = browser.new_context(base_url=address, viewport=size, locale="zh-CN", color_scheme="dark")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    image = page.locator("figure[data-chart] img:visible")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert "narrow=1&dark=1" in str(image.evaluate("node => node.currentSrc"))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    box = image.bounding_box()
    assert box is not None
    assert box["width"] > 290
    context.close()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_picture_has_the_theme_of_the_page(browser: Browser, address: str, keep: Any, system: str) -> None:
    context = browser.new_context(base_url=address, locale="zh-CN", color_scheme=system)  # type: ignore[arg-type]
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if "/chart.svg" in asked.url else None)
    page.goto(keep(SHARES))
    image = page.locator("figure[data-chart] img:visible")
    for theme in ("auto", "light", "dark"):
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        dark = (system if theme == "auto" else theme) == "dark"
        assert str(image.evaluate("node => node.currentSrc")).endswith("?part=1&dark=1" if dark else "?part=1")
        if theme == "auto":
            assert len(fetched) == 1
        page.locator("[data-theme-switch]").click()
    context.close()


def test_a_question_is_answered_with_its_chart(page: Page, bot: Any) -> None:
    given = bot.answer
    bot.answer = lambda ask: replace(given(ask), chart=replace(SHARES, n=(1,)))
    page.goto("/")
    page.fill("form#ask textarea", "有多少药师？")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-answered=true] figure[data-chart] img:visible")).to_have_count(1)
    assert isinstance(bot.answer(Ask("药师")), Answer)

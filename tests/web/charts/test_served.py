"""Can a chart be had over HTTP, as picture, table and words, without harm whatever its words are?"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pytest

from tests.web.charts.conftest import ANSWER, HOSTILE, SHARES, YEARS, words_of


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

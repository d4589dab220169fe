"""Charts of bars, of lines and of hostile words, the words of a picture, and answers kept with a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI

from rag.types import Answer, Chart, Series
from web.schemas import answer_out

ANSWER = "01JQZX8W0F4CHART0000000000"

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

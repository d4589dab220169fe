"""Is a chart's picture true to its values, whole, and readable without colour?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from rag.types import Chart, Series
from tests.web.charts.conftest import HOSTILE, SHARES, YEARS, words_of
from web import charts
from web.charts import Look
from web.charts.words import ems

LOOKS = tuple(Look(dark, narrow, source) for dark in (False, True) for narrow in (False, True) for source in ("", "来源：某报"))


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

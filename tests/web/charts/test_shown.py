"""Is a chart seen in a real browser, in the page's theme and width, and taken along?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.types import Answer, Ask
from tests.web.charts.conftest import HOSTILE, SHARES, YEARS


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

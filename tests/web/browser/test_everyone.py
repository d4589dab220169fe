"""The page for everyone: with the keyboard, a screen reader, a phone, in the dark, in English, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

BASE = Path(__file__).parents[3] / "web" / "static" / "base.css"
Asking = Callable[..., Locator]
Marked = Callable[..., str]


def test_the_whole_way_can_be_gone_with_the_keyboard(page: Page, ask: Asking) -> None:
    page.goto("/documents")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.goto("/")
    ask(page, "变化")
    box = page.locator("form#ask textarea")
    page.keyboard.press("Escape")
    answer = page.locator("article[data-answered]")
    expect(answer).to_be_focused()
    markers = answer.locator("a.cite")
    for key, place in (("j", 0), ("ArrowRight", 1), ("ArrowDown", 2), ("k", 1), ("ArrowLeft", 0), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(markers.nth(place)).to_be_focused()
        expect(page.locator("#glance")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark").first).to_be_in_viewport()
    expect(page.locator("#panel .panel-body")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel .panel-tabs [aria-current]")).to_have_text("2")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("那前一年呢？")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-answered]")).to_have_count(2)
    expect(box).to_be_focused()


def test_the_single_key_can_be_switched_off(page: Page) -> None:
    page.goto("/")
    page.locator("[data-history]").click()
    page.locator("[data-slash]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("form#ask textarea").blur()
    page.keyboard.press("/")
    expect(page.locator("form#ask textarea")).not_to_be_focused()


def test_what_a_reader_with_a_screen_reader_needs_is_there(page: Page, ask: Asking) -> None:
    page.goto("/")
    for role, name in (("textbox", "你的问题"), ("button", "提问"), ("log", "对话")):
        assert page.get_by_role(role, name=name, include_hidden=True).count() >= 1, role  # type: ignore[arg-type]
    assert page.locator("main").count() == page.locator("header.bar").count() == 1
    answer = ask(page, "药师")
    assert page.locator("#conversation").get_attribute("aria-live") == "polite"
    unnamed = "nodes => nodes.filter(n => !n.innerText.trim() && !n.ariaLabel).length"
    assert page.locator("button:visible, a:visible").evaluate_all(unnamed) == 0
    assert answer.locator("a.cite").get_attribute("aria-label") == "1 青禾药师数字生活调查（2031）"


def test_every_control_is_at_least_24_pixels_large(page: Page, ask: Asking) -> None:
    page.goto("/")
    ask(page, "变化")
    page.locator("[data-helpful=false]").click()
    # a link within a sentence is exempt; a marker is enlarged by what lies around it
    small = """nodes => nodes.filter(node => {
        const { width, height } = node.getBoundingClientRect();
        return !node.closest(".cite, p, .unseen, .skip") && (width < 24 || height < 24);
    }).map(node => node.outerHTML.slice(0, 90))"""
    assert page.locator("button:visible, a:visible, summary:visible, label:visible").evaluate_all(small) == []
    around = "node => { const a = getComputedStyle(node, '::after'); return [parseFloat(a.width), parseFloat(a.height)] }"
    assert min(page.locator("a.cite").first.evaluate(around)) >= 24


def test_the_theme_is_changed_at_once_and_drawn_from_the_first_byte_on(page: Page) -> None:
    page.goto("/")
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    switch = page.locator("[data-theme-switch]")
    for theme, name in (("light", "外观：浅色"), ("dark", "外观：深色")):
        switch.click()
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        expect(switch).to_have_attribute("title", name)
    assert page.evaluate(paper) != light
    assert 'data-theme="dark"' in (page.context.request.get("/documents").text())
    page.goto("/documents")
    assert page.evaluate(paper) != light
    switch.click()
    assert page.evaluate(paper) == light


def test_the_page_speaks_english_where_the_browser_does_and_can_be_switched(
    browser: Browser, address: str, ask: Asking
) -> None:
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    answer = ask(page, "药师")
    expect(answer.locator(".sources h3")).to_have_text("Sources")
    han = re.compile("[\u3400-\u9fff]")
    shell = page.locator("header nav, .asking, .actions, #history")
    words = [line for text in shell.all_inner_texts() for line in text.splitlines() if han.search(line)]
    assert set(words) <= {"中 中文", "中", "中文", "青禾药师数字生活调查（2031）"}
    page.locator("header nav a[hreflang]").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("article .sources h3")).to_have_text("出处")
    context.close()


def test_without_javascript_the_whole_way_can_be_gone(browser: Browser, address: str, marked: Marked) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.locator(".examples button").first.click()
    answer = page.locator("article[data-answer]")
    assert answer.get_attribute("data-answered") == "true"
    expect(page.locator(".scripted:visible")).to_have_count(0)
    page.fill("form#ask textarea", "那前一年呢？")
    page.locator("button.send").click()
    expect(page.locator("article[data-answer]")).to_have_count(2)
    page.locator("a[data-citation]").last.click()
    assert page.url == f"{address}/documents/qinghe-2031#c33-57"
    page.go_back()
    page.locator("[data-source] a").last.click()
    expect(page.locator("mark")).to_be_in_viewport()
    assert marked(page) == "2030年底，青禾平台的注册药师为 18.5万名"
    page.locator("[data-theme-switch]").click()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    context.close()


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/qinghe-2031#c33-82", "/docs", "/nowhere"])
def test_a_phone_360_pixels_wide_scrolls_in_one_direction_only(browser: Browser, address: str, ask: Asking, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    width = "() => document.documentElement.scrollWidth"
    page.goto(path)
    assert page.evaluate(width) <= 360
    if path == "/":
        for question in ("分歧", "核对", "火星", "变化"):
            answer = ask(page, question)
            assert page.evaluate(width) <= 360
        answer.locator("a.cite").first.tap()
        expect(page.locator("#panel mark").first).to_be_in_viewport()
        page.locator('#panel [data-step="1"]').tap()
        expect(page.locator("#panel .panel-tabs [aria-current]")).to_have_text("2")
        assert page.evaluate(width) <= 360
        page.locator("[data-close]").tap()
        expect(page.locator("#panel")).to_be_hidden()
        answer.locator("[data-helpful=false]").tap()
        page.locator("[data-edit]").first.tap()
        page.locator(".scope summary").tap()
        assert page.evaluate(width) <= 360
        page.locator("[data-history]").tap()
        expect(page.locator("#history")).to_be_in_viewport(ratio=1)
    context.close()


SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    const add = list => list.getEntries().forEach(entry => (sum += entry.value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 300);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_is_loaded(browser: Browser, address: str, ask: Asking, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 740}, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    answer = f"/a/{ask(page, '变化').get_attribute('data-answer')}"
    moved = {}
    for path in ("/", answer, "/documents", "/documents/qinghe-2031", "/docs", "/nowhere"):
        page.evaluate("() => sessionStorage.clear()")
        page.goto(path, wait_until="networkidle")
        moved[path] = page.evaluate(SHIFTS)
    context.close()
    assert {path: much for path, much in moved.items() if much > 0.01} == {}


def test_without_javascript_the_outline_is_in_sight_where_there_is_room(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 1280, "height": 740})
    page = context.new_page()
    page.goto("/documents/qinghe-2031")
    page.locator(".outline a").last.click()
    assert "#" in page.url
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".outline ol")).to_be_hidden()
    page.locator(".outline summary").click()
    expect(page.locator(".outline ol")).to_be_visible()
    context.close()


PAIRS = [
    ("ink", "paper", 7), ("ink", "sheet", 7), ("ink", "mark", 7), ("soft", "paper", 4.5), ("soft", "sheet", 4.5),
    ("soft", "sunk", 4.5), ("soft", "warn-soft", 4.5), ("accent", "paper", 4.5), ("accent", "accent-soft", 4.5),
    ("soft", "accent-soft", 4.5), ("on-accent", "accent", 4.5), ("warn", "warn-soft", 4.5), ("ink", "warn-soft", 7),
    ("line-strong", "sheet", 3), ("line-strong", "paper", 3), ("accent", "sunk", 3),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_keep_the_contrast_that_wcag_asks_for(scheme: str, front: str, back: str, least: float) -> None:
    both = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", BASE.read_text("utf-8"))
    colours = {name: light if scheme == "light" else dark for name, light, dark in both}
    one, other = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= least


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

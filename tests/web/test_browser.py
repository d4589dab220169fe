"""The page in a real browser: asked with the keyboard, read with the eyes, checked down to the marked characters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

BASE = Path(__file__).parents[2] / "web" / "static" / "base.css"


def ask(page: Page, question: str) -> Locator:
    """The new answer, once it is there."""
    before = page.locator("article[data-answered]").count()
    page.fill("form#ask textarea[name=question]", question)
    page.keyboard.press("Enter")
    answer = page.locator("article[data-answered]").nth(before)
    answer.wait_for()
    return answer


def marked(page: Page, within: str = "") -> str:
    page.locator(f"{within} mark[data-citation]").first.wait_for()
    return "".join(page.locator(f"{within} mark[data-citation]").all_text_contents())


def kept(address: str, answer: Locator) -> Any:
    """What the API says of the same question."""
    question = answer.locator("xpath=preceding-sibling::h2").inner_text()
    return httpx.post(f"{address}/api/ask", json={"question": question}).json()


def test_enter_asks_and_the_answer_takes_the_place_of_its_stages(page: Page, bot: Any) -> None:
    page.goto("/")
    expect(page.locator("form#ask textarea[name=question]")).to_be_focused()
    page.keyboard.type("慢 有多少药师？")
    page.keyboard.press("Enter")
    waiting = page.locator("article[aria-busy=true]")
    expect(waiting).to_be_visible()
    expect(waiting.locator('a[data-citation], [data-source="1"]').first).to_be_visible()
    early = waiting.get_attribute("data-answer")
    bot.gate.set()
    answer = page.locator("article[data-answered=true]")
    answer.wait_for()
    assert answer.get_attribute("data-answer") == early
    assert page.locator("article[aria-busy=true]").count() == 0
    assert "26万名" in answer.inner_text()


@pytest.mark.parametrize("question", ["药师", "两者的变化", "分歧", "来稿", "问卷"])
def test_from_answer_to_pixels_every_marker_leads_to_exactly_its_quote(page: Page, address: str, question: str) -> None:
    page.goto("/")
    answer = ask(page, question)
    citations = kept(address, answer)["citations"]
    for citation in citations:
        marker = answer.locator(f'a[data-citation="{citation["n"]}"]').first
        assert marker.get_attribute("href") == citation["url"]
        marker.click()
        page.locator(f'#panel mark[data-citation="{citation["start"]}-{citation["end"]}"]').first.wait_for()
        assert marked(page, "#panel") == citation["quote"]
        expect(page.locator("#panel mark").first).to_be_in_viewport()
    for citation in citations:
        page.goto("about:blank")
        page.goto(citation["url"])
        assert marked(page) == citation["quote"]
        expect(page.locator("mark").first).to_be_in_viewport()


@pytest.mark.parametrize("name", ["qinghe-2031", "hostile"])
def test_the_viewer_holds_every_character_of_the_document(page: Page, address: str, name: str) -> None:
    page.goto(f"/documents/{name}")
    text = httpx.get(f"{address}/api/documents/{name}").json()["text"]
    assert page.locator("[data-text]").text_content() == text


def test_another_citation_in_the_address_marks_other_words(page: Page) -> None:
    page.goto("/documents/qinghe-2031#c33-82")
    first = marked(page)
    page.evaluate("() => { location.hash = '#c0-5' }")
    page.locator('mark[data-citation="0-5"]').first.wait_for()
    assert marked(page) != first


def test_a_marker_shows_its_source_at_a_glance_by_mouse_and_by_keyboard(page: Page) -> None:
    page.goto("/")
    marker = ask(page, "药师").locator("a.cite")
    glance = page.locator("#glance")
    marker.hover()
    for words in ("26万名，占全国执业药师的 41%。", "青禾药师数字生活调查（2031）", "青禾研究院 · 2031-12-20", "用户规模"):
        expect(glance).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(glance).to_be_hidden()
    page.mouse.move(5, 5)
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if marker.evaluate("node => node === document.activeElement"):
            break
    expect(glance).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(marker).to_be_focused()


def test_a_follow_up_shows_the_whole_question_which_can_be_mended_and_asked_again(page: Page) -> None:
    page.goto("/")
    ask(page, "有多少药师？")
    ask(page, "那前一年呢？")
    whole = page.locator(".standalone")
    expect(whole).to_contain_text("2030年底青禾平台的注册药师有多少？")
    whole.locator("summary").click()
    whole.locator("input").fill("火星上有天气吗？")
    whole.locator("button").click()
    expect(page.locator("article[data-answered=false]")).to_be_visible()
    assert page.locator("h2.question").last.inner_text() == "火星上有天气吗？"


def test_a_refusal_shows_the_nearest_passages_which_open(page: Page) -> None:
    page.goto("/")
    answer = ask(page, "火星上有天气吗？")
    assert answer.get_attribute("data-answered") == "false"
    answer.locator(".nearest a").nth(2).click()
    assert marked(page, "#panel").startswith("附录")


def test_examples_and_suggestions_are_one_click_away(page: Page) -> None:
    page.goto("/")
    page.locator(".examples button").first.click()
    page.locator("article[data-answered]").wait_for()
    page.locator(".suggestions button").first.click()
    expect(page.locator("article[data-answered]")).to_have_count(2)
    assert page.locator("h2.question").last.inner_text() == "那前一年呢？"


def test_shift_enter_breaks_the_line_and_slash_finds_the_box(page: Page) -> None:
    page.goto("/")
    box = page.locator("form#ask textarea")
    page.keyboard.type("甲")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("乙/丙")
    assert box.input_value() == "甲\n乙/丙"
    box.blur()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    assert box.input_value() == "甲\n乙/丙"


def test_enter_that_chooses_a_word_of_an_input_method_does_not_ask(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("药")
    page.locator("form#ask textarea").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert page.locator("article[data-answer]:not(template *)").count() == 0


def test_an_answer_can_be_stopped_and_asked_again(page: Page, bot: Any) -> None:
    page.goto("/")
    page.fill("form#ask textarea", "慢 药师")
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=true] a.cite, article[aria-busy=true] [data-source]").first).to_be_visible()
    page.locator("button.send").click()
    expect(page.locator(".failed")).to_contain_text("已停止")
    bot.gate.set()
    assert bot.closed.wait(5)
    page.locator(".failed button").click()
    page.locator("article[data-answered=true]").wait_for()
    assert page.locator(".failed").count() == 0


def test_a_server_error_is_said_and_the_conversation_goes_on(page: Page) -> None:
    page.goto("/")
    page.fill("form#ask textarea", "崩")
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_be_visible()
    assert ask(page, "药师").get_attribute("data-answered") == "true"


def test_the_conversation_is_there_after_a_reload_until_a_new_one_is_begun(page: Page) -> None:
    page.goto("/")
    ask(page, "有多少药师？")
    page.reload()
    expect(page.locator("article[data-answered]")).to_have_count(1)
    ask(page, "那前一年呢？")
    expect(page.locator(".standalone")).to_be_visible()
    page.locator("[data-new]").click()
    page.wait_for_load_state()
    expect(page.locator(".examples")).to_be_visible()
    assert page.locator("article[data-answered]").count() == 0


def test_a_question_can_be_kept_to_chosen_documents(page: Page, bot: Any) -> None:
    page.goto("/")
    page.locator(".scope summary").click()
    page.locator(".scope input[value=hostile]").check()
    expect(page.locator("[data-scope]")).to_have_text("1 份资料")
    ask(page, "药师")
    assert bot.asked[-1].documents == ("hostile",)


def test_feedback_and_copies_can_be_given_and_taken(page: Page, app: Any, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    answer = ask(page, "药师")
    answer.locator("[data-copy]").click()
    expect(answer.locator("[data-copy]")).to_contain_text("已复制")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "26万名" in copied
    assert f"{address}/documents/qinghe-2031#c33-82" in copied
    answer.locator("[data-helpful=false]").click()
    answer.locator("[data-rate] input").fill("缺少口径")
    page.keyboard.press("Enter")
    expect(answer.locator(".said")).to_be_visible()
    assert app.state.desk.saved.ratings(answer.get_attribute("data-answer")) == ((False, "缺少口径"),)


def test_hostile_text_runs_nowhere(page: Page) -> None:
    page.goto("/")
    ask(page, '来稿 <img src=x onerror="window.hacked = 1">')
    page.locator("a.cite").first.click()
    assert marked(page, "#panel").startswith("这一段里有 <img")
    page.goto("/documents/hostile")
    page.goto("/documents")
    assert page.evaluate("() => window.hacked") is None
    page.goto("/documents/hostile")
    assert page.evaluate("() => window.hacked") is None


def test_without_javascript_the_whole_way_can_be_gone(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.locator(".examples button").first.click()
    answer = page.locator("article[data-answer]")
    assert answer.get_attribute("data-answered") == "true"
    page.fill("form#ask textarea", "那前一年呢？")
    page.locator("button.send").click()
    expect(page.locator("article[data-answer]")).to_have_count(2)
    page.locator("a[data-citation]").last.click()
    assert page.url == f"{address}/documents/qinghe-2031#c33-57"
    page.go_back()
    page.locator("[data-source] a").last.click()
    expect(page.locator("mark")).to_be_in_viewport()
    assert marked(page) == "2030年底，青禾平台的注册药师为 18.5万名"
    context.close()


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/qinghe-2031#c33-82", "/docs", "/nowhere"])
def test_a_phone_360_pixels_wide_scrolls_in_one_direction_only(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    if path == "/":
        ask(page, "变化").locator("a.cite").first.tap()
        expect(page.locator("#panel mark").first).to_be_in_viewport()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
        page.locator("[data-close]").tap()
        expect(page.locator("#panel")).to_be_hidden()
    context.close()


def test_the_page_asks_nobody_but_its_own_server(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    ask(page, "药师").locator("a.cite").click()
    marked(page, "#panel")
    page.goto("/docs")
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []


def test_what_a_reader_with_a_screen_reader_needs_is_there(page: Page) -> None:
    page.goto("/")
    for role, name in (("textbox", "你的问题"), ("button", "提问"), ("log", "对话")):
        assert page.get_by_role(role, name=name, include_hidden=True).count() >= 1, role  # type: ignore[arg-type]
    assert page.locator("main").count() == page.locator("header.bar").count() == 1
    answer = ask(page, "药师")
    assert page.locator("#conversation").get_attribute("aria-live") == "polite"
    unnamed = "nodes => nodes.filter(n => !n.innerText.trim() && !n.ariaLabel).length"
    assert page.locator("button:visible, a:visible").evaluate_all(unnamed) == 0
    assert answer.locator("a.cite").get_attribute("aria-label") == "1 青禾药师数字生活调查（2031）"


PAIRS = [
    ("ink", "paper", 7), ("ink", "sheet", 7), ("ink", "mark", 7), ("soft", "paper", 4.5), ("soft", "sheet", 4.5),
    ("soft", "sunk", 4.5), ("soft", "warn-soft", 4.5), ("accent", "paper", 4.5), ("accent", "accent-soft", 4.5),
    ("soft", "accent-soft", 4.5), ("on-accent", "accent", 4.5), ("warn", "warn-soft", 4.5), ("ink", "warn-soft", 7),
    ("line-strong", "sheet", 3), ("line-strong", "paper", 3), ("accent", "sunk", 3),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_keep_the_contrast_that_wcag_asks_for(scheme: str, front: str, back: str, least: float) -> None:
    light, dark = BASE.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    one, other = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= least


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

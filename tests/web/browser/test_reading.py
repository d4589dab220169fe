"""An answer read in a real browser, down to the marked characters of its sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

Asking = Callable[..., Locator]
Marked = Callable[..., str]


@pytest.mark.parametrize("question", ["药师", "两者的变化", "分歧", "来稿", "问卷", "核对"])
def test_from_answer_to_pixels_every_marker_leads_to_exactly_its_quote(
    page: Page, ask: Asking, marked: Marked, kept: Callable[[Locator], Any], question: str
) -> None:
    page.goto("/")
    answer = ask(page, question)
    citations = kept(answer)["citations"]
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


def test_another_citation_in_the_address_marks_other_words(page: Page, marked: Marked) -> None:
    page.goto("/documents/qinghe-2031#c33-82")
    first = marked(page)
    page.evaluate("() => { location.hash = '#c0-5' }")
    page.locator('mark[data-citation="0-5"]').first.wait_for()
    assert marked(page) != first


def test_what_answers_comes_first_and_largest_and_the_base_below_it(page: Page, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "核对")
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    sizes = [answer.locator(part).first.evaluate(size) for part in (".direct .figure", ".direct", ".answer-text", ".base")]
    assert sizes == sorted(set(sizes), reverse=True)
    expect(answer.locator(".base")).to_contain_text("1,130")
    expect(answer.locator(".origins")).to_contain_text("青禾研究院 · 2031-12-20")


def test_a_marker_shows_its_source_at_a_glance_by_mouse_and_by_keyboard(page: Page, ask: Asking) -> None:
    page.goto("/")
    marker = ask(page, "药师").locator("a.cite")
    glance = page.locator("#glance")
    marker.hover()
    for words in ("26万名，占全国执业药师的 41%。", "青禾药师数字生活调查（2031）", "青禾研究院 · 2031-12-20", "用户规模"):
        expect(glance).to_contain_text(words)
    # the pointer may move onto it, and Escape ends it without moving the pointer
    glance.hover()
    page.wait_for_timeout(400)
    expect(glance).to_be_visible()
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
    expect(glance).to_be_hidden()


def test_a_bare_cell_is_shown_among_the_cells_of_its_row(page: Page, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "单元格")
    expect(answer.locator("[data-source] q b")).to_have_text("6.5小时")
    expect(answer.locator("[data-source] q")).to_have_text("每周在线学习 · 6.5小时 · 7.2小时")
    answer.locator("a.cite").hover()
    expect(page.locator("#glance blockquote")).to_have_text("每周在线学习 · 6.5小时 · 7.2小时")


@pytest.mark.parametrize("size", [(1280, 460), (360, 600)])
def test_a_marked_cell_stands_below_the_header_of_its_table(page: Page, ask: Asking, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/")
    ask(page, "单元格").locator("a.cite").click()
    expect(page.locator("#panel mark").first).to_be_in_viewport()
    path, header = (page.locator(f"#panel {part}").first.bounding_box() for part in (".path", "thead th, tr"))
    assert path is not None
    assert header is not None
    assert header["y"] >= path["y"] + path["height"]


def test_the_panel_leafs_through_the_citations_of_the_answer(page: Page, ask: Asking, kept: Callable[[Locator], Any]) -> None:
    page.goto("/")
    answer = ask(page, "变化")
    citations = kept(answer)["citations"]
    answer.locator("a.cite").first.click()
    panel = page.locator("#panel")
    back, forth = panel.locator('[data-step="-1"]'), panel.locator('[data-step="1"]')
    for citation in citations:
        if citation["n"] > 1:
            forth.click()
        expect(panel.locator(f'mark[data-citation="{citation["start"]}-{citation["end"]}"]').first).to_be_in_viewport()
        expect(panel.locator(".panel-tabs [aria-current]")).to_have_text(str(citation["n"]))
        expect(answer.locator(f'a.cite[data-citation="{citation["n"]}"]')).to_have_attribute("aria-current", "true")
        expect(panel.locator(".path")).to_contain_text(citation["section"].split(" › ")[-1])
    expect(forth).to_have_attribute("aria-disabled", "true")
    back.click()
    expect(panel.locator(".panel-tabs [aria-current]")).to_have_text(str(citations[-2]["n"]))
    page.keyboard.press("ArrowLeft")
    expect(panel.locator(".panel-tabs [aria-current]")).to_have_text(str(citations[-3]["n"]))


def test_sources_that_disagree_are_told_once_in_a_table(page: Page, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "分歧")
    rows = answer.locator(".conflict tbody tr")
    assert [row.locator("td").all_inner_texts() for row in rows.all()] == [
        ["26万名", "青禾研究院1 用户规模", "2031-12-20"],
        ["30万名", '"><i>某报2 关于 <script>window.hacked = 1</script> 的说明', "2031"],
    ]
    assert "不同来源的说法" not in answer.inner_text()


def test_a_refusal_says_what_is_missing_what_is_nearest_and_what_could_be_asked(
    page: Page, ask: Asking, marked: Marked
) -> None:
    page.goto("/")
    answer = ask(page, "火星上有天气吗？")
    assert answer.get_attribute("data-answered") == "false"
    expect(answer.locator(".refusal")).to_contain_text("资料库里没有关于这个问题的内容。")
    answer.locator(".nearest a").nth(2).click()
    assert marked(page, "#panel").startswith("附录")
    page.locator('#panel [data-step="-1"]').click()
    page.locator('#panel mark:has-text("直播课")').wait_for()
    answer.locator(".suggestions button").first.click()
    expect(page.locator("article[data-answered=true]")).to_be_visible()


def test_what_was_taken_out_of_an_answer_is_there_to_be_read(page: Page, ask: Asking) -> None:
    page.goto("/")
    answer = ask(page, "核对")
    struck = answer.locator(".struck")
    expect(struck.locator("del")).to_be_hidden()
    struck.locator("summary").click()
    expect(struck.locator("del")).to_have_text("药师每周学习 9小时。")
    expect(struck).to_contain_text("引文里没有 9小时")
    expect(answer.locator(".note")).to_have_text("按登记数回答。")
    expect(answer.locator(".made")).to_contain_text("语言模型组织，逐句核对")


def test_hostile_text_runs_nowhere(page: Page, ask: Asking, marked: Marked) -> None:
    page.goto("/")
    ask(page, '来稿 <img src=x onerror="window.hacked = 1"> [x](javascript:alert(1)) \u202e反写')
    page.locator("a.cite").first.hover()
    page.locator("a.cite").first.click()
    assert marked(page, "#panel").startswith("这一段里有 <img")
    page.locator("[data-history]").click()
    expect(page.locator("#history .past bdi")).to_have_text(
        '来稿 <img src=x onerror="window.hacked = 1"> [x](javascript:alert(1)) \u202e反写'
    )
    for path in ("/documents/hostile", "/documents", "/documents/hostile"):
        page.goto(path)
    assert page.evaluate("() => window.hacked") is None

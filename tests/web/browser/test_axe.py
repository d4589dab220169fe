"""Does axe-core find anything serious, on whatever page, in either theme, on a desk or in a hand?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize

from rag.settings import Settings
from rag.types import Ask, Chart, Series
from web.app import create_app

Asking = Callable[..., Locator]
SHARES = Chart("bar", "药师使用各渠道的比例", "%", ("直播课", "图文资料"), (Series("比例", (62.0, 31.5)),), (1,))
WINDOWS: dict[str, ViewportSize] = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 360, "height": 740}}
NO_PICTURE = """() => {
  const transfer = new DataTransfer();
  transfer.items.add(new File(["x"], "photo.png"));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
}"""


@dataclass
class Looking:
    """A page, and what axe found so far on each that it showed."""

    page: Page
    bare: Page  # the same as without JavaScript
    found: list[str] = field(default_factory=list)

    def at(self, where: str, page: Page | None = None) -> None:
        page = page or self.page
        page.wait_for_timeout(350)  # what is still fading in has no contrast yet
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                self.found.append(f"{where}: {violation['id']} {[node['html'][:120] for node in violation['nodes']]}")


@pytest.fixture
def app(bot: Any, tmp_path: Path) -> FastAPI:
    """With a chart in the answer about pharmacists, and a key."""
    given = bot.answer

    def answer(ask: Ask) -> Any:
        said = given(ask)
        return replace(said, chart=SHARES) if "图" in ask.question else said

    bot.answer = answer
    return create_app(bot, settings=Settings(data_dir=tmp_path, admin_key="the-admin-key", corpus=(tmp_path,)))


def without_scripting(route: Route) -> None:
    """A style sheet as a browser without JavaScript reads it; axe itself cannot run in one."""
    sheet = route.fetch().text().replace("(scripting: none)", "all").replace("(scripting: enabled)", "not all")
    route.fulfill(body=sheet, content_type="text/css")


@pytest.fixture(params=[(scheme, size) for scheme in ("light", "dark") for size in WINDOWS], ids="-".join)
def looking(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Looking]:
    """Of the pages that are shown at once nothing may be found: that is asked at the end, so that all is told together."""
    scheme, size = request.param
    # axe is put into the page by the test, which the page's policy rightly forbids
    ways: dict[str, Any] = {"base_url": address, "locale": "zh-CN", "color_scheme": scheme, "bypass_csp": True}
    contexts = [browser.new_context(viewport=WINDOWS[size], **ways) for _ in range(2)]
    contexts[1].route("**/static/*.js", lambda route: route.abort())
    contexts[1].route("**/static/*.css", without_scripting)
    looking = Looking(*(context.new_page() for context in contexts))
    yield looking
    for context in contexts:
        context.close()
    assert looking.found == []


def test_nothing_is_found_in_the_chat(looking: Looking, ask: Asking) -> None:
    page = looking.page
    page.goto("/")
    looking.at("empty")
    for question in ("药师", "药师的图", "变化", "分歧", "核对", "火星", "来稿"):
        page.evaluate("() => sessionStorage.clear()")
        page.goto("/")
        answer = ask(page, question)
        for folded in answer.locator("summary:visible").all():
            folded.click()
        looking.at(question)
    ask(page, "那前一年呢？")
    page.locator(".standalone summary").click()
    page.locator("[data-helpful=false]").last.click()
    page.locator("[data-edit]").first.click()
    page.locator(".scope summary").click()
    looking.at("completed, edited, narrowed, disliked")
    page.goto("/")
    page.locator("article a.cite").first.hover()
    looking.at("glance")
    page.locator("article a.cite").first.click()
    page.locator("#panel mark").first.wait_for()
    looking.at("panel")
    page.keyboard.press("Escape")
    page.locator("[data-history]").click()
    looking.at("history")


def test_nothing_is_found_while_an_answer_comes(looking: Looking, bot: Any) -> None:
    page = looking.page
    page.goto("/")
    page.fill("form#ask textarea", "慢，药师有多少？")
    page.keyboard.press("Enter")
    page.locator("article[aria-busy=true] .answer-text", has_text="2031").wait_for()
    looking.at("streaming")
    bot.gate.set()


def test_nothing_is_found_in_an_answer_to_share(looking: Looking, ask: Asking) -> None:
    page = looking.page
    page.goto("/")
    for question in ("药师的图", "分歧", "火星"):
        address = f"/a/{ask(page, question).get_attribute('data-answer')}"
        for lang in ("zh", "en"):
            looking.bare.goto(f"{address}?lang={lang}")
            looking.at(f"{question} without JavaScript, {lang}", looking.bare)
        page.goto(address)
        looking.at(f"{question}, to share")
        page.goto("/")


def test_nothing_is_found_without_javascript(looking: Looking) -> None:
    page = looking.bare
    for path in ("/", "/documents", "/documents/qinghe-2031?c=33-82&q=药师"):
        page.goto(path)
        looking.at(f"{path} without JavaScript", page)
    page.goto("/")
    page.fill("form#ask textarea", "变化")
    page.locator("button.send").click()
    page.locator("article[data-answered=true]").wait_for()
    looking.at("an answer without JavaScript", page)


def test_nothing_is_found_in_the_library(looking: Looking) -> None:
    page = looking.page
    for path in ("/documents", "/documents?q=火星", "/documents/qinghe-2031?c=33-82", "/documents/hostile?q=青禾", "/docs"):
        page.goto(path)
        looking.at(path)
    page.goto("/documents")
    page.locator(".manage summary").click()
    page.fill("#admin-key", "wrong")
    page.keyboard.press("Enter")
    page.locator("#unlock-said", has_text="密钥").wait_for()
    looking.at("a wrong key")
    page.fill("#admin-key", "the-admin-key")
    page.keyboard.press("Enter")
    page.locator("[data-drop]").wait_for()
    page.evaluate(NO_PICTURE)
    page.locator(".jobs .failed").wait_for()
    looking.at("the library unlocked, a file refused")


def test_nothing_is_found_where_something_is_wrong(looking: Looking) -> None:
    page = looking.page
    for path in ("/nowhere", "/documents/nothing", "/a/nothing", "/v2/nothing"):
        page.goto(path)
        looking.at(path)
    for question in ("", "崩"):  # refused by the form; not foreseen
        looking.bare.goto("/")
        looking.bare.locator("form#ask").evaluate("form => { form.noValidate = true }")
        looking.bare.fill("form#ask textarea", question)
        looking.bare.locator("button.send").click()
        looking.bare.wait_for_load_state()
        looking.at(f"asked {question!r}", looking.bare)
    page.goto("/")
    page.fill("form#ask textarea", "崩")
    page.keyboard.press("Enter")
    page.locator("article .failed").first.wait_for()
    looking.at("failed while streaming")

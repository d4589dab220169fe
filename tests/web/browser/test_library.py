"""The library in a real browser: narrowed, read, searched within, and changed by dropping a file on it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rag import assemble
from rag.settings import Settings
from web.app import create_app

POND = "# 青塘镇渔业年报\n\n## 产量\n\n2021年底青塘镇共有池塘412口，全年鲈鱼产量达1.26万吨。\n"
TEA = "# 云岭茶厂月报\n\n## 产量\n\n云岭茶厂三月共采茶青37吨，比上一年多了4吨。\n"
LONG = 60_000  # milliseconds that an index may take

DROP = """([names, contents]) => {
  const transfer = new DataTransfer();
  names.forEach((name, place) => {
    const bytes = Uint8Array.from(atob(contents[place]), (c) => c.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  });
  const drop = document.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover", "drop"])
    drop.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, **files: str) -> None:
    page.locator("[data-drop]").wait_for()
    contents = [base64.b64encode(text.encode()).decode() for text in files.values()]
    page.evaluate(DROP, [[name.replace("_", ".") for name in files], contents])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "pond.md").write_text(POND, "utf-8")
    return folder


@pytest.fixture(scope="module")
def managed(corpus: Path, tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[str]:
    """The address of a server over a real index, with a key."""
    settings = Settings(corpus=(corpus,), data_dir=tmp_path_factory.mktemp("data"), admin_key="the-admin-key")
    assemble.build_index(settings)
    with serve(create_app(assemble.bot(settings), settings=settings)) as address:
        yield address


@pytest.fixture
def shelf(browser: Browser, managed: str) -> Iterator[Page]:
    context = browser.new_context(base_url=managed, locale="zh-CN", viewport={"width": 1100, "height": 800})
    page = context.new_page()
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.goto("/documents")
    yield page
    context.close()
    assert wrongs == []


def unlock(page: Page, key: str = "the-admin-key") -> None:
    page.locator(".manage summary").click()
    page.fill("#admin-key", key)
    page.keyboard.press("Enter")


def row(page: Page, title: str) -> Locator:
    return page.locator("#shelf li[data-document]", has_text=title)


def test_a_file_dropped_on_the_page_joins_the_library_and_can_be_removed(shelf: Page, corpus: Path) -> None:
    expect(row(shelf, "青塘镇").locator("[data-remove]")).to_be_hidden()
    unlock(shelf)
    expect(row(shelf, "青塘镇").locator("[data-remove]")).to_be_visible()
    drop(shelf, 云岭_md=TEA)
    expect(shelf.locator(".jobs li")).to_contain_text("云岭.md")
    expect(shelf.locator(".jobs .state")).to_have_text("完成", timeout=LONG)
    expect(row(shelf, "云岭茶厂月报")).to_be_visible()
    assert (corpus / "云岭.md").read_text("utf-8") == TEA

    shelf.once("dialog", lambda dialog: dialog.dismiss())
    row(shelf, "云岭茶厂月报").locator("[data-remove]").click()
    expect(shelf.locator(".jobs li")).to_have_count(1)

    asked: list[str] = []
    shelf.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    row(shelf, "云岭茶厂月报").locator("[data-remove]").click()
    expect(row(shelf, "云岭茶厂月报")).to_have_count(0, timeout=LONG)
    assert "云岭茶厂月报" in asked[0]
    assert not (corpus / "云岭.md").exists()


def test_a_name_that_is_taken_can_be_replaced_on_the_spot(shelf: Page, corpus: Path) -> None:
    unlock(shelf)
    drop(shelf, pond_md=POND.replace("412", "413"))
    shelf.locator(".jobs .failed button").click()
    expect(shelf.locator(".jobs .state").first).to_have_text("完成", timeout=LONG)
    assert "413" in (corpus / "pond.md").read_text("utf-8")


def test_what_cannot_be_taken_is_said_before_or_after_it_is_sent(shelf: Page, corpus: Path) -> None:
    unlock(shelf)
    drop(shelf, 照片_png="x")
    expect(shelf.locator(".jobs .failed").first).to_contain_text(".md")
    drop(shelf, 空_md=" ")
    expect(shelf.locator(".jobs .failed").first).to_contain_text("empty")
    assert [path.name for path in corpus.iterdir()] == ["pond.md"]


def test_the_key_stays_in_the_tab_and_out_of_every_address(shelf: Page) -> None:
    unlock(shelf, "wrong")
    expect(shelf.locator("#unlock-said")).to_have_text("密钥不对")
    seen: list[str] = []
    shelf.on("request", lambda request: seen.append(request.url))
    shelf.fill("#admin-key", "the-admin-key")
    shelf.keyboard.press("Enter")
    expect(shelf.locator("[data-drop]")).to_be_visible()
    shelf.reload()
    expect(shelf.locator("[data-drop]")).to_be_visible()
    assert not [url for url in (*seen, shelf.url) if "the-admin-key" in url]
    other = shelf.context.new_page()
    other.goto(shelf.url)
    other.locator(".manage summary").click()
    expect(other.locator("#admin-key")).to_be_visible()
    shelf.locator("[data-lock]").click()
    expect(shelf.locator("#admin-key")).to_be_visible()
    expect(shelf.locator("[data-remove]").first).to_be_hidden()


def test_the_list_narrows_while_one_types_and_the_address_keeps_it(page: Page) -> None:
    page.goto("/documents")
    page.fill(".shelf-tools input", "青禾研究院")
    expect(page.locator("#shelf li[data-document]")).to_have_count(1)
    assert "q=" in page.url
    page.reload()
    expect(page.locator("#shelf li[data-document]")).to_have_count(1)
    page.fill(".shelf-tools input", "")
    page.select_option(".shelf-tools select", "title")
    expect(page.locator("#shelf li[data-document]")).to_have_count(2)
    expect(page.locator("#shelf h2").first).to_contain_text("<b>")
    page.fill(".shelf-tools input", "火星")
    expect(page.locator("#shelf .none")).to_be_visible()


def test_words_are_found_within_a_document_one_after_the_other(page: Page) -> None:
    page.goto("/documents/qinghe-2031")
    page.keyboard.press("/")
    page.keyboard.type("药师")
    page.keyboard.press("Enter")
    found = page.locator("[data-found]")
    count = page.locator("mark[data-hit]").count
    expect(found).to_contain_text("第 1 /")
    assert count() > 3
    first = page.locator("mark.current")
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(found).to_have_text(f"第 2 / {count()} 处")
    page.locator("[data-step='-1']").click()
    page.locator("[data-step='-1']").click()
    expect(found).to_have_text(f"第 {count()} / {count()} 处")
    expect(page.locator("mark.current")).to_be_in_viewport()
    page.reload()
    expect(found).to_contain_text("第 1 /")
    page.fill("[data-find] input[type=search]", "火星")
    page.keyboard.press("Enter")
    expect(found).to_have_text("0 处")
    expect(page.locator("[data-step='1']")).to_be_hidden()


def test_a_citation_stays_marked_while_words_are_looked_for(page: Page, bot: Any) -> None:
    quote = bot.library.documents["qinghe-2031"].text[33:82]
    page.goto("/documents/qinghe-2031#c33-82")
    page.locator("mark[data-citation]").first.wait_for()
    page.fill("[data-find] input[type=search]", "药师")
    page.keyboard.press("Enter")
    expect(page.locator("mark.current").first).to_be_visible()
    assert "".join(page.locator("mark[data-citation]").all_text_contents()) == quote
    assert page.url.endswith("#c33-82")


def test_the_outline_follows_and_folds_away_on_a_phone(page: Page) -> None:
    page.goto("/documents/qinghe-2031")
    expect(page.locator(".outline ol")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 500})
    expect(page.locator(".outline ol")).to_be_hidden()
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("[data-here]")).to_have_text("附录")
    expect(page.locator(".outline summary")).to_be_in_viewport()
    page.locator(".outline summary").click()
    page.locator(".outline a", has_text="学习渠道").click()
    expect(page.locator(".outline ol")).to_be_hidden()
    expect(page.locator("h4", has_text="学习渠道")).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_links_to_a_section_and_to_a_citation_can_be_copied(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/documents/qinghe-2031#c33-82")
    page.locator("mark[data-citation]").first.wait_for()
    page.locator("[data-copy-link]").click()
    expect(page.locator("[data-said]")).to_have_text("链接已复制")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{address}/documents/qinghe-2031#c33-82"
    heading = page.locator("h4", has_text="学习渠道")
    heading.hover()
    heading.locator("button").click()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == f"{address}/documents/qinghe-2031#{heading.get_attribute('id')}"
    assert page.locator("[data-text]").text_content() == page.evaluate(
        "async () => (await (await fetch('/api/documents/qinghe-2031')).json()).text"
    )


def test_without_javascript_a_document_can_be_searched_and_a_list_narrowed(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/documents")
    page.fill(".shelf-tools input", "青禾研究院")
    page.locator("[data-apply]").click()
    page.locator("#shelf h2 a").click()
    page.fill("[data-find] input[type=search]", "直播课")
    page.keyboard.press("Enter")
    page.locator("a.first").click()
    expect(page.locator("#hit-1")).to_be_in_viewport()
    expect(page.locator("[data-step='1']")).to_be_hidden()
    context.close()

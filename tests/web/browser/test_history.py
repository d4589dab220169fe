"""What was asked before: in this tab, in this browser, nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

Asking = Callable[..., Locator]


@pytest.fixture
def asked(page: Page, ask: Asking) -> Page:
    """Three conversations, the last of two questions."""
    for questions in (("问卷有多少？",), ("分歧",), ("有多少药师？", "那前一年呢？")):
        page.goto("/")
        with page.expect_navigation():
            page.locator("[data-new]").click()
        for question in questions:
            ask(page, question)
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#history .past bdi").all_inner_texts()


def test_the_conversation_is_there_after_a_reload_until_a_new_one_is_begun(page: Page, ask: Asking) -> None:
    page.goto("/")
    ask(page, "有多少药师？")
    page.reload()
    expect(page.locator("article[data-answered]")).to_have_count(1)
    ask(page, "那前一年呢？")
    expect(page.locator(".standalone")).to_be_visible()
    with page.expect_navigation():
        page.locator("[data-new]").click()
    expect(page.locator(".examples")).to_be_visible()
    assert page.locator("article[data-answered]").count() == 0


def test_earlier_conversations_are_listed_newest_first_and_open_again(asked: Page, ask: Asking) -> None:
    asked.locator("[data-history]").click()
    assert titles(asked) == ["有多少药师？", "分歧", "问卷有多少？"]
    expect(asked.locator("#history .past small").first).to_contain_text("2 个问题")
    asked.locator("#history .past").nth(1).click()
    expect(asked.locator(".conflict")).to_be_visible()
    ask(asked, "药师")
    asked.locator("[data-history]").click()
    assert titles(asked) == ["分歧", "有多少药师？", "问卷有多少？"]


def test_history_is_searched_in_every_question_of_a_conversation(asked: Page) -> None:
    asked.locator("[data-history]").click()
    expect(asked.locator("#history input[type=search]")).to_be_focused()
    asked.keyboard.type("前一年")
    expect(asked.locator("#history .past")).to_have_count(1)
    assert titles(asked) == ["有多少药师？"]
    asked.keyboard.type("没问过")
    expect(asked.locator(".history-none")).to_have_text("没有问过这样的问题。")


def test_conversations_are_deleted_one_by_one_and_all_together(asked: Page) -> None:
    asked.locator("[data-history]").click()
    asked.locator("[data-delete]").first.click()
    assert titles(asked) == ["分歧", "问卷有多少？"]
    expect(asked.locator("#history .past").first).to_be_focused()
    wipe = asked.locator("[data-delete-all]")
    wipe.click()
    assert len(titles(asked)) == 2
    wipe.click()
    expect(asked.locator(".history-none")).to_have_text("还没有对话。")
    asked.reload()
    expect(asked.locator(".examples")).to_be_visible()
    assert asked.evaluate("() => localStorage.getItem('yanda.history')") == "[]"


def test_a_question_under_a_permalink_begins_a_conversation_of_its_own(page: Page, ask: Asking) -> None:
    page.goto("/")
    shared = ask(page, "有多少药师？").get_attribute("data-answer")
    with page.expect_navigation():
        page.locator("[data-new]").click()
    page.goto(f"/a/{shared}")
    ask(page, "那前一年呢？")
    page.goto("/")
    expect(page.locator("article[data-answered]")).to_have_count(2)


def test_answers_that_the_server_no_longer_has_are_said_to_be_gone(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.evaluate(
        """() => {
            localStorage.setItem("yanda.history", JSON.stringify([{ id: "x", at: 0, turns: [["gone", "问过"]] }]));
            sessionStorage.setItem("yanda.conversation", "x");
        }"""
    )
    page.reload()
    expect(page.locator(".gone")).to_have_text("这段对话的回答已不在服务器上。")
    context.close()


@pytest.mark.parametrize("stored", ["nonsense", "{}", "[1, null, {}]"])
def test_a_history_that_cannot_be_read_is_an_empty_one(page: Page, ask: Asking, stored: str) -> None:
    page.goto("/")
    page.evaluate("stored => localStorage.setItem('yanda.history', stored)", stored)
    page.reload()
    ask(page, "药师")
    page.locator("[data-history]").click()
    assert titles(page) == ["药师"]

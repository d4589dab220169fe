"""What every test in the browser does: ask, look at what is marked, compare with what the API says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page

Asking = Callable[..., Locator]


def _ask(page: Page, question: str) -> Locator:
    before = page.locator("article[data-answered]").count()
    page.fill("form#ask textarea[name=question]", question)
    page.keyboard.press("Enter")
    answer = page.locator("article[data-answered]").nth(before)
    answer.wait_for()
    return answer


def _marked(page: Page, within: str = "") -> str:
    page.locator(f"{within} mark[data-citation]").first.wait_for()
    return "".join(page.locator(f"{within} mark[data-citation]").all_text_contents())


@pytest.fixture
def ask() -> Asking:
    """Asks with the keyboard; the new answer, once it is there."""
    return _ask


@pytest.fixture
def marked() -> Callable[..., str]:
    """All marked characters, in the panel or on the page."""
    return _marked


@pytest.fixture
def kept(address: str) -> Callable[[Locator], Any]:
    """What the API says of the same question."""

    def asked_again(answer: Locator) -> Any:
        question = answer.locator("xpath=preceding-sibling::h2").inner_text()
        return httpx.post(f"{address}/api/ask", json={"question": question}).json()

    return asked_again

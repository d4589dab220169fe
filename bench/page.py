"""How does the page feel: first visible change after Enter, weight of the first page, citations that mark their quote."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from statistics import quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from bench.plan import ROOT

__all__ = ["first_changes", "main", "marks", "weight"]

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
QUESTIONS = ROOT / "bench" / "golden" / "held_out.jsonl"

# Enter is noted as the key event's own time; the frame after the first change of the conversation is what a person sees
_WATCH = """() => {
    window.changes = [];
    let pressed = 0;
    document.addEventListener("keydown", event => { if (event.key === "Enter") pressed = event.timeStamp }, true);
    new MutationObserver(() => {
        if (!pressed) return;
        const since = pressed;
        pressed = 0;
        requestAnimationFrame(() => requestAnimationFrame(() => window.changes.push(performance.now() - since)));
    }).observe(document.getElementById("conversation"), { childList: true, subtree: true });
}"""


def first_changes(page: Page, questions: Sequence[str]) -> list[float]:
    """Milliseconds from Enter to the frame with the first change, one a question; each is waited for."""
    page.goto("/")
    page.evaluate(_WATCH)
    for place, question in enumerate(questions):
        page.fill("form#ask textarea", question)
        page.keyboard.press("Enter")
        page.locator("article[data-answered]").nth(place).wait_for()
    found: list[float] = page.evaluate("() => window.changes")
    return found


def weight(page: Page) -> int:
    """Bytes of the first page and of all that it brings along, as they lie on the server."""
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/", wait_until="networkidle")
    return sum(sizes)


def marks(page: Page, questions: Sequence[str]) -> tuple[int, int]:
    """Citations whose marker, clicked, marks exactly the quote that the API gives, and all of them."""
    exact = total = 0
    for question in questions:
        page.goto("/")
        page.evaluate("() => sessionStorage.clear()")
        page.goto("/")
        page.fill("form#ask textarea", question)
        page.keyboard.press("Enter")
        answer = page.locator("article[data-answered]")
        answer.wait_for()
        given = page.request.post("/api/ask", data={"question": question}).json()
        for citation in given["citations"]:
            answer.locator(f'a[data-citation="{citation["n"]}"]').first.click()
            marked = page.locator(f'#panel mark[data-citation="{citation["start"]}-{citation["end"]}"]')
            marked.first.wait_for()
            exact += "".join(marked.all_text_contents()) == citation["quote"]
            total += 1
    return exact, total


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("address", help="a server that is ready, such as http://127.0.0.1:8000")
    parser.add_argument("--asks", type=int, default=40, help="questions asked for the first visible change (default 40)")
    parser.add_argument("--citations", type=int, default=20, help="questions whose every citation is clicked (default 20)")
    options = parser.parse_args(arguments)
    asked = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    questions = [one["question"] for one in asked if not one["history"]]
    with _chromium() as browser:
        heavy = weight(browser.new_page(base_url=options.address))
        waits = first_changes(browser.new_page(base_url=options.address), list(islice(cycle(questions), options.asks)))
        exact, total = marks(browser.new_page(base_url=options.address), questions[: options.citations])
    cuts = quantiles(waits, n=20)
    sys.stdout.write(
        f"first visible change after Enter: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, of {len(waits)} questions\n"
        f"first page with all that it brings along: {heavy / 1000:.0f} kB\n"
        f"citations whose click marks exactly their quote: {exact} of {total}\n"
    )
    return 0 if exact == total else 1


if __name__ == "__main__":
    sys.exit(main())

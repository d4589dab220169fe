"""How does the page feel: first visible change after Enter, weight of the first page, citations that mark their quote."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

from bench.plan import ROOT

__all__ = ["chromium", "first_changes", "main", "marks", "questions", "weight"]

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE_MS = 30_000  # which words are marked is asked here, not how soon: a busy machine is no miss
GOLDEN = {name: ROOT / "bench" / "golden" / f"{name}.jsonl" for name in ("held_out", "development")}

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the person's turns before it."""

    id: str
    question: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clicked:
    """Whether a click on marker `n` marked exactly the quote that the API gives."""

    id: str
    n: int
    exact: bool


def questions(path: Path) -> tuple[Asked, ...]:
    """A file of questions as a person would ask them."""
    read = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(
        Asked(one["id"], one["question"], tuple(turn["content"] for turn in one["history"] if turn["role"] == "user"))
        for one in read
    )


def first_changes(page: Page, asked: Sequence[str]) -> list[float]:
    """Milliseconds from Enter to the frame with the first change, one a question; each is waited for."""
    page.goto("/")
    page.evaluate(_WATCH)
    for place, question in enumerate(asked):
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


def marks(page: Page, asked: Sequence[Asked]) -> Iterator[Clicked]:
    """Every citation of every answer, clicked in the page; of a follow-up the question before it is asked first."""
    for one in asked:
        page.goto("/")
        page.evaluate("() => sessionStorage.clear()")
        page.goto("/")
        history: list[dict[str, str]] = []
        for place, question in enumerate((*one.before, one.question)):
            page.fill("form#ask textarea", question)
            page.keyboard.press("Enter")
            page.locator("article[data-answered]").nth(place).wait_for()
            given = page.request.post("/api/ask", data={"question": question, "history": history}).json()
            history += [
                {"role": "user", "content": given["standalone_question"]},
                {"role": "assistant", "content": given["answer"]},
            ]
        answer = page.locator("article[data-answered]").last
        shown = set(
            answer.locator("a[data-citation]").evaluate_all("nodes => nodes.map(node => Number(node.dataset.citation))")
        )
        cited = {citation["n"]: citation for citation in given["citations"]}
        for n in sorted(shown | cited.keys()):
            yield Clicked(one.id, n, n in shown and n in cited and _marked(page, answer, cited[n]) == cited[n]["quote"])


def _marked(page: Page, answer: Locator, citation: Mapping[str, Any]) -> str:
    """The words that the panel marks after a click on the marker; those of another place are none."""
    answer.locator(f'a[data-citation="{citation["n"]}"]').first.click()
    words = page.locator(f'#panel mark[data-citation="{citation["start"]}-{citation["end"]}"]')
    try:
        words.first.wait_for(timeout=PATIENCE_MS)
    except TimeoutError:
        return ""
    others = page.locator("#panel mark[data-citation]").count() - words.count()
    return "".join(words.all_text_contents()) if not others else ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, closed in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("address", help="a server that is ready, such as http://127.0.0.1:8000")
    parser.add_argument("--asks", type=int, default=40, help="questions asked for the first visible change (default 40)")
    parser.add_argument(
        "--citations", type=int, metavar="N", help="only the first N questions of each set have their citations clicked"
    )
    parser.add_argument("--set", nargs="+", choices=GOLDEN, default=list(GOLDEN), help="whose citations (default: both)")
    options = parser.parse_args(arguments)
    sets = {name: questions(GOLDEN[name]) for name in options.set}
    first = [one.question for one in questions(GOLDEN["held_out"]) if not one.before]
    with chromium() as browser:
        heavy = weight(browser.new_page(base_url=options.address))
        waits = first_changes(browser.new_page(base_url=options.address), list(islice(cycle(first), options.asks)))
        cuts = quantiles(waits, n=20)
        sys.stdout.write(
            f"first visible change after Enter: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, of {len(waits)} questions\n"
            f"first page with all that it brings along: {heavy / 1000:.0f} kB\n"
        )
        wrong = 0
        for name, asked in sets.items():
            clicked = list(marks(browser.new_page(base_url=options.address), asked[: options.citations]))
            missed = [f"{one.id}[{one.n}]" for one in clicked if not one.exact]
            wrong += len(missed)
            sys.stdout.write(
                f"{name}: citations whose click marks exactly their quote: {len(clicked) - len(missed)} of {len(clicked)}"
                f"{': not ' + ' '.join(missed) if missed else ''}\n"
            )
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

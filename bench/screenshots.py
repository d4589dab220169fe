"""How does the page look: its main states, photographed in a real browser for the READMEs."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from bench.page import chromium
from bench.plan import OTHER, ROOT
from bench.process import BenchError, Served, served
from rag.suggest.kept import kept

__all__ = ["FOLDER", "SHOTS", "Shot", "main"]

FOLDER = ROOT / "docs" / "screenshots"
SEEDS = ROOT / "seeds"
KEPT = ROOT / ".cache" / "screenshots"  # the indexes, so that the next run takes seconds
PATIENCE_S = 600
DESK: ViewportSize = {"width": 1200, "height": 760}
PHONE: ViewportSize = {"width": 360, "height": 740}

DOCTORS = "2021年底医脉通有多少注册执业医生？"
BRANDS = "心血管内科医生使用比例排前三的是哪些品牌？"


def first(page: Page) -> None:
    page.goto("/")


def answer(page: Page) -> None:
    _open(page, _ask(page, DOCTORS))


def follow_up(page: Page) -> None:
    _ask(page, DOCTORS)
    _ask(page, "那前一年呢？")


def chart(page: Page) -> None:
    _ask(page, BRANDS)


def conflict(page: Page) -> None:
    _ask(page, "截至2024年末康禾在线到底有多少注册医师？我看到两个数")


def refusal(page: Page) -> None:
    _ask(page, "医脉通2023年的净利润是多少？")


def english(page: Page) -> None:
    _ask(page, "What share of doctors in China had registered with Medlive by the end of 2021?")


def library(page: Page) -> None:
    page.goto("/documents")


def document(page: Page) -> None:
    _open(page, _ask(page, DOCTORS))
    page.goto(str(page.locator("#panel [data-full]").get_attribute("href")))
    page.locator("mark[data-citation]").first.wait_for()


@dataclass(frozen=True, slots=True)
class Shot:
    """One state of the page: how it is reached, in which window, theme and language, over which documents."""

    name: str
    reach: Callable[[Page], None]
    window: Literal["desk", "phone"] = "desk"
    scheme: Literal["light", "dark"] = "light"
    locale: str = "zh-CN"
    corpus: Path = SEEDS


SHOTS = (
    Shot("first", first),
    Shot("answer", answer),
    Shot("follow-up", follow_up),
    Shot("chart", chart),
    Shot("refusal", refusal),
    Shot("dark", chart, scheme="dark"),
    Shot("english", english, locale="en-GB"),
    Shot("library", library),
    Shot("document", document),
    Shot("phone", chart, window="phone"),
    Shot("phone-source", answer, window="phone"),
    Shot("conflict", conflict, corpus=OTHER),
)


def _ask(page: Page, question: str) -> Locator:
    """The answer, once it is whole; the first question of a page opens it."""
    if page.url == "about:blank":
        page.goto("/")
    before = page.locator("article[data-answered]").count()
    page.fill("form#ask textarea", question)
    page.keyboard.press("Enter")
    said = page.locator("article[data-answered]").nth(before)
    said.wait_for()
    for picture in said.locator("figure[data-chart] img:visible").all():
        page.wait_for_function("node => node.complete && node.naturalWidth", arg=picture.element_handle())
    return said


def _open(page: Page, said: Locator) -> None:
    said.locator("a[data-citation]").first.click()
    page.locator("#panel mark[data-citation]").first.wait_for()


def _settle(server: Served, data_dir: Path) -> None:
    """Waits until all questions to begin with have been tried, which a new index does beside its work."""
    fingerprint = server.client.get("/readyz").json()["index"]
    end = time.monotonic() + PATIENCE_S
    while kept(data_dir, fingerprint) is None:
        if time.monotonic() > end:
            raise BenchError(f"no questions to begin with were kept in {data_dir} within {PATIENCE_S} s")
        time.sleep(1)


@contextmanager
def _window(browser: Browser, shot: Shot, address: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if shot.window == "phone" else DESK,
        device_scale_factor=2 if shot.window == "phone" else 1,
        has_touch=shot.window == "phone",
        color_scheme=shot.scheme,
        locale=shot.locale,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.screenshots", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[shot.name for shot in SHOTS], help="these alone")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder (default docs/screenshots)")
    options = parser.parse_args(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not options.only or shot.name in options.only]
    with chromium() as browser:
        for corpus, shots in groupby(wanted, key=lambda shot: shot.corpus):
            with served(corpus, KEPT / corpus.name, "--index") as server:
                _settle(server, KEPT / corpus.name)
                for shot in shots:
                    with _window(browser, shot, str(server.client.base_url)) as page:
                        shot.reach(page)
                        page.wait_for_timeout(500)  # pictures and panels come in
                        size = len(page.screenshot(path=options.into / f"{shot.name}.png", animations="disabled"))
                    sys.stdout.write(f"{shot.name}: {size / 1000:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

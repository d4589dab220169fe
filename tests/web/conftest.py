"""A bot over two documents of our own, shaped like the real one, and the ways to reach it: in memory, by port, by browser."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from index.library import Counts
from index.types import Block, BlockKind, Document, Hit, Meta, Passage, Section, Span, Table, sections
from rag.settings import Settings
from rag.types import Answer, Ask, Citation, Conflict, Delta, Event, Figure, Found, Side, Stage, Struck
from web.app import create_app

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

REPORT = """\
# 青禾药师数字生活调查

## 主要发现

### 用户规模

2030年底，青禾平台的注册药师为 18.5万名，一年后增至 26万名，占全国执业药师的 41%。药师平均每周在线学习 6.5小时。

> 编者注：两处都以年底的登记数为准，
不含实习药师。

### 学习渠道

药师常用的渠道有以下几种：

- 直播课：有 62% 的药师每月至少看一场；
- 图文资料：
  - 指南解读
  - 药品说明书
1. 第一位是《临床用药手册》；
2. 第二位是同行讨论。

表 1　两个年底的对照

| 指标 | 2030年底 | 2031年底 |
| --- | --- | --- |
| 注册药师数 | 18.5万 | 26万 |
| 占全国的比例 | 33% | 41% |
| 每周在线学习 | 6.5小时 | 7.2小时 |

## 附录

问卷共回收 1,204 份😀，其中有效问卷 1,130 份。
"""

HOSTILE = """\
# 关于 <script>window.hacked = 1</script> 的说明

这一段里有 <img src=x onerror="window.hacked = 1"> 与 “&amp;” 以及 **粗体**，都应照样显示。\u202e反过来写的字\u202c到此为止。

另据说明，青禾平台的注册药师为 30万名。\r\n换行之后 javascript:alert(1) 仍是文字。

"""


def blocks_of(text: str) -> tuple[Block, ...]:
    """Headings, items, notes, captions, tables and paragraphs of a text that is written as plainly as ours."""
    found: list[Block] = []
    for chunk in re.finditer(r"(?:[^\n]+\n?)+", text):
        start, lines = chunk.start(), chunk[0].splitlines(keepends=True)
        if lines[0].startswith("|"):
            found.append(_table(start, chunk[0]))
            continue
        patterns = (
            (BlockKind.HEADING, r"(#+) "),
            (BlockKind.ITEM, r"( *)- "),
            (BlockKind.ITEM, r"( *)(?=\d\. )"),
            (BlockKind.NOTE, r"(> )"),
            (BlockKind.CAPTION, r"(?=表 \d)()"),
        )
        first = next(((kind, m) for kind, shape in patterns if (m := re.match(shape, lines[0]))), None)
        if first is None or first[0] is BlockKind.NOTE:
            kind, skip = (first[0], len(first[1][0])) if first else (BlockKind.PARAGRAPH, 0)
            found.append(Block(kind, Span(start + skip, start + len(chunk[0].rstrip()))))
            continue
        for line in lines:
            kind, match = next((kind, m) for kind, shape in patterns if (m := re.match(shape, line)))
            level = len(match[1]) if kind is BlockKind.HEADING else len(match[1]) // 2
            found.append(Block(kind, Span(start + match.end(), start + len(line.rstrip())), level))
            start += len(line)
    return tuple(found)


def _table(start: int, text: str) -> Block:
    rows = []
    for line in re.finditer(r"[^\n]+", text):
        if "---" not in line[0]:
            at = start + line.start()
            rows.append(tuple(Span(at + c.start(1), at + c.end(1)) for c in re.finditer(r"(?<=\| )([^|]*?)(?= \|)", line[0])))
    return Block(BlockKind.TABLE, Span(start, start + len(text.rstrip())), table=Table(tuple(rows)))


def document(name: str, text: str, **meta: str) -> Document:
    return Document(name, text, blocks_of(text), Meta(**{"title": name, **meta}))


REPORT_DOCUMENT = document(
    "qinghe-2031",
    REPORT,
    title="青禾药师数字生活调查（2031）",
    publisher="青禾研究院",
    date="2031-12-20",
    source="900_report.txt",
    kind="调研报告",
    note="在线问卷，样本 N=1,130",
)
HOSTILE_DOCUMENT = document(
    "hostile", HOSTILE, title="<b>不可信</b>的来稿 \u202etxt", publisher='"><i>某报', date="2031", source="901_hostile.txt"
)


@dataclass
class StandInLibrary:
    documents: MappingProxyType[str, Document]
    fingerprint: str = "f00dfeed"
    passages: tuple[Passage, ...] = ()

    def counts_of(self, document_id: str) -> Counts:
        parts = list(sections(self.documents[document_id]))
        tables = sum(block.kind is BlockKind.TABLE for part in parts for block in part.blocks)
        return Counts(1, len(parts), 0, tables, 0)


@dataclass
class StandInBot:
    """Answers by looking for the words of a question in its two documents; `gate` holds a slow answer back."""

    library: StandInLibrary
    gate: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    asked: list[Ask] = field(default_factory=list)

    def cite(self, n: int, words: str, name: str = "qinghe-2031", until: str = "") -> Citation:
        return cite(self.library.documents[name], n, words, until)

    def answer(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        full = ask.question
        if ask.history and "前一年" in full:
            full = "2030年底青禾平台的注册药师有多少？"
        if "崩" in full:
            raise RuntimeError("a secret that is for the log")
        given = next((make(self) for words, make in ANSWERS if words in full), refusal(self))
        return replace(
            given, question=ask.question, standalone_question=full, index="f00dfeed", timings_ms={"search": 9.04, "total": 31.2}
        )

    def steps(self, ask: Ask) -> Iterator[Event]:
        try:
            for name in ("understand", "search", "read"):
                yield Stage(name)
            answer = self.answer(ask)
            if answer.citations:
                yield Found(answer.citations)
            yield Stage("compose")
            for place in range(0, len(answer.text), 12):
                yield Delta(answer.text[place : place + 12])
                if "慢" in ask.question:
                    self.gate.wait(20)
            yield answer
        finally:
            self.closed.set()

    def search(self, words: str, k: int, documents: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        shelf = [d for d in self.library.documents.values() if not documents or d.id in documents]
        found = [Passage(section, section.span) for each in shelf for section in sections(each)]
        return tuple(Hit(p, 1 / (rank + 1)) for rank, p in enumerate(p for p in found if words in p.text))[:k]

    def examples(self, documents: tuple[str, ...] = ()) -> tuple[str, ...]:
        if documents and "qinghe-2031" not in documents:
            return ()
        return ("2031年底青禾平台的注册药师有多少？", "药师常用哪些学习渠道？", "两个年底的指标有什么变化？")


def cite(source: Document, n: int, words: str, until: str = "") -> Citation:
    start = source.text.index(words)
    end = source.text.index(until, start) + len(until) if until else start + len(words)
    section: Section = next(s for s in reversed(list(sections(source))) if s.span.start <= start)
    return Citation(n, Passage(section, section.span), Span(start, end))


def size(bot: StandInBot) -> Answer:
    said = "2031年底，青禾平台的注册药师为 **26万名**，占全国执业药师的 41%。[1]"
    figures = (Figure("26万名", 260_000, "名", 1), Figure("41%", 0.41, "", 1))
    follow = ("那前一年呢？", "药师常用哪些学习渠道？")
    return _answered(said, bot.cite(1, "2030年底，青禾平台", until="41%。"), figures=figures, suggestions=follow)


def year_before(bot: StandInBot) -> Answer:
    said = "2030年底为 18.5万名。[1]"
    note = ("按上一个问题补全了年份与对象。",)
    return _answered(
        said, bot.cite(1, "2030年底，青禾平台", until="18.5万名"), figures=(Figure("18.5万名", 185_000, "名", 1),), notes=note
    )


def compared(bot: StandInBot) -> Answer:
    said = (
        "三项指标都在上升：\n\n| 指标 | 2030年底 | 2031年底 |\n| --- | --- | --- |\n| 注册药师数 | 18.5万 | 26万 [1] |\n"
        "| 占全国的比例 | 33% | 41% [2] |\n\n- 每周在线学习由 6.5小时 增至 7.2小时。[3]\n- 编者注说明了口径。[4]"
    )
    rows = (
        bot.cite(1, "注册药师数 |", until="26万"),
        bot.cite(2, "占全国的比例", until="41%"),
        bot.cite(3, "每周在线学习 |", until="7.2小时"),
        bot.cite(4, "编者注", until="实习药师。"),
    )
    figures = (Figure("18.5万", 185_000, "", 1), Figure("26万", 260_000, "", 1), Figure("7.2小时", 7.2, "小时", 3))
    return _answered(said, *rows, figures=figures)


def disputed(bot: StandInBot) -> Answer:
    citations = (bot.cite(1, "一年后增至 26万名"), bot.cite(2, "注册药师为 30万名", "hostile"))
    sides = (Side("26万名", 1), Side("30万名", 2))
    said = "一处说是 26万名。[1]\n\n不同来源的说法：26万名（青禾研究院）[1]；30万名（某报）[2]。"
    return _answered(said, *citations, conflicts=(Conflict("2031年底的注册药师数", sides),))


def hostile(bot: StandInBot) -> Answer:
    citations = (
        bot.cite(1, "这一段里有", "hostile", until="到此为止。"),
        bot.cite(2, "另据说明", "hostile", until="仍是文字。"),
    )
    said = (
        '原文写着 <script>window.hacked = 1</script> 与 <img src=x onerror="window.hacked = 1">。[1] '
        "没有第九条。[9] [链接](javascript:alert(1)) [2]"
    )
    return _answered(said, *citations, suggestions=('"><script>window.hacked = 1</script>',))


def astral(bot: StandInBot) -> Answer:
    return _answered("有效问卷 1,130 份。[1]", bot.cite(1, "其中有效问卷 1,130 份。"))


def checked(bot: StandInBot) -> Answer:
    said = "药师平均每周在线学习 **6.5小时**。[1]\n\n基数：其中有效问卷 1,130 份。[2]"
    citations = (bot.cite(1, "药师平均每周在线学习 6.5小时。"), bot.cite(2, "其中有效问卷 1,130 份。"))
    struck = (Struck("药师每周学习 9小时。", "引文里没有 9小时"),)
    figures = (Figure("6.5小时", 6.5, "小时", 1),)
    return _answered(said, *citations, figures=figures, struck=struck, notes=("按登记数回答。",), composer="llm")


def cell(bot: StandInBot) -> Answer:
    start = REPORT.index("6.5小时 |")
    quoted = bot.cite(1, "| 每周在线学习 |")
    return _answered("2030年底：**6.5小时**[1]", replace(quoted, span=Span(start, start + 5)))


def refusal(bot: StandInBot) -> Answer:
    nearest = (bot.cite(1, "药师平均每周").passage, bot.cite(2, "直播课").passage, bot.cite(3, "问卷共回收").passage)
    instead = ("两个年底的指标有什么变化？",)
    return Answer("", "", answered=False, text="资料库里没有关于这个问题的内容。", nearest=nearest, suggestions=instead)


def _answered(text: str, *citations: Citation, **more: object) -> Answer:
    return replace(Answer("", "", answered=True, text=text, citations=citations), **more)


ANSWERS: tuple[tuple[str, Callable[[StandInBot], Answer]], ...] = (
    ("2030年底青禾", year_before),
    ("对照", compared),
    ("变化", compared),
    ("分歧", disputed),
    ("来稿", hostile),
    ("核对", checked),
    ("单元格", cell),
    ("问卷", astral),
    ("药师", size),
)


@pytest.fixture
def bot() -> StandInBot:
    shelf = {each.id: each for each in (REPORT_DOCUMENT, HOSTILE_DOCUMENT)}
    return StandInBot(StandInLibrary(MappingProxyType(shelf)))


@pytest.fixture
def app(bot: StandInBot, tmp_path: Path) -> FastAPI:
    return create_app(bot, settings=Settings(data_dir=tmp_path))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://yanda.test") as client:
        yield client


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app on a free port of this machine, really listening."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def serve() -> Callable[[FastAPI], object]:
    return serving


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while it lives, no event loop of another test can run in this thread."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; apt-get install chromium brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A Chinese browser window; a page error, a word on the console or a request to anybody else fails the test."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 1280, "height": 860})
    page = context.new_page()
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("console", lambda said: wrongs.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: wrongs.append(asked.url) if not asked.url.startswith((address, "about:")) else None)
    yield page
    context.close()
    assert wrongs == []

"""A bot that answers by the words of a question, out of two documents of our own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from index.library import Counts
from index.types import BlockKind, Document, Hit, Passage, Section, Span, sections
from rag.types import Answer, Ask, Citation, Conflict, Delta, Event, Figure, Found, Side, Stage, Struck
from tests.web.stand_in_documents import REPORT


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

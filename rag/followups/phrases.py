"""Which question is meant by a set phrase: 为什么？, 还有呢？, 具体有哪些？, 第二名呢？, 谁说的？, 跟去年比呢？"""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.followups.about import event, nominal, proposition, topic
from rag.followups.shape import COUNTERS, MARKS, Clause, clause, is_measure
from rag.followups.times import asked_for, years
from rag.followups.types import Said

__all__ = ["by_phrase"]

_END = r"[呢呀啊嘛]?[？?。！! ]*$"
_THIS = r"^(?:那|这|这又|那又)?(?:么)?(?:是|又是|又|到底|究竟)?"
_WHY = re.compile(
    rf"{_THIS}(?:为什么|为啥|为何|凭什么|什么原因|怎么会|怎么回事|原因(?:是什么|在哪里?)?)(?:会?(?:是)?(?:这样|这么[多少高低大小]))?{_END}"
)
_MORE = re.compile(
    rf"^(?:那)?(?:还有|除此之外|除了这些|除了这个|此外|另外|其[他它]的?|别的|剩下的)(?:还有)?(?:没有?|别的|其[他它]的?|什么|哪些|吗|谁)*{_END}"
)
_WHICH = re.compile(rf"^(?:那)?(?:具体|分别|都|各)?(?:是|有|包括|指|为|叫|来说|都)*(?:哪些|哪几{COUNTERS}?|什么|些什么)?{_END}")
_PLACED = re.compile(
    rf"^(?:那)?(?:排名?)?(?:在)?第\s*(?P<n>[二三四五六七八九十]+|\d+)(?P<how>名|位|[多高大低少小快慢长短]的?)(?:的)?(?:是\S{{0,5}})?{_END}"
)
_ITEM = re.compile(
    rf"^(?:那)?第\s*(?P<n>[一二三四五六七八九十]+|\d+)(?P<unit>个|项|点|条|种|类|步|方面|阶段)(?:是(?:什么|啥|哪\S)|有什么)?{_END}"
)
_EXTREME = re.compile(rf"^(?:那)?最(?P<how>[高低多少大小快慢长短好差贵强弱早晚])的?(?:是\S{{0,5}})?{_END}")
_SUPERLATIVE = re.compile(r"最([高低多少大小快慢长短好差贵强弱早晚])|(?:排(?:名)?)?第一")
_SPOKEN = re.compile(rf"{_THIS}(?:谁|哪位|哪个人|什么人|哪里|哪儿|哪份报告)(?:这么)?(?:说|讲|提|提出|写)(?:过)?的?{_END}")
_COMPARED = re.compile(
    r"^(?:那)?(?:跟|和|与|同|比|较|对比)(?P<when>[^比，,？?]{2,8}?)(?:同期)?(?:相比|比较|对比|比|比起来)?"
    rf"(?:变化)?(?:怎么?样|如何|有(?:什么|啥|哪些)(?:变化|不同)|变化(?:大吗|多大|多少)?)?{_END}"
)
_UNITS_ONLY = re.compile(r"^[钱人次倍步年天]?$")

Way = Callable[[re.Match[str], Clause, Said], str]


def by_phrase(bare: str, said: Said) -> str:
    """The question that the set phrase stands for; empty where the follow-up is none."""
    asked = clause(said.question)
    for pattern, way in _WAYS:
        found = pattern.match(bare)
        if found and (meant := way(found, asked, said)):
            return meant
    return ""


def _why(found: re.Match[str], asked: Clause, said: Said) -> str:
    del found
    taken = proposition(asked, said.reply)
    if taken:
        return f"为什么{taken}"
    if asked.asks.startswith(("怎", "如何")):
        return f"为什么{asked.head}{asked.asks}{asked.rest}"
    value = _value(said.reply)
    held = nominal(asked)
    return f"为什么{held}是{value}" if value and is_measure(asked.head) else f"{held}的原因是什么"


def _value(reply: str) -> str:
    """The figure that is all of the reply, or stands bold in it."""
    bold = re.findall(r"\*\*([^*\n]{1,14})\*\*", reply)
    if len(bold) == 1:
        return str(bold[0])
    plain = re.sub(r"\[\d+\]", "", reply).strip(MARKS)
    return plain if len(plain) <= 10 and re.search(r"\d", plain) else ""


def _more(found: re.Match[str], asked: Clause, said: Said) -> str:
    del found
    if re.match(r"哪|什么|啥|谁", asked.asks) and asked.head:
        head, link = (asked.head[: -len(verb)], verb) if (verb := _verb(asked)) else (asked.head, asked.link)
        return f"{head}还{link}{asked.asks}{asked.rest}"
    if re.match(r"怎|如何", asked.asks) and asked.head:
        return f"{asked.head}还{asked.link}{asked.asks}{asked.rest}"
    del said
    return f"{nominal(asked)}还有哪些" if asked.head else ""


def _verb(asked: Clause) -> str:
    """The verb that the head ends with, its 了 included."""
    return re.sub("^.*?(?=" + re.escape(event(asked)) + "[了过到]*$)", "", asked.head) if event(asked) else ""


def _which(found: re.Match[str], asked: Clause, said: Said) -> str:
    if len(found.group().strip(MARKS + "那呢")) < 2:
        return ""
    del said
    if re.match(r"多少|几", asked.asks) and (asked.counted or asked.asks == "几"):
        counted = re.sub(rf"^{COUNTERS}(?=\S)", "", asked.rest) if asked.asks == "多少" else asked.rest
        which = "哪些" if asked.asks == "多少" else "哪几"
        return (
            f"{asked.head}{asked.link}{which}{counted}"
            if not _UNITS_ONLY.match(asked.counted or "-") or asked.asks == "几"
            else ""
        )
    return f"{nominal(asked)}具体有哪些" if asked.head else ""


def _placed(found: re.Match[str], asked: Clause, said: Said) -> str:
    del asked
    how = found["how"].rstrip("的")
    best = _SUPERLATIVE.search(said.question)
    if not best:
        return ""
    way = best[1] or "" if how in ("名", "位") else how
    put = f"第{found['n']}{way}" if way else f"第{found['n']}"
    return said.question[: best.start()] + put + said.question[best.end() :]


def _extreme(found: re.Match[str], asked: Clause, said: Said) -> str:
    best = _SUPERLATIVE.search(said.question)
    if best:
        return said.question[: best.start()] + f"最{found['how']}" + said.question[best.end() :]
    held = topic(asked, measured=True)
    return f"{held}最{found['how']}的是哪个" if held else ""


def _item(found: re.Match[str], asked: Clause, said: Said) -> str:
    """第二项呢 → the second of what was listed, as the thing that it is one of."""
    del said
    nth = f"第{found['n']}{found['unit']}"
    if re.match(r"几", asked.asks) and found["unit"] in asked.rest[:2]:
        verb = _verb(asked) or asked.link
        held = asked.head[: len(asked.head) - len(verb)] if _verb(asked) else asked.head
        return f"{held}{'的' if len(asked.rest) > 1 else ''}{nth}{asked.rest[len(found['unit']) :].strip(MARKS)}是什么"
    if asked.counted:
        held = nominal(asked)
        return f"{held[: -len(asked.counted)]}{nth}{asked.counted}是什么"
    before, _, thing = asked.head.rpartition("的")
    return f"{before}的{nth}{thing}是什么" if before and thing else f"{asked.head}的{nth}是什么" if asked.head else ""


def _spoken(found: re.Match[str], asked: Clause, said: Said) -> str:
    del found
    taken = proposition(asked, said.reply)
    if taken and not taken.endswith("的"):
        return f"谁说{taken}"
    held = nominal(asked)
    return f"{held}是谁说的" if held else ""


def _compared(found: re.Match[str], asked: Clause, said: Said) -> str:
    """跟去年比呢 → how much the figure of the question before has changed since."""
    when, more = asked_for(found["when"], said)
    if not when or more or not re.match(r"多|几|百分", asked.asks):
        return ""
    held = topic(asked, measured=True)
    own = years(said.question)
    ahead = bool(own) and when.rstrip("年") == str(own[0] - 1)
    if is_measure(held):
        return f"{held}同比增长多少" if ahead or not own else f"{held}比{when}增长多少"
    return f"{held}比{when}变化多少"


_WAYS: tuple[tuple[re.Pattern[str], Way], ...] = (
    (_WHY, _why),
    (_MORE, _more),
    (_SPOKEN, _spoken),
    (_PLACED, _placed),
    (_ITEM, _item),
    (_EXTREME, _extreme),
    (_COMPARED, _compared),
    (_WHICH, _which),
)

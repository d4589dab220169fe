"""Does a piece only lead over to the next, so that it needs no source?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.matching import match
from rag.verifying.claim import Claim
from rag.verifying.grounds import Grounds
from rag.verifying.reading import read

__all__ = ["connects", "is_heading", "says_nothing_is_there"]

_LONGEST = 60
_GENERIC = re.compile(
    r"以下|如下|下面|下列|下表|根据|资料|资料库|来源|显示|主要|包括|具体|情况|方面|总结|总体|整体|综上|概括|来说|来看|而言|分为|相关|信息|内容|要点|几点|答案|回答|问题|关于|分别|列出|整理|数据|对比|比较|表格|清单|原因|步骤|特点|变化|结论|文中|提到|介绍|可以|看到|得出|此外|同时|其中|另外|简单|简要|归纳|说明"
)
_ABSENT = re.compile(
    r"(?:资料|文[中档]|来源|材料|报告|原文|文件)[^，。]{0,12}?(?:没有|未|并未|并没有|不)[^，。]{0,4}?(?:提|说明|给出|披露|涉及|包含|找到|记载|列出|交代|显示|写)"
    r"|\b(?:sources?|documents?|library|material)\b.{0,20}\b(?:do|does|did)\s+not\s+(?:mention|say|state|give|contain)"
)
_ABSENCE_WORDS = re.compile(
    r"^(?:具体|明确|详细|直接|信息|数据|内容|数字|提及|提到|说明|给出|披露|涉及|包含|找到|资料|来源|材料|文中|文档|报告|原文|情况)$"
)


def is_heading(lead: str, said: str, shown: str) -> bool:
    """A Markdown heading, or a line that is nothing but a title in bold."""
    return "#" in lead or (bool(re.fullmatch(r"\s*\*\*[^*]+\*\*\s*[:：]?\s*", shown)) and len(said) <= _LONGEST)


def connects(claim: Claim, said: str, question: str, found: Sequence[Grounds], *, heading: bool) -> bool:
    """A lead-in or heading that states nothing: no figure or date, and no word of content that is not asked or cited."""
    if len(said) > _LONGEST or not (heading or said.rstrip("*").endswith(("：", ":")) or _all_generic(claim)):
        return False
    text = "\n".join((*(ground.text for ground in found), read(question)))
    if claim.marks or claim.days:
        return (
            heading
            and all(
                re.search(r"(?<!\d)" + re.escape(figure) + r"(?!\d)", text)
                for figure in re.findall(r"\d[\d.]*\d|\d", claim.text)
            )
            and _known(claim, text)
        )
    if any(turn.strict for turn in claim.turns) and not heading:
        return False
    return _known(claim, text)


def _known(claim: Claim, text: str) -> bool:
    return all(_GENERIC.search(term) or match(term, text) >= 0.6 for term in claim.terms) and all(
        match(name, text) >= 0.8 for name in claim.names
    )


def _all_generic(claim: Claim) -> bool:
    return bool(claim.terms) and all(_GENERIC.search(term) for term in claim.terms)


def says_nothing_is_there(claim: Claim, found: Sequence[Grounds]) -> bool:
    """A sentence that says the sources do not tell something: let through only where something of it is in none of them."""
    if not _ABSENT.search(claim.text):
        return False
    text = "\n".join(ground.text for ground in found)
    missing = [term for term in claim.terms if not _ABSENCE_WORDS.match(term) and match(term, text) < 0.8]
    years = {day.year for day in claim.days if day.year} - {day.year for ground in found for day in ground.days}
    return bool(missing or years) and not claim.marks

"""Does a question want an overview, and of what?"""

from __future__ import annotations

import re

_VERB = r"(?:总结|概括|概述|归纳|梳理|简述|综述|回顾)"
_POLITE = (
    r"(?:请|麻烦|劳驾|帮忙|帮我|给我|替我|你|您|能|可以|不能|来|简单|简要|简短|大致|大概|快速|整体|地|的|用?[^，。,]{1,4}句话)*"
)
_OF_SOURCES = r"(?:关于|针对|围绕|就)?"
_SOURCES = r"(?:这?[几些各份批]*(?:资料|报告|文档|文件|文章|材料|文献|来源|库))(?:库|集)?(?:里面|里头|里|中|上|当中)?"
_TOLD = r"(?:说|讲|谈|写|提|介绍|讨论)(?:到|过|及|起)?了?(?:些|哪些)?(?:什么|啥|哪些(?:内容|方面|东西)?)"
_STATE = (
    r"(?:情况|现状|概况|状况|近况|进展|走势|要点|大意|梗概|概貌|全貌|来龙去脉|(?:重点|主要|核心|关键)(?:结论|发现|内容|信息)"
    r"|(?:做|过|干|办)得(?=如何|怎|咋)|(?:表现|经营|发展)(?=如何|怎|咋))"
)
_HOW_IS = r"(?:是|都|又|到底|大概)*(?:如何|怎么样|怎样|咋样|什么样(?:的|子)?|是?怎样的)?"

# an overview is asked for outright, by a verb at either end of the question, or by its last noun
_FRAMES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"^{_POLITE}{_VERB}(?:一下|下|出|成)?(?:[^，。,]{{1,4}}句话)?(?:关于|有关)?[:：，, ]*"),
    re.compile(rf"^{_POLITE}(?:(?:介绍|说说|讲讲|谈谈|聊聊)(?:一下|下)?|[讲说谈聊]一?下)(?:关于|有关)?[:：，, ]*(?=\S{{2}})"),
    re.compile(
        rf"[，, 。](?:请|帮我|给我|你|简单|简要|大致|用?[^，。,]{{1,4}}句话)*{_VERB}(?:一下|下|成[^，。,]{{1,4}}句话)?$"
    ),
    re.compile(rf"{_VERB}(?:一下|下)$|[，, ]?(?:简单|大概|大致|简要)(?:地)?(?:说说|讲讲|谈谈|介绍一下|介绍下)$"),
    re.compile(
        rf"[，, 的]*(?:[几三四五][个条点]|(?:主要|基本|整体|总体|最新|大致)的?)?(?<![什这那啥]么)(?<!啥){_STATE}{_HOW_IS}$"
    ),
    re.compile(rf"[，, ]*{_SOURCES}[^，。]{{0,3}}{_TOLD}$"),
    re.compile(
        r"[，, ]*(?:(?:都|到底)[说讲谈提写]到?了(?:些)?|(?:主要|大概|大致)[说讲谈写](?:的是|的|了)?|讲(?:了|的是))"
        r"(?:什么|啥)(?:观点|内容|事)?$"
    ),
    re.compile(
        r"^(?:please )?(?:(?:give|write|provide) (?:me )?(?:a |an )?(?:short |brief |quick )?)?"
        r"(?:summari[sz]e|summary|overview|outline)(?: of| on| about)?\b|^(?:please )?tell me about\b"
        r"|what (?:do|does) (?:the )?(?:documents?|sources?|reports?|library) say (?:about|on)"
        r"|what (?:are|is) the (?:main|key) (?:points?|findings?|takeaways?)(?: of| in| on| about)?"
    ),
)
_WEAK_VERBS, _TOLD_LAST = _FRAMES[1], _FRAMES[5]  # 说说 may open a question of any kind
_ABOUT = re.compile(rf"^{_SOURCES}(?:中|里)?(?:关于|对于|有关|对|就)(.{{2,}}?)(?:都|又|一共|主要)*{_TOLD}$")
_ASKS_PRECISELY = re.compile(
    r"多少|哪[些几个家位年里儿种类]|谁|分别|第几|(?<!的)几(?:家|名|位|项|条|种|类|步|成|年|月|点|倍|岁|次|大)|百分之|为什么|为啥|为何|怎么定义"
    r"|\b(?:how|who|when|where|why|which)\b"
)
_ASKS_MANNER = re.compile(r"什么|啥|怎|如何|吗$|是否|有没有|是不是")
_LEFT = re.compile(rf"^(?:关于|有关|针对|就|围绕|对于)|^{_OF_SOURCES}{_SOURCES}(?=关于|对|说的)|[，, 的]+$")
_RESULT = re.compile(r"(?:最?(?:重要|主要|核心|关键)的?)?(?:结论|要点|内容|观点|看点|亮点)$")


def topic(folded: str) -> str:
    """What the folded question wants an overview of; empty where it wants none."""
    asked = folded.strip().rstrip("?？。.!！ ")
    if about := _ABOUT.match(asked):
        return about[1].strip(" ，,的")
    if _ASKS_PRECISELY.search(_TOLD_LAST.sub("", asked)):  # its 哪些 asks for an overview
        return ""
    left = asked
    for frame in _FRAMES:
        if frame is _WEAK_VERBS and _ASKS_MANNER.search(left):
            continue
        left = frame.sub("", left, count=1)
    if left == asked:
        return ""
    left = _LEFT.sub("", left.strip(" ，,:：的"))
    return _RESULT.sub("", left).strip(" ，,:：的") or left

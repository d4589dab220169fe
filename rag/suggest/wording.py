"""How does a name out of a report read within a question?"""

from __future__ import annotations

import re

from index.chinese.fold import fold

__all__ = ["bare", "fits", "is_time", "is_vague"]

_BRACKETS = re.compile(
    r"[（(][^（()）]*[)）]|\s*N\s*=\s*[\d,]+|^\d+(?:\.\d+)*[.、]?\s+|^\d+(?:\.\d+)+\s*|^[一二三四五六七八九十]+、\s*"
)
_TIME = re.compile(r"(?:19|20)\d\d\s*年(?:底|初|末|\s*Q[1-4]|\d{1,2}月(?:\d{1,2}日)?|[上下]半年|度末?)?|(?:19|20)\d\d\s*财年")
# words that point at something else on the page, or say nothing outside of their table
_VAGUE = re.compile(
    r"(?:^|的)(?:其|该|这|那|此|它|他|她|我们|本|上述|前者|后者|两者|二者|下表|上表|下图|上图|原文|图表?|表)"
    r"|第[一二三四五六七八九十]+[个种类章节]|脚注|另一|标题|(?:报告|文章|作者|调研)[^的]*(?:称|说|想要|认为|概括|展示|围绕)"
    r"|编号|页码|序号|编者|备注|说明$|^(?:数字|数值|数据|内容|项目|要点|类别|类型|名称|指标|合计|总计|其他)$"
    r"|[“”\"《》？?！!：:；;。，,、\t\n]"
)
_OPENING = re.compile(
    r"^(?:但|而|也|并|又|且|则|还|再|从|被|把|将|使|让|因|如|若|即|及|与|和|或|在|对|为|以|按|据|约|其中|同时|另外|此外|目前|当时)"
)


def bare(text: str) -> str:
    """A heading or label without its number, brackets and base."""
    return re.sub(r"\s+", " ", _BRACKETS.sub("", text)).strip(" ：:，。\t\n")


def fits(name: str, least: int = 2, most: int = 22) -> bool:
    """Whether somebody who has not read the report knows what is meant."""
    return least <= len(name) <= most and not is_vague(name) and not _OPENING.match(name)


def is_vague(name: str) -> bool:
    """A word that points elsewhere, or nothing but a time."""
    without_time = re.sub(r"[到至在]|截至|之后的?|之前的?|[一二三]年", "", _TIME.sub("", fold(name)))
    return bool(_VAGUE.search(name)) or not re.search(r"[^\W\d_]", without_time)


def is_time(name: str) -> bool:
    """2021年底, 2020 财年."""
    return bool(_TIME.fullmatch(fold(name).strip()))

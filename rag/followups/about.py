"""What was the question before about: its topic, the thing it asked for as a noun, what it took for granted?"""

from __future__ import annotations

import re

from index.chinese.words import is_word, words
from rag.followups.shape import COUNTERS, MARKS, Clause, is_measure, is_role
from rag.followups.times import without_time

__all__ = ["answer", "event", "nominal", "proposition", "topic"]

_LOOSE = ("v", "d", "p", "u", "c", "y", "f", "r", "ad", "m", "q")  # what may stand between a topic and what is asked of it
_STATE = re.compile(r"^(?:现在|目前|最近|平均|一共|总共|大概|最快|最多|最少|最早|大约|一般|通常|累计)$")
_STATE_LAST = re.compile(r"(?:现在|目前|最近|平均|一共|总共|大概|大约|一般|通常|累计|[是有在了]|的)+$")
_PASSING = re.compile(
    r"^(?:[占要需花有是达降升涨跌增减到分]|下降|上升|增长|提高|减少|增加|达到|缩短|下滑|调)"
)  # verbs that only tie a figure to its noun
_HOW_MUCH = re.compile(r"(?:很|更|比较)?[多高大快好难贵少低]$")
_TIME_UNIT = re.compile(r"^(?:个?(?:小时|分钟|钟头|月)|天|年|周|月)?$")
_COMPOUND = re.compile(r"^(?:营业|活跃|注册|付费|新增|平均|改善|获取)$")
_POSSESSED = 12  # characters of a reply that is nothing but a name
_SHORT = 24
_MARKED = re.compile(r"\*\*|\[\d+\]|^[-•·\s]+")
_BY = re.compile(r"由([\u3400-\u9fffA-Za-z ]{2,12}?)(?:领投|发起|创办|创立|开发|研发|负责|主办|投资|提供|收购|担任|牵头|等)")
_FIGURE_ONLY = re.compile(r"[\d.,，%％]|^[一二三四五六七八九十百千万亿几两]+$")
_SUPERLATIVE = re.compile(r"最")


def topic(said: Clause, measured: bool = False, timed: bool = True) -> str:
    """健康险 out of 健康险的收入是多少; `measured` keeps 健康险的收入, and what is counted; `timed` keeps its year."""
    bare = _HOW_MUCH.sub("", said.head) if said.asks == "吗" else said.head
    head = _bare(_without_deed(said) if not measured else bare, measured)
    deed = event(said)
    if measured and deed and said.counted and not _PASSING.match(deed):
        head = re.sub(r"[了着]+$", "", said.head) + ("" if _TIME_UNIT.match(said.counted) else f"的{said.counted}")
    elif measured and said.counted and not re.search(r"[钱步]$", said.counted):
        head = f"{head}{'的' if head else ''}{said.counted}"
    if not timed:
        head = without_time(head)
    return head.strip(MARKS) or _STATE_LAST.sub("", bare).strip(MARKS)


def _without_deed(said: Clause) -> str:
    """安厝6月底 of 安厝6月底管理几栋楼: a noun of doing right before what is counted is a verb."""
    head = _HOW_MUCH.sub("", said.head) if said.asks == "吗" else said.head
    found = words(head)
    verb = said.counted and not said.link and len(found) > 1 and found[-1][1] == "vn"
    return head[: -len(found[-1][0])] if verb and not is_measure(head) else head


def _bare(head: str, measured: bool) -> str:
    told = re.sub(r"[了过着到]+$", "", head.strip(MARKS))
    found = list(words(told))
    if told != head.strip(MARKS) and found and not is_measure(told):
        found.pop()  # the verb, whatever the tagger takes it for
    while found and _is_loose(*found[-1]):
        found.pop()
    if not measured:
        kept = len(found)
        while found and (is_measure(found[-1][0]) or is_role(found[-1][0]) or _is_suffix(found)):
            word, tag = found.pop()
            if cut := _own_part(word):
                found.append((cut, tag))
                break
            if len(found) > 1 and (len(word) == 1 or _COMPOUND.match(found[-1][0]) or is_word(found[-1][0] + word)):
                found.pop()
        if len(found) < kept:
            while found and (found[-1][0] in ("的", "平均", "总") or _STATE.match(found[-1][0])):
                found.pop()
    return "".join(word for word, _ in found)


def _is_loose(word: str, tag: str) -> bool:
    if is_measure(word) or is_role(word):
        return False
    if tag.startswith("m") and not re.match(r"^[是有]", word):
        return False
    return (
        tag.startswith(_LOOSE) and tag not in ("vn",) and not (tag == "f" and word in ("上", "底", "末", "初", "中", "里"))
    ) or bool(_STATE.match(word))


def _is_suffix(found: list[tuple[str, str]]) -> bool:
    """打开 · 率: cut in two by the tagger, one noun of measure."""
    return len(found) > 1 and is_measure(found[-2][0] + found[-1][0])


def _own_part(word: str) -> str:
    """服务 of 服务收入: what the measure is the measure of."""
    found = re.match(r"(\S{2,}?)(?:收入|营收|利润|成本|费用|规模|占比|比例|份额|人数|金额)$", word)
    return found[1] if found else ""


def event(said: Clause) -> str:
    """The verb right before the asking phrase, without its 了: 融 in 最近融了多少钱; empty where there is none."""
    if said.link and not said.link.startswith(("又", "还", "都", "各", "共", "分别", "一共", "总共")):
        return ""
    found = words(re.sub(r"[了过到]+$", "", said.head))
    if not found or is_measure(said.head) or is_role(said.head):
        return ""
    done = said.head.endswith(("了", "过"))
    return found[-1][0] if done or (found[-1][1].startswith("v") and found[-1][1] != "vn") else ""


def nominal(said: Clause) -> str:
    """What was asked for, as a noun: 青岚最近融的钱, 江畔药师的顾虑, 做过问诊的医生."""
    head = re.sub(r"[了着]+$", "", said.head.strip(MARKS))
    if not head:
        return said.rest.strip(MARKS) if said.asks.startswith(("哪", "谁")) else ""
    counted = said.counted
    if event(said):
        return f"{head}的{counted or '情况'}"
    if counted:
        at = said.rest.find(counted)
        behind = said.rest[at + len(counted) :].strip(MARKS)
        return f"{head}{behind}的{counted}" if behind else f"{head}的{counted}"
    return head


def proposition(said: Clause, reply: str = "") -> str:
    """What the question before takes for granted, as a statement: 推广成本下降了; empty where nothing."""
    head = said.head.strip(MARKS)
    if said.asks == "吗":
        return head
    if not said.head:
        found = answer(said, reply)
        rest = said.rest[len(said.counted) :] if said.counted and found else said.rest
        return f"{found}{rest}".strip(MARKS) if found else ""
    if event(said) and not said.rest.strip(MARKS).endswith("的"):
        counted = re.sub(rf"^{COUNTERS}", "", said.counted)
        return f"{head}{counted}"
    if re.match(r"是不是|有没有|是否|能不能|会不会", said.asks):
        return f"{head}{ {'是不是': '是', '有没有': '有'}.get(said.asks, '') }{said.rest}".strip(MARKS)
    return ""


def answer(said: Clause, reply: str) -> str:
    """The name or thing that the reply gives to a question for one; empty where it gives a figure, or many words."""
    if re.match(r"多|几|百分", said.asks) or not reply:
        return ""
    text = _MARKED.sub("", reply.strip().split("\n")[0]).strip(MARKS)
    if said.asks.startswith(("谁", "哪")) and (by := _BY.search(text)):
        return by[1]
    text = re.sub(r"^(?:是|为|叫|由)", "", re.split(r"[：:（(，,。；;]| · ", text)[0]).strip(MARKS)
    return text if 1 < len(text) <= _POSSESSED and not _FIGURE_ONLY.search(text) else ""

"""Which time is asked about now: a year, a quarter, the year before, in the place of the time named before?"""

from __future__ import annotations

import re

from rag.followups.shape import ENDING, LINK, MARKS
from rag.followups.types import Said

__all__ = ["TIME", "asked_for", "earlier", "other_time", "put", "without_time", "years"]

_YEAR = r"(?:(?:19|20)\d\d|(?<![\d.])[012]\d(?=年))\s*(?:财年|年度|年)?"
_PART = (
    r"(?:上半年|下半年|前[一二三四]季度|第?[一二三四1-4]季度|[qQ][1-4]"
    r"|\d{1,2}月(?:\d{1,2}[日号])?|[一二三四五六七八九十]{1,2}月)"
)
TIME = re.compile(rf"(?:{_YEAR}\s*(?:年?[底末初]|{_PART})?|(?<![\d个]){_PART}[底末初]?)")
_NUMBER = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_N = "[一两二三四五六七八九十1-9]"
_EARLIER = re.compile(
    rf"(?:再?往?前推?一个?|上一个?|前一个?|上个?|头一?|去)(?:财|会计)?年(?:度)?(?:同期)?|(?P<n>{_N})个?年(?:之|以)?前|前年"
)
_LATER = re.compile(rf"(?:再?往?后推?一个?|下一?个?|后一个?|次|第二|翌)(?:财)?年(?:度)?|(?P<n>{_N})年(?:之|以)?后")
_BEFORE_NOW = re.compile(r"(?:在此|这)?(?:之前|以前|原来|原先|过去)")
_NOW = re.compile(r"现在|目前|如今|眼下|最新")
# what may stand around a time without asking for anything else
_NOTHING_ELSE = re.compile(
    rf"(?:{LINK}|[它他]们?的?|到了?|在|又|则|的|底|末|那|那会儿|时候?|这一?年|同期|情况|数据?|数字|[涨升降跌增减]|提高|上升|下降|下滑|增加|增长|减少|变|缩短|了|年度?|、|，|,|\s)*"
    r"(?:(?:多少|几成|几|多[久大高长]|怎么?样?|如何|什么)(?:钱|元|个|家|名|人|倍|时间)?)?了?"
)


def other_time(bare: str, said: Said) -> str:
    """再往前一年呢？ → the question before, about the year before; with more to it, what is asked of that year."""
    body = ENDING.sub("", bare).strip(MARKS)
    new, rest = asked_for(body, said)
    if not new:
        return ""
    if _NOTHING_ELSE.fullmatch(rest):
        return put(new, said.question)
    return ""


def asked_for(body: str, said: Said) -> tuple[str, str]:
    """The time that is asked about now, and what else the follow-up says."""
    if relative := _shift(body):
        found, step = relative
        known = years(said.question) or years(said.reply)
        rest = (body[: found.start()] + body[found.end() :]).strip(MARKS)
        return (f"{known[0] + step}年" if known else found.group(), rest)
    if named := TIME.search(body):
        return named.group().strip(), (body[: named.start()] + body[named.end() :]).strip(MARKS)
    if earlier(body) and _NOW.search(said.question):
        return re.sub(r"^(.{2}).*", r"\1", body), ""
    return "", body


def _shift(body: str) -> tuple[re.Match[str], int] | None:
    for pattern, sign in ((_EARLIER, -1), (_LATER, 1)):
        found = pattern.search(body)
        if found:
            n = found["n"]
            steps = 2 if found.group() == "前年" else (int(n) if n.isdigit() else _NUMBER[n]) if n else 1
            return found, sign * steps
    return None


def years(text: str) -> list[int]:
    return [
        int(year) if len(year) == 4 else 2000 + int(year)
        for year in re.findall(r"(?<![\d.])((?:19|20)\d\d(?!\d)|[012]\d(?=年))", text)
    ]


def put(new: str, before: str) -> str:
    """The new time in the place of the old one, as exact as it was; in front where there was none."""
    if _BEFORE_NOW.fullmatch(new):
        return _NOW.sub(new, before, count=1)
    old = TIME.search(before)
    if not old:
        return f"{new}{_NOW.sub('', before, count=1)}"
    said = old.group()
    if re.match(r"\d", new) and re.search(_YEAR, new):
        part = re.sub(_YEAR, "", said, count=1)
        kept = re.search(_YEAR, said)
        form = re.sub(r"^\d+\s*", "", kept.group()) if kept else ""
        year = re.match(r"\d+", new)
        own = re.sub(_YEAR, "", new, count=1).strip()
        digits = year.group() if year else new
        put = f"{digits}{form or '年'}{own or part}"
    else:
        year_before = re.match(_YEAR, said)
        put = f"{year_before.group()}{new}" if year_before else new
    return before[: old.start()] + put + before[old.end() :]


def without_time(text: str) -> str:
    """The text without the year, quarter or month that it names."""
    return re.sub(r"^(?:的|里)", "", TIME.sub("", text))


def earlier(body: str) -> bool:
    """Whether it only asks how things were: 之前呢, 之前是多少."""
    found = _BEFORE_NOW.match(body)
    return found is not None and bool(_NOTHING_ELSE.fullmatch(body[found.end() :]))

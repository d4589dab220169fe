"""Which question is meant by a mere phrase: 那肿瘤科呢？, 占比呢？, 三级医院的呢？"""

from __future__ import annotations

import re

from index.chinese.words import words
from rag.followups.about import topic
from rag.followups.shape import GROWTH, LINK, MARKS, Clause, clause, coined, is_measure, is_role
from rag.followups.swap import counterpart
from rag.followups.times import TIME
from rag.followups.types import Said

__all__ = ["core", "exchanged", "phrase_of"]

_PHRASE = 16
_NAME = 4  # characters of a name that no dictionary knows
_SURE = 1.5  # below it no part of the question before is of a kind with the phrase
_TAIL = re.compile(rf"(?:那边|那里|这边)?(?:{LINK}|占)(?:多少|几[个家名成]?|怎么?样|如何|怎么说)?(?:呢|呀|啊)*[？?。 ]*$")
_CLOSING = re.compile(
    r"(?:呢|呀)[？?。 ]*$|(?:是|那边|部分)(?:多少|几[个家名成]?)[？?。 ]*$"
    r"|的(?:占|有|是)(?:了)?(?:多少|几成|几)[？?。 ]*$|\S(?:怎么?样|如何)[？?。 ]*$"
)
_AROUND = re.compile(
    r"^(?:其中|里面)|(?:这|那)(?:一)?(?:块|边|方面|部分|类)|方面$|部分$|(?<=\S)情况$|(?<=[\u3400-\u9fff])[里]$"
)
_OTHER_ASKING = re.compile(r"哪[^些]|谁|什么|为何|怎么(?!样)|是否|有没有|吗")
_PERIOD = re.compile(r"(?:[每一按]{1,2}个?)(天|日|周|星期|月|年)(?:算|来算)?")
_RUNNING = re.compile(r"(?P<way>[上下])一?(?P<unit>[轮次期届批回])")
_DIGITS = "一二三四五六七八九十"
_NUMBERED = re.compile(r"^(\D*?)([A-Za-z]\+*|\d+(?:\.\d+)?|[一二三四五六七八九十]+)(\D{0,3})$")
_PERSON = re.compile(
    r"(?:创始人|创办人|董事长|总经理|首席\S{1,4}官|负责人|法人|领投方?|跟投方?|投资方|投资人|股东|合作方|c[efto]o)$", re.I
)
_PLACE = re.compile(r"(?:总部|地址)$")
_AMOUNT = re.compile(r"(?:客户|用户|会员|员工|职工|产品|团队|样本)$")


def phrase_of(bare: str) -> str:
    """The phrase that a follow-up consists of: 肿瘤科 in 肿瘤科呢 or 肿瘤科是多少; empty where it says more."""
    if not _CLOSING.search(bare) and not _only_nouns(bare):
        return ""
    body = _TAIL.sub("", bare.strip()).strip(MARKS)
    return "" if not body or len(body) > _PHRASE or _OTHER_ASKING.search(body) or re.search("[，,；;]", body) else body


def core(phrase: str) -> str:
    """医学知识 of 医学知识这一块, 三级医院 of 三级医院的."""
    own = _AROUND.sub("", phrase.rstrip("的")).strip(MARKS + "的") or phrase
    return re.sub(r"(?<=[A-Za-z0-9]) +(?=[\u3400-\u9fff])", "", own)


def _only_nouns(bare: str) -> bool:
    found = words(bare.strip(MARKS))
    return 0 < len(found) <= 3 and all(len(word) > 1 and tag.startswith(("n", "j", "b", "vn", "s")) for word, tag in found)


def exchanged(phrase: str, said: Said, sure: float = _SURE) -> str:
    """The question before, with the phrase in the place of what it is like; a measure in the place of the measure."""
    modifier = phrase.endswith("的")
    among = phrase.startswith("其中")
    new = core(phrase)
    asked = clause(said.question)
    ways = (_other_period, _other_run, _other_number, _other_deed)
    if found := next(filter(None, (way(new, said.question) for way in ways)), ""):
        return found
    if (
        modifier
        and not said.ear.named(new)
        and not (coined(new) and len(new) <= _NAME)
        and (found := _other_such(new, said.question))
    ):
        return found
    if among and asked.counted:
        return _narrowed(new, asked)
    if GROWTH.match(new):
        return f"{topic(asked, measured=True)}{new}多少"
    if (is_measure(new) or is_role(new)) and not modifier and (found := _other_measure(new, asked)):
        return found
    found_part = counterpart(new, said, modifier)
    if found_part is None or found_part[0] < sure:
        return "" if sure > _SURE else _unlike(new, asked, said.question)
    part, before = found_part[1], said.question
    if part.counted:
        return _other_counted(new, asked)
    return before[: part.start] + new + before[part.start + len(part.text) :]


def _other_period(new: str, before: str) -> str:
    """按一周算 → the question before by the week."""
    period, old = _PERIOD.fullmatch(new), re.search(r"每个?(?:天|日|周|星期|月|年)", before)
    return before.replace(old.group(), f"每{period[1]}", 1) if period and old else ""


def _other_run(new: str, before: str) -> str:
    """上一轮 → the round of the survey, or of whatever comes in rounds, before; its year is no longer known."""
    running = _RUNNING.fullmatch(new)
    if not running:
        return ""
    step = -1 if running["way"] == "上" else 1
    nth = re.search(rf"第([一二三四五六七八九十]|\d+)(?={running['unit']})", before)
    if nth:
        number = int(nth[1]) if nth[1].isdigit() else _DIGITS.index(nth[1]) + 1
        put = str(number + step) if nth[1].isdigit() else _DIGITS[number - 1 + step : number + step]
        return before[: nth.start(1)] + put + before[nth.end(1) :] if put and number + step > 0 else ""
    return f"{new}{TIME.sub('', before, count=1)}"


def _other_number(new: str, before: str) -> str:
    """案例B for 案例A, 2期 for 1期: what differs is a letter or a number."""
    numbered = _NUMBERED.match(new)
    if not numbered or not (numbered[1] or numbered[3]):
        return ""
    form = rf"{re.escape(numbered[1])}(?:[A-Za-z]\+*|\d+(?:\.\d+)?|[一二三四五六七八九十]+){re.escape(numbered[3])}"
    old = re.search(form, before)
    return before[: old.start()] + new + before[old.end() :] if old and old.group() != new else ""


def _other_deed(new: str, before: str) -> str:
    """做科普 → what is done in the question before gives way: 做过问诊 → 做过科普; 没用过 for 用过."""
    if (done := re.match(r"(做|用|搞|选|开|买|参与|参加|使用)(?=\S{2})", new)) and (
        old := re.search(rf"{done[1]}[过了]?([\u3400-\u9fffA-Za-z]+?)(?=的|[占有是]|$|[？?])", before)
    ):
        return before[: old.start(1)] + new[done.end() :] + before[old.end(1) :]
    if re.search(r"过$", new) and (old := re.search(r"[\u3400-\u9fff]{1,2}过(?=\S)", before)):
        return before[: old.start()] + new + before[old.end() :]
    return ""


def _other_such(new: str, before: str) -> str:
    """药品缺货的 after 送晚了的占几成: those who, or what, for those of the question before."""
    such = re.search(r"(?:^|[，,里中])(?P<which>[^，,里中的]{2,16})的(?=占|有|是|多少|几)", before)
    return before[: such.start("which")] + new + before[such.end("which") :] if such and not is_measure(new) else ""


def _narrowed(new: str, asked: Clause) -> str:
    """其中医保定点的 → of what was counted, those."""
    return f"{asked.head}{asked.link}{asked.asks}{_uncounted(asked)}{new}的{_from_counted(asked)}"


def _other_counted(new: str, asked: Clause) -> str:
    behind = _from_counted(asked)[len(asked.counted) :]
    return f"{asked.head}{asked.link}{asked.asks}{new}{behind}"


def _from_counted(asked: Clause) -> str:
    return asked.rest[asked.rest.find(asked.counted) :]


def _uncounted(asked: Clause) -> str:
    return asked.rest[: asked.rest.find(asked.counted)]


def _other_measure(new: str, asked: Clause) -> str:
    """占比 in the place of 收入, with the asking phrase that fits it."""
    if asked.counted and is_role(asked.counted) and is_role(new) and not _PERSON.search(new) and not _PLACE.search(new):
        return _other_counted(new, asked)
    held = _without_stem(topic(asked), new)
    if not held:
        return ""
    if _PERSON.search(new):
        return f"{topic(asked, timed=False)}的{new}是谁"
    if _PLACE.search(new):
        return f"{topic(asked, timed=False)}的{new}在哪里"
    if _AMOUNT.search(new):
        return f"{held}有多少{new}"
    if is_role(new) and not is_measure(new):
        return f"{held}的{new}有哪些"
    plain = asked.asks.startswith(("多少", "几成", "百分之")) and not asked.rest
    linked = asked.link if plain else "是"
    joined = "的" if re.search(rf"{re.escape(held)}的", asked.head) else ""
    return f"{held}{joined}{new}{linked}多少"


def _without_stem(held: str, new: str) -> str:
    """云杏的会员业务 before 会员人数 → 云杏的: what both begin with is said once."""
    at = held.rfind(new[:2])
    return held[:at] if at > 0 and len(new) > 2 else held


def _unlike(new: str, asked: Clause, before: str) -> str:
    held = topic(asked)
    if not held:
        return f"{new}{before}"
    return f"{held}{new}{asked.link}{asked.asks}{asked.rest}" if asked.asks else f"{held}{new}"

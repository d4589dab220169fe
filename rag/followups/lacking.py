"""Does a question that asks in its own words lack what it is about, and what is that?"""

from __future__ import annotations

import re

from index.chinese.words import words
from rag.followups.about import answer, event, nominal, proposition, topic
from rag.followups.shape import ENDING, GROWTH, LINK, MARKS, Clause, clause, is_measure, is_role, nouns
from rag.followups.swap import counterpart
from rag.followups.times import asked_for, earlier, put, without_time
from rag.followups.types import Said

__all__ = ["completed", "lacks"]

_ADVERBIAL = re.compile(r"什么时候|啥时候|何时|哪[一]?[年天月]|哪[里儿]|什么地方|怎[么样]|如何|谁|哪[家位个]")
_PREPOSITION = re.compile(r"^(?:对|给|跟|与|由|被|从|用(?!过|了)|靠|往|向|为)")
_MEASURED_BY = re.compile(r"^(?:比|跟|和|与|同|较)")
# 青云365 opens a question about itself; 2028 is a year, 前10 and 共12家 count
_NUMBERED_NAME = re.compile(
    r"^[\u3400-\u9fff]{1,4}(?<![前后第共约近超过达有是为在到至于比])(?!(?:19|20)\d\d)\d{2,4}(?=[\u3400-\u9fff])(?![年月日号个名位家项万亿多余人元分小天周岁强成倍])"
)
_ONE_THING = 5  # characters of a noun that may stand for a like one before
_SURE = 2.4
_FEW = 2  # nouns of a question that may be about what was spoken of


def completed(bare: str, said: Said) -> str:
    """停多久？ → the question with its topic in front; empty where it lacks nothing."""
    body = ENDING.sub("", bare).strip(MARKS)
    asked, before = clause(body), clause(said.question)
    if earlier(body):
        return f"{topic(before, measured=True)}{body if clause(body).asks else body + '是多少'}"
    if asked.head == "" and re.fullmatch(r"的?", asked.rest) and asked.asks not in ("", "吗"):
        return _asked_otherwise(body, asked, before, said)
    if other := _other_thing(body, asked, before, said):
        return other
    if not lacks(body, said):
        return ""
    new, rest = asked_for(body, said) if not _MEASURED_BY.match(body) else ("", body)
    measured = all(GROWTH.search(noun) for noun in nouns(without_time(rest)))
    held = _held(asked, before, said, measured and not _said_again(rest, before))
    if not held:
        return ""
    if new:
        return f"{put(new, held)}{re.sub('^(?:的|那)', '', rest)}"
    joined = "是" if not asked.head and not asked.link and asked.rest.endswith("的") else ""
    return f"{held}{joined}{body}"


def lacks(body: str, said: Said) -> bool:
    """Whether the question speaks of no thing of its own."""
    if said.ear.named(body) or _NUMBERED_NAME.match(body):
        return False
    asked = clause(body)
    own = tuple(noun for noun in nouns(without_time(asked.head)) if len(noun) > 1)
    if not asked.asks:
        return bool(own) and all(is_measure(noun) or is_role(noun) for noun in own)
    if not own and not re.sub(LINK, "", without_time(asked.head)).strip(MARKS):
        return _lacks_subject(asked, said)
    if all(is_measure(noun) or is_role(noun) for noun in own) or _is_deed(without_time(asked.head)):
        return len(nouns(asked.rest)) <= _FEW
    every = (*own, *nouns(asked.rest))
    return bool(_PREPOSITION.match(asked.head)) and len(every) <= _FEW


def _is_deed(head: str) -> bool:
    """正式启动 is one, with no word for whose it is; 复诊服务 has two words."""
    told = [tag for _, tag in words(head) if tag.startswith(("n", "v", "j", "l", "s"))]
    return len(told) == 1 and told[0].startswith("v")


def _lacks_subject(asked: Clause, said: Said) -> bool:
    """有多少员工 and 谁领投的 do, 有多少医生做过问诊 and 什么是集采 do not."""
    if re.match(r"(?:什么|啥)$", asked.asks) and re.match("是|叫", asked.rest):
        return False
    behind = asked.rest[asked.rest.find(asked.counted) + len(asked.counted) :] if asked.counted else asked.rest
    if nouns(behind):
        return False
    owned = bool(said.ear.named(said.question))
    verbs = any(tag.startswith("v") for _, tag in words(behind))
    return not verbs or not asked.counted or len(nouns(asked.counted)) < _FEW if owned or not verbs else not asked.counted


def _said_again(rest: str, before: Clause) -> bool:
    """Whether its own verb says what was measured: 亏多少 after 亏损多少."""
    verb = without_time(rest).lstrip("的又还则")[:1]
    return bool(verb) and verb in before.head[-2:] and not re.match("[占比]", verb)


def _held(asked: Clause, before: Clause, said: Said, measured: bool) -> str:
    """What the follow-up is about."""
    given = answer(before, said.reply)
    if measured and given and re.match(r"多|几|占", asked.asks + asked.head):
        return given
    if not before.head:
        return proposition(before, said.reply) or re.sub(
            "了", "", before.rest[len(before.counted) :] if before.counted else before.rest, count=1
        )
    if event(before) and not asked.head and before.counted:
        return nominal(before)
    static = bool(re.match(r"哪[里儿]|谁|什么地方|什么时候|哪年", asked.asks)) and bool(nouns(asked.head))
    return topic(before, measured=measured, timed=not static)


def _other_thing(body: str, asked: Clause, before: Clause, said: Said) -> str:
    """法务要几天 → the same of 法务 that was asked of 医学审核."""
    head = without_time(asked.head)
    if not 1 < len(head) <= _ONE_THING or len(nouns(head)) != 1 or is_measure(head) or is_role(head) or said.ear.named(head):
        return ""
    if not re.match("多|几", asked.asks) or not re.match("多|几", before.asks):
        return ""
    noun = nouns(head)[0]
    if not re.fullmatch(rf"{re.escape(noun)}(?:要|占|有|是|花|得)?", head):
        return ""
    found = counterpart(noun, said, modifier=False)
    if not found or found[0] < _SURE or found[1].start >= len(before.head):
        return ""
    return f"{said.question[: found[1].start]}{body}"


def _asked_otherwise(body: str, asked: Clause, before: Clause, said: Said) -> str:
    """什么时候？, 是哪一轮？ → the question before with another asking phrase."""
    how = re.sub("^是", "", body)
    if before.head and _ADVERBIAL.match(asked.asks) and _ADVERBIAL.match(before.asks) and before.rest.strip(MARKS):
        return f"{before.head}{'是' if before.link == '是' else ''}{how}{before.rest}"
    if re.match(r"多|几", asked.asks):
        held = answer(before, said.reply) or topic(before, measured=True)
        return f"{held}{body}" if held else ""
    held = nominal(before) if before.head else proposition(before, said.reply) or nominal(before)
    return f"{held}是{how}" if held else ""

"""What a question means after those before it: a subject, measure, year or group left out is carried over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from index.chinese.fold import fold
from index.chinese.numbers import numbers
from index.chinese.words import words
from rag.question import read, subject_of
from rag.types import Turn


class Ear(Protocol):
    """What a follow-up needs of the library to be understood."""

    def alike(self, one: str, other: str) -> float:
        """How near two phrases are in meaning."""

    def known(self, phrase: str) -> bool:
        """Whether the library speaks of the phrase in these very characters."""


_NEW_TOPIC = re.compile(
    r"(?:换个话题|换一?个问题|另外(?:再)?问(?:一下|一个|个)?|再问(?:一下|一|个)|(?:先)?不说这个(?:了)?"
    r"|先不(?:说|聊|管)|先放一[边放]|[^，。]{1,12}先放一?[边放][，。])[，,：:。 ]*"
)
_OPENERS = re.compile(r"^(?:那么?|那|然后|还有|接着|所以|好的?|嗯|哦|再(?:问|看|说)(?:一下)?)[，, ]*")
_PRONOUN = re.compile(
    r"(?<![其吉])它们?(?:家)?|(?:这|那|该)(?:家|个|款|份|项|类)?(?:公司|平台|企业|机构|报告|产品|医院)|他们家?|其(?=[中的]?\S)"
)
_ELLIPSIS = re.compile(r"呢[？?。]?$")
_EARLIER = re.compile(r"(?:再往?前|前|上|往前(?:推)?)一(?:个)?(?:财)?年(?:度)?|去年|上年|头一年")
_LATER = re.compile(r"(?:再往?后|后|下|次|第二)一?年")
_OWN = 4  # characters that a question opens with, and that the library knows, when it has a subject of its own
_PERIOD = re.compile(r"[每一按]{1,2}个?(天|日|周|月|年)")
_DOING = re.compile(r"(做|用|搞|选|开|买|参与|参加|使用)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:财年|年度|年)?")
_ASK_ONLY = re.compile(
    r"^(?:为什么|为啥|为何|怎么(?:会|说)?|什么原因|原因呢?|是谁|谁|哪(?:一)?(?:轮|年|家|个)|什么时候|多少|几成|在哪(?:里|儿)?)"
)


def standalone(question: str, history: Sequence[Turn], ear: Ear) -> str:
    """The question as it would be asked first; unchanged where it leaves nothing out or changes the subject."""
    earlier = [turn.content for turn in history if turn.role == "user"]
    if not earlier:
        return question
    fresh = _NEW_TOPIC.split(question)
    if len(fresh) > 1:
        return fresh[-1].strip("，。, ") or question
    before = earlier[-1] if len(earlier) == 1 else standalone(earlier[-1], [Turn("user", text) for text in earlier[:-1]], ear)
    reply = history[-1].content if history[-1].role == "assistant" else ""
    bare = _OPENERS.sub("", question.strip())
    for way in (_other_year, _pronoun, _same_question, _left_out):
        completed = way(bare, before, reply, ear)
        if completed:
            return completed
    return question


def _other_year(bare: str, before: str, reply: str, ear: Ear) -> str:
    """再往前一年呢？ → the question before, about the year before."""
    del ear
    step = -1 if _EARLIER.search(bare) else 1 if _LATER.search(bare) else 0
    said = list(numbers(before)) or list(numbers(reply))
    years = [number.year for number in said if number.year]
    rest = _ELLIPSIS.sub("", _LATER.sub("", _EARLIER.sub("", bare))).strip("的，, ？?")
    if step and years:
        year = years[0] + step
        if len(rest) > 6:
            return f"{year}年{rest}？" if subject_of(rest) else f"{subject_of(before)}{year}年{rest}？"
        return _YEAR.sub(f"{year}年", before, count=1) if _YEAR.search(before) else f"{year}年{before}"
    named = _YEAR.search(bare)
    if named and len(_YEAR.sub("", bare).strip("呢？?底末那的 ")) <= 1:
        return _YEAR.sub(named.group(), before, count=1) if _YEAR.search(before) else f"{named.group()}{before}"
    return ""


def _pronoun(bare: str, before: str, reply: str, ear: Ear) -> str:
    """它是谁办的？ → the subject of the question before in the place of the pronoun."""
    del reply, ear
    subject = subject_of(before)
    if subject and subject not in bare and _PRONOUN.search(bare):
        return _PRONOUN.sub(subject, bare, count=1)
    return ""


def _same_question(bare: str, before: str, reply: str, ear: Ear) -> str:
    """那肿瘤科呢？ → the question before, with the like part exchanged."""
    del reply
    if not (_ELLIPSIS.search(bare) or re.search(r"^.{1,8}那边是?(?:多少|几)", bare)):
        return ""
    new = re.sub(r"^(?:做|搞|用|干|玩)|那边(?:是?(?:多少|几\S?))?|[呢？?]|这(?:一)?块|方面", "", _ELLIPSIS.sub("", bare)).strip(
        "，, 的"
    )
    if not new or len(new) > 24:
        return ""
    if re.search(r"[，,].*(?:哪|多少|几|谁|什么|何)", bare):
        return bare
    if (period := _PERIOD.search(new)) and (before_period := _PERIOD.search(before)):
        return before.replace(before_period.group(), f"每{period[1]}", 1)
    doing = _DOING.match(bare)
    if doing and (done := re.search(rf"{doing[1]}[过了]?([\u3400-\u9fffA-Za-z]+)", before)):
        return before.replace(done[1], new, 1)
    old = _counterpart(new, before, ear)
    return before.replace(old, new, 1) if old else f"{subject_of(before)}{new}{_tail(before)}"


def _left_out(bare: str, before: str, reply: str, ear: Ear) -> str:
    """是哪一轮？ → with the subject of the question before in front."""
    del reply
    subject = subject_of(before)
    if not subject or subject in bare:
        return ""
    opening = fold(bare[:_OWN])
    if len(bare) > _OWN and ear.known(opening) and opening not in fold(before) and opening[:2] not in fold(before):
        return ""  # it opens with a name or phrase of its own
    if any(not ear.known(thing) for thing in read(bare).things):
        return ""
    asked = read(bare)
    own = [term for term in asked.names if term not in fold(before)]
    if own and not _ASK_ONLY.match(bare):
        return ""
    if _ASK_ONLY.match(bare) and len(asked.terms) <= 1:
        return f"{re.sub('[？?]$', '', before)}，{bare}"
    if len(asked.terms) <= 4 and not _subject_like(bare):
        noun = words(bare)[0][1].startswith(("n", "j", "vn"))
        return f"{subject}，{bare}" if noun and len(asked.terms) > 2 else f"{subject}{bare}"
    return ""


def _subject_like(text: str) -> bool:
    return bool(words(text)) and words(text)[0][1].startswith(("nr", "nt", "nz", "ns", "eng"))


def _counterpart(new: str, before: str, ear: Ear) -> str:
    """The part of the question before that the new words take the place of: most like them in ending, else in meaning."""
    runs: list[str] = []
    run = ""
    for word, tag in [*words(before), ("", "x")]:
        if tag.startswith(("n", "j", "eng", "vn", "s")) and word:
            run += word
        elif run:
            runs.append(run)
            run = ""
    pieces = [piece for text in runs for piece in {text, *_tails(text)}]
    ending = [(len(_common_end(piece, new)) / len(piece) - abs(len(piece) - len(new)) / 40, piece) for piece in pieces]
    ending = [pair for pair in ending if _common_end(pair[1], new)]
    if ending:
        return _widened(max(ending)[1], new, before)
    return max(runs, key=lambda text: ear.alike(new, text), default="")


def _widened(piece: str, new: str, before: str) -> str:
    """The piece with as many characters before it as the new words are longer by: 城市 → 一线城市 for 二线城市."""
    at, more = before.find(piece), len(new) - len(piece)
    wider = before[at - more : at + len(piece)] if 0 < more <= at else piece
    return (
        wider
        if re.fullmatch(r"(?!.*[的在有是，。])[\u3400-\u9fff]+", wider) and _common_end(wider, new) != piece[:0]
        else piece
    )


def _tails(text: str) -> tuple[str, ...]:
    found = words(text)
    return tuple("".join(word for word, _ in found[:n]) for n in range(1, len(found)))


def _common_end(one: str, other: str) -> str:
    n = 0
    while n < min(len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    return one[len(one) - n :] if n else ""


def _tail(before: str) -> str:
    found = re.search(r"(?:是|有|为|占|达到|大概|约)*(?:多少|几|哪|谁|什么|何).*$", before)
    return found.group() if found else "？"

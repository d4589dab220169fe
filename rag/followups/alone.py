"""What would a follow-up be, asked first? Each way of leaving something out is looked for in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followups.exchange import core, exchanged, phrase_of
from rag.followups.lacking import completed, lacks
from rag.followups.latin import in_english
from rag.followups.phrases import by_phrase
from rag.followups.refer import referred
from rag.followups.shape import MARKS, clause, is_measure
from rag.followups.times import earlier, other_time
from rag.followups.types import Ear, Said
from rag.types import Turn

__all__ = ["standalone"]

_NEW_TOPIC = re.compile(
    r"(?:换个话题|换一?个问题|另外(?:再)?问(?:一下|一个|个)?|再问(?:一下|一|个)|(?:先)?不说这个(?:了)?|顺便问(?:一下|个|一句)?|对了"
    r"|先不(?:说|聊|管)[^，。]{0,8}|先放一[边放]|[^，。]{1,12}先放一?[边放](?=[，。]))[了吧]?[，,：:。 ]+"
)
_OPENERS = re.compile(
    r"^(?:那么(?!多|少|高|低|大|小|长|久)|那(?!家|个|款|份|项|类|些|部分|批|笔|一|次|轮|场|边|位|种|几|年|时)"
    r"|然后|还有|接着|所以|好的?|嗯|哦|行|再(?:问|看|说)(?:一下)?)[，, ]*"
)
_PAIR = re.compile(r"^(?P<about>[^，,？?]{1,16})呢[，,？? ]+(?P<asks>[^？?]{2,}[？?]?)$")
_SHORT, _SURER = 6, 2.4  # a phrase that ends in 是多少 is exchanged where it is short, and surely of a kind with a part
_DEEP = 4  # follow-ups of follow-ups that are traced back


def standalone(question: str, history: Sequence[Turn], ear: Ear) -> str:
    """The question as it would be asked first; unchanged where it leaves nothing out or changes the subject."""
    return _alone(question, history, ear, _DEEP)


def _alone(question: str, history: Sequence[Turn], ear: Ear, deep: int) -> str:
    last = max((n for n, turn in enumerate(history) if turn.role == "user"), default=-1)
    if last < 0:
        return question
    fresh = _NEW_TOPIC.split(question)
    if len(fresh) > 1:
        return fresh[-1].strip("，。, ") or question
    before = history[last].content.strip()
    before = _alone(before, history[:last], ear, deep - 1) if deep else before
    reply = " ".join(turn.content for turn in history[last + 1 :] if turn.role == "assistant")
    meant = _meant(question.strip(), Said(before, reply, ear))
    return _finished(meant, before) if meant else question


def _meant(question: str, said: Said) -> str:
    if english := in_english(question, said):
        return english
    if not re.search(r"[\u3400-\u9fff]", question + said.question):
        return ""
    bare = _OPENERS.sub("", question) or question
    if found := by_phrase(question, said) or by_phrase(bare, said):
        return found
    if pair := _PAIR.match(bare):
        return _paired(pair["about"], pair["asks"], said)
    if found := other_time(bare, said) or referred(bare, said):
        return found
    return _of_phrase(bare, said) or completed(bare, said)


def _of_phrase(bare: str, said: Said) -> str:
    """肿瘤科呢 surely leaves out the rest; 肿瘤科是多少 and mere 肿瘤科 do where something like it was asked of before."""
    phrase = phrase_of(bare)
    if not phrase or earlier(phrase):
        return ""
    if re.search(r"呢[？?。 ]*$", bare) and not clause(bare).asks:
        return exchanged(phrase, said)
    short = len(phrase) <= _SHORT and not is_measure(phrase)
    return exchanged(phrase, said, _SURER) if said.ear.known(core(phrase)) and (short or lacks(bare, said)) else ""


def _paired(about: str, asks: str, said: Said) -> str:
    """X呢，Q → Q of X: of a name itself, of anything else in its place in the question before."""
    if named := referred(about, said):
        return f"{named}{asks}"
    if said.ear.named(about):
        return f"{about}{asks}"
    other = exchanged(about, said)
    after = Said(other, "", said.ear)
    if whole := by_phrase(asks, after) or completed(asks, after):
        return whole
    return f"{about}{asks}" if clause(asks).asks else other


def _finished(meant: str, before: str) -> str:
    """With one mark at its end where it asks, and no word said twice where two pieces meet."""
    text = re.sub(r"的的+", "的", meant.strip(MARKS))
    text = re.sub(r"(是|有|在)\1", r"\1", text)
    if not re.search(r"[\u3400-\u9fff]", text):
        return f"{text}?"
    return f"{text}？" if clause(text).asks or before.endswith(("?", "？")) else text

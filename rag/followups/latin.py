"""Which question is meant by an English follow-up: what about 2020?, And oncology?, Who founded it?"""

from __future__ import annotations

import re

from rag.followups.swap import counterpart
from rag.followups.times import put, years
from rag.followups.types import Said

__all__ = ["in_english"]

_ONLY_LATIN = re.compile(r"[^\u3400-\u9fff]*[A-Za-z][^\u3400-\u9fff]*")
_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|then)\b[, ]*)?(?:what about|how about|and)\b[ ,]*(?:in |for |at |by |of )?(?:the )?"
    r"|^(?:and|or)\b[ ,]*",
    re.I,
)
_BEFORE = re.compile(r"^(?:(?:the )?(?:year|one) before(?: that)?|(?:the )?(?:previous|prior|last|preceding) year)\W*$", re.I)
_AFTER = re.compile(r"^(?:(?:the )?(?:year|one) after(?: that)?|(?:the )?(?:next|following) year)\W*$", re.I)
_YEAR_ONLY = re.compile(r"^(?:in |for )?((?:19|20)\d\d)\W*$", re.I)
_WHOSE = re.compile(r"\b(?:its|their|his|her)\b", re.I)
_WHO = re.compile(r"\b(?:it|they|them|he|she|(?:the|this|that) (?:company|platform|firm|hospital|group|report|app))\b", re.I)
_BARE = re.compile(r"^(?:and )?(why|when|where|who|how|how come|how so|which one|since when|who says so|says who)\W*$", re.I)
_OWNER = re.compile(r"\b([A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*)(?:'s)?")
_ASKING = re.compile(r"^(?:What|Which|Who|Whose|How|When|Where|Why|Is|Are|Was|Were|Do|Does|Did|Has|Have|Can|In|The|And|Of)$")
_FUNCTION = re.compile(r"^(?:does|have|many|much|what|which|were|with|from|that|this|their|there|most)$")
_PHRASE = 40


def in_english(question: str, said: Said) -> str:
    """The follow-up made whole; empty where it is in Chinese, or lacks nothing."""
    if not _ONLY_LATIN.fullmatch(question):
        return ""
    rest = _OPENING.sub("", question.strip(), count=1)
    opened = rest != question.strip()
    if (opened or len(rest) < _PHRASE) and (meant := _other_year(rest, said)):
        return meant
    if _BARE.match(question.strip()):
        return f"{said.question.rstrip(' ?？')}, {_BARE.sub(lambda found: found[1].lower(), question.strip())}?"
    if (
        opened
        and len(rest) <= _PHRASE
        and not re.match(r"(?:what|which|who|how|when|where|why|is|are|do|does|did)\b", rest, re.I)
    ):
        return _other_phrase(rest.strip(" ?？.!"), said)
    return _pronoun(question, said)


def _other_year(rest: str, said: Said) -> str:
    named = _YEAR_ONLY.match(rest)
    step = -1 if _BEFORE.match(rest) else 1 if _AFTER.match(rest) else 0
    known = years(said.question) or years(said.reply)
    year = int(named[1]) if named else known[0] + step if step and known else 0
    if not year:
        return ""
    if re.search(r"[\u3400-\u9fff]", said.question):
        return put(f"{year}年", said.question)
    if years(said.question):
        return re.sub(r"(?:19|20)\d\d", str(year), said.question, count=1)
    return f"{said.question.rstrip(' ?？')} in {year}?"


def _other_phrase(new: str, said: Said) -> str:
    """And Moohe Medical? → a name for a name, a word for the word that is most like it."""
    before = said.question
    if re.search(r"[\u3400-\u9fff]", before):
        found = counterpart(new, said, modifier=False)
        return before[: found[1].start] + new + before[found[1].start + len(found[1].text) :] if found else ""
    owner = _owner(before, said)
    if owner and (said.ear.named(new) or re.fullmatch(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*", new)):
        return before.replace(owner, new, 1)
    runs = [
        hit.group()
        for hit in re.finditer(r"(?<![\w'])[a-z][a-z-]{3,}", before)
        if not any(map(_FUNCTION.match, hit.group().split()))
    ]
    best = max(runs, key=lambda run: said.ear.alike(new, run), default="")
    return before.replace(best, new, 1) if best else ""


def _pronoun(question: str, said: Said) -> str:
    owner = _owner(said.question, said) or next(iter(said.ear.named(said.question)), "")
    if not owner or owner.lower() in question.lower() or said.ear.named(question):
        return ""
    if _WHOSE.search(question):
        return _WHOSE.sub(f"{owner}'s", question, count=1)
    return _WHO.sub(owner, question, count=1) if _WHO.search(question) else ""


def _owner(before: str, said: Said) -> str:
    """The name in an English question: one that the library knows, else the first in capitals."""
    known = [name for name in said.ear.named(before) if re.search("[A-Za-z]", name)]
    if known:
        return known[0]
    names = [hit[1] for hit in _OWNER.finditer(before)]
    kept = [" ".join(word for word in name.split() if not _ASKING.match(word)) for name in names]
    return next(filter(None, kept), "")

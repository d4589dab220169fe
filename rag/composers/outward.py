"""What may no sentence do, whatever it cites? Lead elsewhere, carry markup, speak of the prompt, say the same for ever."""

from __future__ import annotations

import re
from enum import StrEnum

from index.chinese.fold import fold
from rag.composers.sheet import Sheet

__all__ = ["Forbidden", "Outward", "letters", "pairs", "tidied"]

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SEVERAL = re.compile(
    r"\[\^?(?:资料|来源|citation:|source\s*)?\s*(\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*)\s*\]|【\^?(?:资料|来源)?\s*(\d{1,3})(?:†[^】]*)?】"
)
_LINKED = re.compile(r"(\[\d{1,3}\])(?=[(:])")
_SCHEME = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}:/{1,2}\S|\bjavascript\s*:|\bvbscript\s*:|\bdata:\w+/|\bmailto:|\b(?:tel|sms):\+?\d|(?<![\w:/])//\w"
)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|cn|net|org|io|ai|info|biz|dev|app|xyz|top|site|online|shop|club|vip|cc|tv|ly|gl"
    r"|ru|uk|jp|hk|tw|eu|de|fr|zip|page|link|click|live|pro|test|example|invalid|local)(?![a-z0-9])(?:[:/?#]\S*)?|\S+@\S+\.\S+"
)
_LINK = re.compile(r"!\[|\]\s*\(|\]\s*\[(?!\d{1,3}\])|^\s*\[[^\]]*\]\s*:|<[a-z/!?]|&(?:#\w+|[a-z]+);|```|~~~", re.MULTILINE)
_MARKERS = re.compile(r"(?:\s*(?<!\\)\[\d{1,3}\])+")
_ESCAPED = re.compile(r"\\.")
_BACKSTAGE = re.compile(
    r"系统提示|提示[词语]|我的(?:指令|规则|设定|设置)|以上(?:指令|规则)|作为(?:一个)?(?:ai|人工智能|语言模型|大模型)|语言模型"
    r"|system (?:prompt|message|instruction)|my (?:instructions|rules|prompt)|(?:initial|hidden) (?:prompt|instructions)"
    r"|as an ai|language model|api[ _-]?key|密钥|ignore (?:all |the )?(?:previous|above)|忽略(?:以上|之前|前面)"
)
_RUN, _RUN_IN_ENGLISH = 12, 28  # letters of the rules that no answer repeats by chance
_TWICE = 10  # letters from which a sentence is not said twice


_WORDS = 3  # of an English sentence without a figure
_HAN = re.compile(r"[\u3400-\u9fff]")
_OBEYED = 0.4  # share of what a sentence says beyond the statements


class Forbidden(StrEnum):
    """Why a sentence may not be shown though its citations carry it."""

    LINK = "link"  # or an image, or HTML
    BACKSTAGE = "backstage"
    REPEATED = "repeated"
    ORDER = "order"  # it says what an order in a document wants said
    LANGUAGE = "language"  # not that of the question


def tidied(sentence: str) -> str:
    """The sentence with markers in the one form [1][2], and nothing in it that cannot be seen."""
    text = _UNSEEN.sub("", sentence)
    text = _SEVERAL.sub(lambda found: "".join(f"[{n}]" for n in re.findall(r"\d+", found[1] or found[2])), text)
    # in other places `[1](…)` would be a link
    return _LINKED.sub(r"\1 ", text)


def letters(text: str) -> str:
    """The text without markers, signs and spaces."""
    return re.sub(r"[\W_]", "", _MARKERS.sub("", fold(text)))


def pairs(text: str) -> frozenset[str]:
    """The pairs of letters that stand side by side in a text."""
    bare = letters(text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


class Outward:
    """The last look at the sentences of one answer, in turn; `rules` are what the model was told."""

    def __init__(self, rules: str, question: str, evidence: Sheet, *, english: bool) -> None:
        self._english = english
        self._ordered = frozenset().union(*map(pairs, evidence.orders))
        self._stated = pairs(question).union(*map(pairs, evidence.said if evidence.orders else ()))
        self._run = _RUN_IN_ENGLISH if english else _RUN
        self._rules = self._runs(letters(rules))
        self._question = letters(question)
        self._quotes = {citation.n: citation.quote for citation in evidence.citations}
        self._said: set[str] = set()

    def leads_away(self, sentence: str) -> bool:
        """Whether it holds a link, an image or HTML, or an address that the words it cites do not hold."""
        folded = fold(sentence)
        if _LINK.search(_MARKERS.sub("", _ESCAPED.sub("", folded))) or _SCHEME.search(folded):
            return True
        return any(found[0] not in self._cited(sentence) for found in _HOST.finditer(folded))

    def why_not(self, sentence: str) -> Forbidden | None:
        """Why it may not be shown; what may is remembered as said."""
        folded, bare = fold(sentence), letters(sentence)
        if len(bare) >= _TWICE and bare in self._said:
            return Forbidden.REPEATED
        if self.leads_away(sentence):
            return Forbidden.LINK
        cited = self._cited(sentence)
        if not self._in_language(sentence, bare, cited):
            return Forbidden.LANGUAGE
        if self._is_ordered(sentence):
            return Forbidden.ORDER
        known = letters(cited) + self._question
        if any(letters(found[0]) not in known for found in _BACKSTAGE.finditer(folded)):
            return Forbidden.BACKSTAGE
        if any(run not in known for run in self._rules & self._runs(bare)):
            return Forbidden.BACKSTAGE
        self._said.add(bare)
        return None

    def _cited(self, sentence: str) -> str:
        return fold(" ".join(self._quotes.get(int(n), "") for n in re.findall(r"\[(\d{1,3})\]", sentence)))

    def _in_language(self, sentence: str, bare: str, cited: str) -> bool:
        """Whether it is written as the question is, or else in the cited words themselves."""
        said = _MARKERS.sub("", sentence)
        if self._english:
            return bool(re.search(r"\d", said)) or len(re.findall(r"[A-Za-z]+", said)) >= _WORDS
        return bool(_HAN.search(said)) or bare in letters(cited)

    def _is_ordered(self, sentence: str) -> bool:
        """Whether most of what no statement says stands in an order."""
        rest = pairs(sentence) - self._stated
        return len(rest & self._ordered) > max(1, _OBEYED * len(rest))

    def _runs(self, bare: str) -> set[str]:
        return {bare[at : at + self._run] for at in range(len(bare) - self._run + 1)}

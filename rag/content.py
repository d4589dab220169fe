"""Which words of a question carry its content: nouns, names, the noun that is measured, what it is about."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.words import is_word, parts_of, stop_words, words

_NAMING = ("nr", "ns", "nz", "eng")
_NOUN = ("n", "j", "eng", "vn", "s", "l", "i")
_HAN = re.compile(r"[\u3400-\u9fff]")
ASKS = re.compile(r"多[少久大高长]|几|哪|谁|什么|啥|怎|如何|为何|何时|吗|是否|是不是|\b(?:what|who|when|where|how|why|which)\b")
# words of asking, and nouns so wide that they name nothing
_ASKING = re.compile(
    r"百分之几|百分之多少|(?:多大)?(?:比例|占比|比重|份额)|什么时候|啥时候|为什么|为啥|为何|凭什么|多少"
    r"|哪[些个家年里儿位几种类边样]?|什么|啥|几|怎么样?|如何|怎样|咋|谁|是不是|有没有|是否|吗|呢|比一比|大概|大约"
    r"|到底|究竟|请问|分别|各自|各[是有为占]|我想知道|告诉我|介绍一下|说说|讲讲|一共|总共|现在|目前|东西|名字|排第|城市|哪里"
    r"|多(?:长时间|[长久远快高重深宽])|依次|逐一|逐条|各项|列[出举](?:一下)?|(?:去|今|前|明|上|本)年(?!级|度|龄|轻)"
    r"|[二两三四五六七八九十]{1,2}(?:条|点|项|大|个方面|个步骤)(?=[\u3400-\u9fff])"
    r"|地方|这笔|那笔|那阵子|what|which|how|many|much|who|when|where|why"
)
_MEASURED = re.compile(
    r"([\u3400-\u9fffA-Za-z]{2,12}?)(?:大概|大约|约|究竟|到底|一共|总共|现在|又|各自|各|分别|能|可以|已经)?(?:是"
    r"|为|有|占|达到|达|到|在)?(?:了)?(?:大概|约)?(?:多少|几成|百分之几|多大|多高|怎么样|第几)"
)
_COUNTED = re.compile(
    r"(?:多少|几)(?:个|家|名|位|种|项|批|次|款|条|篇|场|人|所|轮|例|台|套|份|期|亿|万|元|门|件|座"
    r"|类)?([\u3400-\u9fffA-Za-z]{2,8})"
)


def content(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Content words in order, each once; those of them that are names; those that are nouns."""
    terms: dict[str, None] = {}
    names: dict[str, None] = {}
    things: dict[str, None] = {}
    for word, tag in words(_ASKING.sub(" ", text)):
        folded = fold(word).strip()
        if not folded or folded in stop_words() or not re.search(r"[\w%]", folded):
            continue
        if len(folded) == 1 and not tag.startswith(("n", "eng")) and not folded.isascii():
            continue
        for piece in _pieces(folded, tag):
            terms[piece] = None
            if (tag.startswith(_NAMING) and len(piece) > 1) or re.fullmatch(r"[a-z][\w.+-]*", piece):
                names[piece] = None
            if tag.startswith(_NOUN) and len(piece) > 1 and (is_word(piece) or piece.isascii()):
                things[piece] = None
    return tuple(terms), tuple(names), tuple(things)


def measure(text: str) -> tuple[str, ...]:
    """The words of the noun that is counted or measured: before 是多少, else after 多少."""
    before = _MEASURED.search(text)
    after = _COUNTED.search(text)
    for phrase, last in ((before and before[1], True), (after and after[1], False)):
        found = words(phrase) if phrase else []
        run: list[str] = []
        for word, tag in reversed(found) if last else found:
            if not tag.startswith((*_NOUN, "v", "a", "b")) or fold(word) in stop_words():
                break
            run.append(fold(word))
        nouns = [word for word in run if len(word) > 1 and is_word(word)]
        if nouns:
            return tuple(nouns[:2])
    return ()


def _pieces(word: str, tag: str) -> tuple[str, ...]:
    """A long noun as the words it is made of (儿科医生 → 儿科, 医生), so that one of them can be missed; a name whole."""
    if len(word) < 4 or tag.startswith(_NAMING) or not _HAN.match(word):
        return (word,)
    parts = [part for part in parts_of(word) if part != word]
    return tuple(parts) if "".join(parts) == word else (word,)


def strangers(text: str) -> tuple[str, ...]:
    """Names that no dictionary has, which come out as single characters side by side."""
    found, run = [], ""
    for word, tag in [*words(text), ("", "x")]:
        if len(word) == 1 and _HAN.match(word) and not tag.startswith(("u", "p", "d", "c", "f", "m", "q", "r", "y")):
            run += word
            continue
        found += [run] if len(run) > 1 else []
        run = ""
    return tuple(found)


def subject_of(text: str) -> str:
    """What a question is about: the noun phrase it opens with, or its first name."""
    phrase = ""
    for word, tag in words(text):
        if tag.startswith(("n", "j", "eng", "vn", "a")) and not ASKS.search(word):
            phrase += word
        elif phrase:
            break
    names = content(text)[1]
    if names:
        at = fold(text).find(names[0])
        name = text[at : at + len(names[0])]
        return phrase if name in phrase else name
    return phrase

"""Which questions stand in one: several asked at once, or one about several things."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.words import is_word, words
from rag.content import ASKS, content, subject_of

_SPLIT = re.compile(
    r"[？?；;]+|[。！!]+"
    r"|[，,、](?=(?:它|他|其|又|那|另外|还有|同时|以及|而|以后|只有)|[^，,]{0,18}(?:多少|哪|谁|几|什么|怎|如何|为))"
)
_PRONOUN = re.compile(
    r"^(?:其中|其(?![中他它余实])|它们?家?的?|他们?家?的?|她们?|[这那]家(?:公司|企业|平台|机构|医院)?的?)[，, ]?"
)
_ASKS_NAME = re.compile(r"谁|哪(?:一)?[家个位]|叫什么")
_JOINING = re.compile(r"^(?:又|那么?|另外|而|还有|同时)[，, ]?")
_COMPARING = re.compile(r"^(?:请)?(?:比一比|比较一?下?|对比一?下?|比较|对比)")
_JOINED = re.compile(r"[，,]?(?:和|与|跟|同(?![比期时样类意步行])|以及)|、")
_THING = r"(?:[\u3400-\u9fff]|[A-Za-z0-9 ]){2,16}?"
_PAIR = re.compile(
    rf"{_THING}(?:(?:[，,]?(?:和|与|跟|同(?![比期时样类意步行])|以及)|、){_THING})+"
    r"(?=[，,]?(?:谁|哪|各|分别|手里|的|有什么(?:区|不)|相比|比|在|都|[两三四五]家|二者|三者|两者))"
)


def parts(text: str) -> tuple[str, ...]:
    """Where several things are asked, each with the subject of the first in front when it names none of its own."""
    pieces = [piece.strip(" ，,") for piece in _SPLIT.split(text)]
    asking: list[str] = []
    for piece in filter(None, pieces):
        if asking and not ASKS.search(fold(asking[-1])):
            asking[-1] += f"，{piece}"
        elif ASKS.search(fold(piece)) and (content(piece)[0] or not asking):
            asking.append(piece)
        elif asking:
            asking[-1] += f"，{piece}"
        else:
            asking.append(piece)
    if len(asking) < 2 or not ASKS.search(fold(asking[0])):
        return ()
    subject = _opening(asking[0]) or subject_of(asking[0])
    found = [asking[0]]
    for piece in asking[1:]:
        # 哪家最多？它有多少？: it is what the first question asks for, and nobody knows yet
        open_still = _PRONOUN.match(piece) and _ASKS_NAME.search(fold(found[-1]))
        found.append(piece if open_still else _with_subject(piece, subject))
    return tuple(found)


def answered_by(part: str, name: str) -> str:
    """The part with the name that answers the one before it in the place of its pronoun."""
    pronoun = _PRONOUN.match(part)
    return f"{name}{'的' if pronoun[0].endswith('的') else ''}{part[pronoun.end() :]}" if pronoun and name else part


def _opening(text: str) -> str:
    """The noun phrase before the first 的, where the question opens with one of four characters or more: whose it is."""
    found = re.match(r"([\u3400-\u9fffA-Za-z0-9]{4,14})的(?![一是])", text)
    return found[1] if found and not ASKS.search(fold(found[1])) and words(found[1])[-1][1].startswith("n") else ""


def _with_subject(piece: str, subject: str) -> str:
    if not subject or subject in piece:
        return piece
    piece = _JOINING.sub("", piece)
    pronoun = _PRONOUN.match(piece)
    if pronoun:
        return subject + piece[pronoun.end() :]
    found = words(piece)
    own = bool(found) and (found[0][1].startswith(("nr", "nt", "nz", "ns", "eng")) or not is_word(found[0][0]))
    return piece if own else subject + piece


def sides(text: str) -> tuple[str, ...]:
    """医脉通和梅斯医学，谁的注册医生多？ → the question about each."""
    text = _COMPARING.sub("", text)
    found = _PAIR.search(text)
    if not found:
        return ()
    rest = re.sub(r"^[，, 的里]*(?:[两三四五]家|二者|三者|两者)?[，, 的]*", "", text[found.end() :])
    before = text[: found.start()]
    sides = [side.strip(" ，,") for side in _JOINED.split(found.group()) if side.strip(" ，,")]
    owner = re.match(r".+的", sides[0]) if sides else None  # X的收入和利润: the second side is X's too
    if owner and not any("的" in side for side in sides[1:]):
        sides = [sides[0], *(owner.group() + side for side in sides[1:])]
    return tuple(f"{before}{side}{rest}" for side in sides)

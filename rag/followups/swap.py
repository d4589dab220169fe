"""Which part of the question before does a new phrase take the place of: 肿瘤科 of 皮肤科, 2.0 版 of 1.0 版?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.words import parts_of, words
from rag.followups.shape import clause, coined, is_measure, is_role
from rag.followups.times import TIME
from rag.followups.types import Said

__all__ = ["Part", "counterpart", "parts"]

_INSIDE = ("n", "j", "eng", "vn", "s", "l", "i", "an", "g", "zg", "b", "a", "m", "k", "x", "v", "q", "t", "f")
_CLOSED = re.compile(
    r"^(?:[是有为在的了过着和与及或跟对从给用被把让使能会要想占达到等各都又还也很最里中内上下]|[\W_]+|没有|平均|一共|大概|每\S)$"
)
_KIND = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:业务|服务|板块|分部|部分|方案)$")
_LONGEST = 16
# what speaks for two phrases being of a kind, and how much
_BESIDE, _ENDING, _LIKE, _TYPE, _WHOLE, _FIRST, _COUNTED, _FITS, _WITHIN = 2.0, 1.6, 12.0, 0.8, 0.4, 0.7, 0.6, 1.0, 0.8
_NAMED = 9.0  # a name for a name is sure
_HEARD = 4  # parts whose meaning is looked at: an embedding takes a while
_PLAIN_COSINE = 0.86  # how alike two phrases are that have little in common


Token = tuple[int, str, str, bool]  # where it stands, its characters, its part of speech, whether it is a name


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question before that a new phrase may replace."""

    start: int
    text: str
    head: str  # the noun right behind it that it modifies; empty where it modifies nothing
    name: bool
    first: bool  # a noun phrase begins with it
    strange: bool  # no dictionary knows a word of it
    mixed: bool  # it is a name that no dictionary knows, and something else
    counted: bool  # it is all that is counted or chosen from


def parts(before: str, names: Sequence[str]) -> tuple[Part, ...]:
    """Every run of content words of the question before; times and asking words left out."""
    closed = _closed_spans(before)
    counted = clause(before).counted
    tokens = list(_tokens(before, names))
    found: list[Part] = []
    for first, (start, word, tag, _) in enumerate(tokens):
        if not _opens(word, tag) or any(a <= start < b for a, b in closed):
            continue
        begins = first == 0 or _ends(tokens[first - 1], closed) or tokens[first - 1][3] or coined(tokens[first - 1][1])
        for n in range(first, len(tokens)):
            at, inner, _, name = tokens[n]
            end = at + len(inner)
            if _ends(tokens[n], closed, strict=True) or end - start > _LONGEST or (n > first and (name or tokens[first][3])):
                break
            behind = tokens[n + 1] if n + 1 < len(tokens) else None
            after = tokens[n + 2] if n + 2 < len(tokens) else None
            of_deed = behind is not None and behind[2] == "v" and after is not None and is_measure(after[1])
            head = "" if behind is None or (_ends(behind, closed, of_deed) and behind[1] != "的") else behind[1]
            text = before[start:end]
            strange = any(token[3] or coined(token[1]) for token in tokens[first : n + 1])
            mixed = n > first and strange
            found.append(
                Part(
                    start,
                    text,
                    head,
                    name and n == first,
                    begins,
                    strange,
                    mixed,
                    text == counted and start >= len(clause(before).head),
                )
            )
    return tuple(found)


def counterpart(new: str, said: Said, modifier: bool) -> tuple[float, Part] | None:
    """The part that is most of a kind with the new phrase, and how surely; `modifier` says that it ends in 的."""
    names = said.ear.named(said.question)
    found = parts(said.question, names)
    if said.ear.named(new) and (owners := [part for part in found if part.name]):
        return _NAMED, owners[0]
    scored = sorted(((_looks(new, part, said, modifier), part) for part in found), key=lambda pair: (-pair[0], pair[1].start))
    heard = [(score + _means(new, part.text, said), part) for score, part in scored[:_HEARD]]
    return max(heard, key=lambda pair: (pair[0], -pair[1].start), default=None)


def _looks(new: str, part: Part, said: Said, modifier: bool) -> float:
    """How much the two are of a kind by their characters, their words and their places in the library."""
    old = part.text
    pieces = [new, *(piece for piece in new.split("的") if len(piece) > 1)]
    score = _BESIDE * max(said.ear.beside(piece, _KIND.sub("", old)) for piece in pieces)
    if end := common_end(new, old):
        score += _ENDING * len(end) / len(new)
    if new.endswith(old) and (part.first or new[0] in "没不非未无"):
        score += _WITHIN
    score += _TYPE * ((bool(said.ear.named(new)) or coined(new)) == part.strange)
    score += _TYPE * ((is_measure(new) or is_role(new)) == (is_measure(old) or is_role(_KIND.sub("", old))))
    score += _FIRST * part.first + _COUNTED * (part.counted and not modifier) - abs(len(new) - len(old)) / 30
    if part.head and part.head != "的" and not is_measure(part.head):
        score += _FITS * (said.ear.known(new + part.head) - (0.0 if modifier else 0.5))
    if part.mixed and not coined(new):
        score -= _FITS
    whole = not part.head or (part.head == "的" and not modifier)
    return score + _WHOLE * ((not modifier) == whole) * (2 if coined(new) else 1)


def _means(new: str, old: str, said: Said) -> float:
    return max(-0.5, min(1.0, _LIKE * (said.ear.alike(new, old) - _PLAIN_COSINE)))


def common_end(one: str, other: str) -> str:
    n = 0
    while n < min(len(one), len(other)) and fold(one[-1 - n]) == fold(other[-1 - n]):
        n += 1
    return one[len(one) - n :] if n else ""


def _opens(word: str, tag: str) -> bool:
    return tag.startswith((*_INSIDE, "nt")) and not _CLOSED.match(word) and tag not in ("f", "q")


def _ends(token: Token, closed: Sequence[tuple[int, int]], strict: bool = False) -> bool:
    """Whether a noun phrase ends before the token; a verb within one does not end it where `strict`."""
    at, word, tag, _ = token
    shut = bool(_CLOSED.match(word)) or any(a < at + len(word) and at < b for a, b in closed)
    if shut or tag == "x":
        return True
    return not tag.startswith((*_INSIDE, "nt") if len(word) < 2 else (*_INSIDE, "nt", "d")) or (
        not strict and tag == "v" and not is_measure(word)
    )


def _closed_spans(before: str) -> tuple[tuple[int, int], ...]:
    asked = clause(before)
    start = len(asked.head)
    spans = [(start, start + len(asked.link) + len(asked.asks))] if asked.asks else []
    return (*spans, *((hit.start(), hit.end()) for hit in TIME.finditer(before)))


def _tokens(before: str, names: Sequence[str]) -> Iterator[Token]:
    """Words with their places; names whole, long words in the parts that they are made of."""
    at = 0
    pieces = re.split(f"({'|'.join(map(re.escape, names))})", before) if names else [before]
    for piece in pieces:
        if piece in names:
            yield at, piece, "nt", True
            at += len(piece)
            continue
        for word, tag in words(piece):
            split = parts_of(word) if len(word) >= 4 and not re.search(r"[A-Za-z0-9]", word) else [word]
            split = [part for part in split if part != word] if len(split) > 1 else split
            for inner in split if "".join(split) == word else [word]:
                yield at, inner, tag, False
                at += len(inner)

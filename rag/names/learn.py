"""Which names does the library itself say are one: by brackets, by fields such as 英文名, by 更名, by full company names?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from index.chinese.fold import fold
from index.chinese.likeness import spelt
from index.chinese.words import is_word, words
from index.types import Document, sections
from rag.lexicon import same
from rag.names.trade import COMPANY, heading_name, is_full, is_name, name_before, name_opening
from rag.names.types import Guess, How

__all__ = ["learned"]

_BRACKET = re.compile(r"\(([^()]{2,70})\)")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{2,20})[”」』\"]")
_IS = r"(?:\s*(?:是|为|叫做?|作|[:]))?\s*"
_CALLED = re.compile(rf"^(?:以下|内部|外文|英文|常)*(?:简称|下称|又称|又名|亦称|也称|也叫|俗称|统称|缩写|写作){_IS}(.+)$")
_ENGLISH = re.compile(rf"英文(?:名称?|简称|全称)?{_IS}[“\"]?([a-z][a-z0-9&.' -]+[a-z0-9])")
_FORMER = re.compile(rf"^(?:原名|曾用名|旧名|旧称|前称|原称|前身){_IS}(.+)$")
_FULL = re.compile(rf"(?:全称|注册名称?|登记名称?){_IS}[“]?([\u3400-\u9fff()]{{4,40}}?{COMPANY})")
_ACRONYM = re.compile(r"[a-z]{2,6}$")
_LATIN = re.compile(r"^[a-z][a-z0-9&.' -]*[a-z0-9]$")
_RENAMED = re.compile(
    r"(?:由(?P<old>[“「]?[\u3400-\u9fff]{2,12}?[”」]?)|(?P<before>[^,。;\n]{2,30}?))"
    r"(?:正式|现已|已|将|于[^,。]{4,12})*(?:更名|改名|改称)(?:为|成|作)"
)
_WAS = re.compile(rf"(?:原名|曾用名|前身){_IS}")
_COMPANY = re.compile(rf"[\u3400-\u9fff()]{{4,24}}?{COMPANY}")
# a translation of a common word, a sample or a unit in brackets names nothing
_NO_LATIN = re.compile(r"^(?:n|p|vs|max|min|rmb|usd|top\s*\d*|fy\s*\d*|[a-z])$")


def learned(documents: Iterable[Document], known: Sequence[str], often: Callable[[str], int]) -> tuple[Guess, ...]:
    """Each pair once, in the order in which the documents have them; writings claimed for two things are left out.

    `known` are names of organisations, `often` says how many times a folded writing stands in the library.
    """
    found: dict[tuple[str, str], Guess] = {}
    for document in documents:
        for name, other, how in _pairs_of(document, known):
            if _tells(name, other, known) or (_ACRONYM.match(other) and len(name) > 2 and often(name) > 1):
                found.setdefault((name, other), Guess(name, other, how, document.id))
    return tuple(guess for guess in found.values() if not _contested(guess, found.values()))


def _tells(name: str, other: str, known: Sequence[str]) -> bool:
    """Whether the pair is of names, and of two."""
    return bool(name and other and name != other) and (name in known or is_name(name) or _proper(name))


def _proper(name: str) -> bool:
    """Whether it is a company's full name, or a short one that stands for it: 青岚 of 青岚云诊有限公司."""
    return is_full(name) or (len(name) > 1 and not is_word(name) and not is_word(name[:2]))


def _pairs_of(document: Document, known: Sequence[str]) -> Iterator[tuple[str, str, How]]:
    for section in sections(document):
        subject = next(filter(None, (heading_name(fold(heading)) for heading in reversed(section.path))), "")
        for block in section.blocks:
            text = fold(block.span.of(document.text))
            yield from _bracketed(text, known)
            yield from _outside(text, subject)
            yield from _companies(text, known)


def _bracketed(text: str, known: Sequence[str]) -> Iterator[tuple[str, str, How]]:
    for bracket in _BRACKET.finditer(text):
        before = text[: bracket.start()]
        parts = re.split(r"\s*[,;]\s*", bracket[1])
        said = [short for part in parts if (called := _CALLED.match(part)) for short in _shorts(called[1])]
        wholes = {short: name_before(before, short) for short in said if not _LATIN.match(short)}
        shorts = [short for short, whole in wholes.items() if whole and _short_for(short, whole)]
        yield from ((short, wholes[short], How.CALLED) for short in shorts)
        own = shorts[0] if shorts else _known_end(before, known)
        for part in parts:
            english, former = _ENGLISH.match(part), _FORMER.match(part)
            called = _CALLED.match(part)
            latin = english[1] if english else next(iter(_LATIN.findall(called[1] if called else part)), "")
            fitting = _spelt_end(before, latin)
            name = own or fitting or name_before(before)
            if latin and (english or shorts or fitting or _glossed(latin, name, known)):
                yield name, latin, How.LATIN
            if former:
                yield name, name_opening(former[1]), How.FORMER


def _shorts(said: str) -> list[str]:
    """“青岚”或“云诊” → both; without quotes all of it."""
    return [*_QUOTED.findall(said)] or re.split(r"或|、", said.strip())


def _short_for(short: str, whole: str) -> bool:
    """Whether the short name is one of its own, not 公司 or 管理办法."""
    if is_word(short) or len(short) < 2:
        return False
    company = bool(re.search(rf"{COMPANY}$|集团$", whole))
    return is_name(short) or (company and whole.startswith(short[:2]) and not is_word(short[:2]))


def _known_end(text: str, known: Sequence[str]) -> str:
    return max((name for name in known if text.endswith(name)), key=len, default="")


def _spelt_end(before: str, latin: str) -> str:
    """The end of the text whose first two characters sound as the first Latin word is spelt: 霁川医药 before Jichuan."""
    line = re.split(r"[^\u3400-\u9fff]", before)[-1][-12:]
    first = re.split(r"[^a-z]", latin)[0]
    return next((line[at:] for at in range(len(line) - 1) if first in spelt(line[at : at + 2])), "")


def _glossed(latin: str, name: str, known: Sequence[str]) -> bool:
    """Whether the Latin words in a bracket can be the name's own: 霁川医药(Jichuan), 电子处方流转(EPF), not 医生(N=30)."""
    if _NO_LATIN.match(latin) or len(same(latin)) > 1 or not name or is_word(name):
        return False
    return name in known or is_name(name) or (len(name) > 3 and latin.isalpha() and 2 <= len(latin) <= 6)


def _outside(text: str, subject: str) -> Iterator[tuple[str, str, How]]:
    """英文名, 全称 and 更名 in running text: said of what the heading names, or of the company named in full beside it."""
    bare = _BRACKET.sub(lambda bracket: " " * len(bracket.group()) if _ENGLISH.search(bracket[1]) else bracket.group(), text)
    full = _FULL.search(bare)
    if full and subject and subject[:2] in full[1]:
        yield subject, full[1], How.FULL
    name = subject or (full[1] if full else "")
    for english in _ENGLISH.finditer(bare):
        yield name, english[1], How.LATIN
    for renamed in _RENAMED.finditer(bare) if re.search("更名|改名|改称", bare) else ():
        old = (renamed["old"] or "").strip("“”「」") or name_before(renamed["before"].rstrip("于在"))
        new = name_opening(bare[renamed.end() :])
        yield (new, old, How.FORMER) if _two_names(new, old) else ("", "", How.FORMER)
    for was in _WAS.finditer(bare):
        old, clause = name_opening(bare[was.end() :]), re.split(r"[,。;\n]", bare[: was.start()].rstrip(",的其 "))[-1]
        new = name_before(clause) or subject
        yield (new, old, How.FORMER) if _two_names(new, old) else ("", "", How.FORMER)


def _two_names(one: str, other: str) -> bool:
    return bool(one and other) and is_name(one) and (is_name(other) or one[:2] == other[:2])


def _companies(text: str, known: Sequence[str]) -> Iterator[tuple[str, str, How]]:
    """A full company name and the name that it is known by: the same two first characters, the rest in their order."""
    for company in _COMPANY.finditer(text) if "公司" in text else ():
        for name in known:
            full = company.group()[_opened(company.group()) :]
            at = full.find(name[:2])
            whole = full[at:]
            if at >= 0 and len(name) > 2 and whole != name and _in_order(name, whole):
                yield name, whole, How.FULL
                if at and _is_place(full[:at]):
                    yield name, full, How.FULL


def _opened(company: str) -> int:
    """Where a company's name begins that stands in a bracket: behind the one that is not closed again."""
    return company.rfind("(") + 1 if company.count("(") > company.count(")") else 0


def _is_place(text: str) -> bool:
    """Whether the words before a company's own name say where it is registered."""
    return all(tag.startswith("ns") for _, tag in words(text))


def _in_order(short: str, text: str) -> bool:
    """Whether the short name is made of characters of the text, in their order."""
    rest = iter(text)
    return all(character in rest for character in short)


def _contested(guess: Guess, guesses: Iterable[Guess]) -> bool:
    """Whether the same other writing is said of something else, too: then it tells neither."""
    rivals = {one.name for one in guesses if one.other == guess.other and one.name != guess.name}
    return any(not _in_order(rival, guess.name) and not _in_order(guess.name, rival) for rival in rivals)

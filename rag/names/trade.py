"""Which stretches of text look like the name of an organisation or product, and where such a name begins."""

from __future__ import annotations

import re

from index.chinese.words import is_word, stop_words, words

__all__ = ["COMPANY", "TRADES", "brand", "heading_name", "is_full", "is_name", "name_before", "name_opening"]

# what an organisation does, written behind the name that is its own
TRADES = (
    "科技|技术|健康|医疗|医学|医药|药业|制药|生物|基因|诊断|器械|智能|信息|数据|软件|网络|互联|传媒|咨询|教育|物流|汽车|能源|电子"
    "|机器人|咖啡|食品|零售|集团|公司|控股|资本|基金|创投|投资|银行|保险|医院|大学|学院|研究院|研究所|研究中心|平台|协会|在线|大药房"
)
_TRADE = re.compile(f"(?:{TRADES})+$")
COMPANY = r"(?:集团)?(?:股份有限公司|有限责任公司|有限公司|股份公司)"
_NUMBERED = re.compile(r"^[\s#]*(?:\(?[一二三四五六七八九十\d]+[).、\s]+|\d+(?:\.\d+)*\s+)*")
_PIECE = re.compile(r"[:,、。;|—·“”「」《》()?!\s]+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,8}")
_LONGEST = 6  # characters of a name that says no trade
_NAMING = ("nr", "ns", "nt", "nz")
_NOUNS = (*_NAMING, "n", "vn", "j", "a", "b", "x", "l", "i", "eng", "f", "s", "g", "z", "ag", "vg")
_GRAMMAR = frozenset({"v", "p", "c", "u", "ul", "uj", "d", "r", "m", "t", "q", "f"})
_BAD_END = ("v", "p", "u", "d", "c", "f", "m", "r", "t")


def is_full(name: str) -> bool:
    """Whether it is a company's name as it is registered."""
    return bool(re.search(f"{COMPANY}$", name))


def brand(name: str) -> str:
    """What is the name's own: 霁川医药 → 霁川."""
    own = _TRADE.sub("", name)
    return own if len(own) > 1 else name


def is_name(text: str) -> bool:
    """Whether the folded words name something that no dictionary knows: 霁川医药, not 医药行业."""
    if not _HAN.fullmatch(text) or is_word(text):
        return False
    found = words(text)
    first, tag = found[0]
    trade = brand(text) != text
    if (
        stop_words() & {word for word, _ in found}
        or (not trade and len(text) > _LONGEST)
        or (not trade and found[-1][1].startswith(_BAD_END))
    ):
        return False
    if len(first) > 1:
        return not is_word(first) or tag.startswith(_NAMING)
    # two characters that the dictionary does not put together, neither of them a verb or a word of grammar
    return trade and not is_word(text[:2]) and not {tag, found[1][1]} & _GRAMMAR


def heading_name(heading: str) -> str:
    """The name that a folded heading, or the first cell of a row, opens with; empty where it opens with none."""
    pieces = [piece for piece in _PIECE.split(_NUMBERED.sub("", heading)) if piece]
    return pieces[0] if pieces and is_name(pieces[0]) else ""


def name_before(text: str, short: str = "") -> str:
    """The name that the folded text ends with: one in quotes, else the words back to the last that no name contains."""
    quoted = re.search(r"[“「『《]([^“”「」『』《》]{2,30})[”」』》]$", text)
    if quoted:
        return quoted[1]
    line = re.split(r"[\n,。;:、!?“”|]", text)[-1]
    if short:
        return _spelling_out(line, short)
    company = re.search(rf"[\u3400-\u9fff()]{{4,30}}{COMPANY}$", line)
    return _back(company.group() if company else line)


def name_opening(text: str) -> str:
    """The name that the folded text begins with, up to the first word that no name contains."""
    quoted = re.match(r"[“「『《]([^“”「」『』《》]{2,30})[”」』》]", text)
    if quoted:
        return quoted[1]
    run = re.match(r"[\u3400-\u9fff]{2,24}", text)
    found = ""
    for word, tag in words(run.group()) if run else ():
        if not tag.startswith(_NOUNS) or word in stop_words():
            break
        found += word
    return found if len(found) > 1 else ""


def _spelling_out(line: str, short: str) -> str:
    """The shortest end of the line in which the characters of the short name stand in their order."""
    at = len(line)
    for character in reversed(short):
        at = line.rfind(character, 0, at)
        if at < 0:
            return ""
    # 霁川 in 霁…川…霁川医药: the short name's first two characters stand together where they can
    together = line.rfind(short[:2], 0, at + 2)
    at = together if together >= 0 and _ordered(short, line[together:]) else at
    return line[at:] if line[at:] != short else ""


def _ordered(short: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in short)


def _back(run: str) -> str:
    found = ""
    for word, tag in reversed(words(run)):
        if (not (tag.startswith(_NOUNS) and re.match(r"\w", word)) and word not in "()") or word in stop_words():
            break
        found = word + found
    return found if len(found) > 1 and not found.startswith(")") else ""

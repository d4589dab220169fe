"""Which words stand in a text: the terms of the word index, and words with their parts of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import rjieba

from index.chinese.fold import fold

_HAN = "\u3400-\u9fff〇"
_NUMBER = r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?"
_MAGNITUDE = r"(?:百万|千万|百亿|千亿|万亿|[百千万亿])?"
# what can follow a number as its unit, in any field: measures, currencies, times, counters
_UNIT = (
    r"(?:个百分点|百分点|%|‰|人民币|美元|港元|港币|欧元|日元|英镑|元|块|万元|小时|分钟|秒|周年|财年|年度|年|个月|月|季度|周|天|日|号"
    r"|人次|人|名|位|家|个|项|篇|条|场|次|倍|批|种|款|例|所|类|期|台|套|件|张|页|字|岁|步|轮|级|讲|座|支|份|户|点|处|门|部|本|册|卷|幅|口|头|只|箱|袋|瓶|盒|棵|株|颗|枚|粒|对|双|把|届|间|栋|层|排|队|组|班|辆|架|艘"
    r"|公里|千米|米|厘米|毫米|公斤|千克|克|毫克|吨|升|毫升|公顷|亩|平方米|平方公里|立方米|度|摄氏度|千瓦时|千瓦|瓦|兆|赫兹"
    r"|成(?![为立功本员就果熟长分])|(?:km|cm|mm|kg|mg|ml|kw|mw|gw|mb|gb|tb|hz|g|m)(?![a-z]))"
)
_TOKEN = re.compile(
    rf"(?P<number>(?P<bare>{_NUMBER}{_MAGNITUDE})(?P<unit>{_UNIT})?)(?P<edge>(?<=年)[底末初])?"
    # A+轮, C端, T细胞: the letter means nothing alone
    rf"|(?P<round>(?<![a-z0-9])(?:[a-z]+-)?[a-z]\+*(?![的地得了着过是为有在和与及或也都就])[{_HAN}])"
    r"|(?P<latin>[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*(?:[-_.&/'][a-z0-9]+)*\+*)"
    rf"|(?P<han>[{_HAN}]+)"
)
# jieba glues what stands before an asking phrase to its first character
_ASKING = re.compile(
    "[是有为占达在]?(?:多少|什么|哪[些个里家年位几种]|怎么样?|怎样)|有没有|是不是|是否|为何|如何|几(?=[个家年月次种类位项])"
)
_KNOWN_WELL = 10_000  # a frequency that keeps a name whole beside any reading of its characters
_ASKING_KEPT = re.compile(f"({_ASKING.pattern})")
_PART = re.compile(r"[a-z\u00c0-\u024f]+|\d+")


@lru_cache(maxsize=1)
def _tagger() -> rjieba.Jieba:
    """A dictionary of its own: what is learned here must not change how texts are cut for the index."""
    return rjieba.Jieba()


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words without content of their own, from `data/stop_words.txt`."""
    lines = files("index.chinese").joinpath("data/stop_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def terms(text: str) -> list[str]:
    """What the word index knows of a text, folded: words and pairs of characters, numbers with their units, Latin words."""
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        kind = next(name for name in ("number", "round", "latin", "han") if match[name])
        if kind == "han":
            found += [term for run in _ASKING.split(match.group()) if run for term in _han_terms(run)]
        elif kind == "latin":
            found += _latin_terms(match.group())
        elif kind == "number":
            whole, bare = match["number"].replace(",", ""), match["bare"].replace(",", "")
            found += [whole] if whole == bare else [whole, bare]
            found += ["年" + match["edge"]] if match["edge"] else []
        else:
            found.append(match.group())
            found += _han_terms(match.group()[-1])
    return found


def words(text: str) -> list[tuple[str, str]]:
    """The text as written, cut into words with their parts of speech (jieba's tags; `m` for a number with its unit)."""
    folded = fold(text)
    found: list[tuple[str, str]] = []
    at = 0
    for match in _TOKEN.finditer(folded):
        if match["number"] or match["round"]:
            found += _tagged(text, folded, at, match.start())
            at = match.start("edge") if match["edge"] else match.end()
            found.append((text[match.start() : at], "m" if match["number"] else "nz"))
    return found + _tagged(text, folded, at, len(text))


def learn(names: Iterable[str]) -> None:
    """From now on `words` keeps these names whole and calls them organisations (nt); the word index stays as it is."""
    for name in names:
        _tagger().add_word(name, _KNOWN_WELL, "nt")


def parts_of(word: str) -> list[str]:
    """The words that a long word is made of, itself last where it is a word."""
    return list(rjieba.cut_for_search(word))


def is_word(word: str) -> bool:
    """Whether the dictionary knows the word: where jieba guessed, it may have cut across two."""
    return bool(rjieba.has_word(word))


def _tagged(text: str, folded: str, start: int, end: int) -> list[tuple[str, str]]:
    found = []
    for piece in _ASKING_KEPT.split(folded[start:end]):
        for word, tag in _tagger().tag(piece):
            found.append((text[start : start + len(word)], tag))
            start += len(word)
    return found


def _han_terms(run: str) -> list[str]:
    """Words longer than one character in every reading, and the pairs of characters that no stop word parts."""
    stops = stop_words()
    found = [word for word in rjieba.cut_for_search(run) if len(word) > 1 and word not in stops]
    known = set(found)
    stretch = ""
    for word in [*rjieba.cut(run), ""]:
        if word and word not in stops:
            stretch += word
            continue
        if len(stretch) == 1:
            found.append(stretch)
        found += [pair for pair in map("".join, pairwise(stretch)) if pair not in known]
        stretch = ""
    return found


def _latin_terms(word: str) -> list[str]:
    parts = _PART.findall(word)
    found = [word, *(part for part in parts if len(part) > 1)] if len(parts) > 1 else [word]
    return [term for term in found if term not in stop_words()]

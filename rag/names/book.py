"""All that is known of names in one library: what a question's names mean, and how else the library writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from index.chinese.fold import fold
from index.chinese.words import learn
from index.library import Library
from rag.names.known import organisations, terms
from rag.names.learn import learned
from rag.names.misprints import misprinted
from rag.names.slips import Slips
from rag.names.trade import is_full
from rag.names.types import Change, Guess, Heard, How
from rag.names.written import parse

__all__ = ["Names"]

_RATHER = 3  # how many times as often the library must use another writing for a question to be read in it
_VARIANTS = 3  # other writings of its names that a question is searched in, too
_LATIN = re.compile(r"[a-z]")
_EXPLAINED = re.compile(r"\s*\(\s*([\u3400-\u9fff]{2,8})\s*\)")  # Medlive（医脉通）: the question says itself which it means


class Names:
    """Read once from the library's texts and its `names.txt`; asked for each question."""

    def __init__(self, library: Library, owners: Sequence[str]) -> None:
        self._text = "\n".join(fold(document.text) for document in library.documents.values())
        self._often = lru_cache(maxsize=4096)(self._count)
        self.read: Callable[[str], Heard] = lru_cache(maxsize=256)(self._read)
        documents = tuple(library.documents.values())
        known = organisations(documents, owners, self._often)
        written = parse(library.names)
        self.troubles: tuple[str, ...] = written.troubles
        said = [Guess(fold(group[0]), fold(other), How.WRITTEN) for group in written.groups for other in group[1:]]
        guessed = (*learned(documents, known, self._often), *misprinted(documents, known))
        sure = {name for guess in said for name in (guess.name, guess.other)}
        self.guesses: tuple[Guess, ...] = tuple(
            guess
            for guess in (*said, *guessed)
            if frozenset((guess.name, guess.other)) not in written.apart and (guess in said or not {guess.other} & sure)
        )
        self._groups = _groups(self.guesses, written.apart)
        self._shown = {fold(name): name for group in written.groups for name in group}
        self._pattern = _any_of(self._groups)
        learn(name for name in self._groups if 1 < len(name) <= 8 and not _LATIN.search(name) and self._often(name))
        every = dict.fromkeys((*known, *self._groups))
        self.known: tuple[str, ...] = tuple(every)
        self._slips = Slips(every, terms(documents, library.unit_words.vocabulary()), lambda name: name in self._text)

    def _read(self, question: str) -> Heard:
        """The question with slips corrected, and with its names in the writing that the library uses."""
        shown, changes = question, []
        written = [range(*hit.span()) for hit in self._found(question)]
        for slip in reversed(self._slips.of(question)):
            if any(slip.start < place.stop and place.start < slip.end for place in written):
                continue  # Jichuan in Jichuan Health
            meant = self._shown.get(slip.meant, slip.meant)
            changes.append(Change(shown[slip.start : slip.end], meant, slip=True))
            shown = shown[: slip.start] + meant + shown[slip.end :]
        meant = shown
        for hit in reversed(self._found(shown)):
            best = self._best(hit.group())
            if explained := _EXPLAINED.match(fold(shown), hit.end()):
                meant = meant[: hit.start()] + explained[1] + meant[hit.end() :]
            elif best != hit.group():
                changes.append(Change(shown[hit.start() : hit.end()], best, slip=False))
                meant = meant[: hit.start()] + best + meant[hit.end() :]
        return Heard(shown, meant, tuple(reversed(changes)))

    def others(self, question: str) -> tuple[tuple[str, str], ...]:
        """How else the library writes each name of a question, and how the question does; both folded."""
        asked: dict[tuple[str, ...], str] = {}
        for hit in sorted(self._found(question), key=lambda hit: self._often(hit.group())):
            asked[self._groups[hit.group()]] = hit.group()  # of two names of one thing, the one that the library uses more
        return tuple(
            (other, name)
            for group, name in asked.items()
            for other in sorted(group, key=len, reverse=True)
            if other not in name and self._often(other)
        )

    def named(self, question: str) -> tuple[str, ...]:
        """The names in a question that have another writing, folded."""
        return tuple(dict.fromkeys(hit.group() for hit in self._found(question)))

    def variants(self, question: str) -> tuple[str, ...]:
        """The folded question with one of its names in another writing that the library uses."""
        folded = fold(question)
        found = (folded.replace(name, other) for other, name in self.others(question) if name not in other)
        return tuple(dict.fromkeys(found))[:_VARIANTS]

    def in_latin(self, name: str) -> str:
        """The name in Latin letters, as `names.txt` or the library writes it; empty where neither does."""
        latin = [other for other in self._groups.get(fold(name), ()) if _LATIN.match(other)]
        return next((self._shown.get(other, other.title()) for other in latin), "")

    def _found(self, text: str) -> list[re.Match[str]]:
        return list(self._pattern.finditer(fold(text))) if self._groups else []

    def _best(self, name: str) -> str:
        """The writing that the library uses most, where it uses it far more often than this one."""
        group = self._groups[name]
        best = max(group, key=lambda other: (self._alone(other, group), -len(other), other))
        if is_full(name):  # nobody is known by 云岫医疗科技（松坪）股份有限公司
            return best
        return best if best not in name and self._often(best) > _RATHER * self._often(name) else name

    def _alone(self, name: str, group: Sequence[str]) -> int:
        """How often a name stands there that is not a part of a longer one of the same thing."""
        return self._often(name) - sum(self._often(other) for other in group if name in other and name != other)

    def _count(self, name: str) -> int:
        whole = _whole(name)
        return len(re.findall(whole, self._text)) if whole != re.escape(name) else self._text.count(name)


def _groups(guesses: Iterable[Guess], apart: frozenset[frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Each name with all that name the same, itself included; names that are said to be two things stay two."""
    groups: dict[str, frozenset[str]] = {}
    for guess in guesses:
        joined = groups.get(guess.name, frozenset({guess.name})) | groups.get(guess.other, frozenset({guess.other}))
        if not any(pair <= joined for pair in apart):
            groups.update(dict.fromkeys(joined, joined))
    return {name: tuple(sorted(group)) for name, group in groups.items()}


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first, so that a short one is not read within a longer."""
    return re.compile("|".join(map(_whole, sorted(names, key=lambda name: (-len(name), name)))))


def _whole(name: str) -> str:
    before = r"(?<![a-z0-9])" if re.match("[a-z0-9]", name) else ""
    after = r"(?![a-z0-9])" if re.search("[a-z0-9]$", name) else ""
    return before + re.escape(name) + after

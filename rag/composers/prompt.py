"""What is a model told? The templates in `prompts/`, filled with what others wrote, which can end none of their parts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

from rag.composers.calls import Message
from rag.composers.sheet import Sheet, harmless

__all__ = ["declines", "filled", "instructions", "messages"]

_FOLDER = Path(__file__).parent / "prompts"
_DECLINED = re.compile(r"\W*(?:资料不足|not in the sources)\W*(?:\[\d+\])*\W*", re.IGNORECASE)
_MARKER = re.compile(r"(?<!\\)(\[\d+\])")


def messages(question: str, evidence: Sheet, draft: str, *, english: bool) -> tuple[Message, ...]:
    """The conversation that asks for an answer: the rules, then the evidence, the draft and the question."""
    given = {"evidence": evidence.text, "draft": _draft(draft), "question": harmless(question)}
    return filled(f"answer.{'en' if english else 'zh'}.txt", **given)


def filled(name: str, **given: str) -> tuple[Message, ...]:
    """A template with its blanks filled; what is filled in must be harmless already."""
    rules, _, rest = _template(name).partition("\n---\n")
    return Message("system", rules), Message("user", Template(rest).substitute(given))


def instructions(*, english: bool) -> str:
    """The words of the rules themselves, which are nobody's answer."""
    return _template(f"answer.{'en' if english else 'zh'}.txt")


def declines(text: str) -> bool:
    """Whether a model says, as it was told to, that the evidence does not answer."""
    return bool(_DECLINED.fullmatch(text))


def _draft(text: str) -> str:
    """The excerpt line by line; only its own markers stay markers."""
    lines = (_MARKER.split(line) for line in text.splitlines() if line.strip())
    return "\n".join("".join(p if n % 2 else harmless(p.replace("\\", "")) for n, p in enumerate(line)) for line in lines)


@cache
def _template(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")

"""What is said to a model, how long it may take, and why it did not answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LlmError", "Message", "Patience", "Why"]


class Why(StrEnum):
    """Why there is no answer, or only a part of one."""

    UNREACHABLE = "unreachable"
    STATUS = "status"  # the detail is the status
    SLOW = "slow"  # no word in time, or not all of them
    BROKEN = "broken"  # the connection, or the answer before its end
    GARBLED = "garbled"  # no chat completion
    ENDLESS = "endless"  # words without an end, or the same again
    RESTING = "resting"  # it failed several times and is left alone for a while


class LlmError(Exception):
    """A server that did not answer, or not to the end; neither its words nor the key are in the message."""

    def __init__(self, why: Why, detail: str = "", *, status: int = 0, wait_s: float | None = None) -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why, self.detail, self.status, self.wait_s = why, detail, status, wait_s


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `whole` for everything, attempts and waits included; the other limits are shares of it."""

    whole: float = 30.0

    @property
    def connect(self) -> float:
        return min(3.0, self.whole / 4)

    @property
    def first(self) -> float:
        """Until the first word, or the first thought of a model that thinks."""
        return self.whole / 2

    @property
    def between(self) -> float:
        """From one word to the next."""
        return self.whole / 4

    @property
    def waits(self) -> float:
        """Between attempts, all of them together."""
        return min(5.0, self.whole / 4)

"""What can be asked here: the App Home, the help that an empty question gets, and the form for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    DividerBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    PlainTextInputElement,
    SectionBlock,
)
from slack_sdk.models.views import View

from web.channels.slack.blocks import Posting, address, context, linked, suggestion_buttons
from web.channels.slack.rich import escaped
from web.schemas import DocumentSummary
from web.strings import say

__all__ = ["Rated", "help_with", "home", "reason_form"]

LISTED = 80  # of the 100 blocks of a view
REASON = 2000


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that did not help, and where to thank for the reason; `str` and `of` carry it through a form."""

    answer: str
    channel: str
    thread: str

    def __str__(self) -> str:
        return f"{self.answer} {self.channel} {self.thread}"

    @classmethod
    def of(cls, written: str) -> Rated:
        answer, channel, thread = (*written.split(" "), "", "", "")[:3]
        return cls(answer, channel, thread)


def help_with(examples: Sequence[str], language: str) -> Posting:
    """How to ask, and questions to press."""
    hello = say(language, "slack_hello")
    blocks = (SectionBlock(text=MarkdownTextObject(text=hello)), *suggestion_buttons(examples))
    return Posting("\n".join((hello, *map(escaped, examples))), blocks)


def home(examples: Sequence[str], documents: Sequence[DocumentSummary], public_url: str, language: str = "zh") -> View:
    """How to ask, questions to press, and the documents that answers come from."""
    shown = [context(_document(each, public_url)) for each in documents[:LISTED]]
    if len(documents) > LISTED:
        shown.append(context(say(language, "slack_others", count=len(documents) - LISTED)))
    blocks = [
        HeaderBlock(text=say(language, "slack_home")),
        SectionBlock(text=MarkdownTextObject(text=say(language, "slack_hello"))),
        context(f"*{say(language, 'try')}*"),
        *suggestion_buttons(examples),
        DividerBlock(),
        context(f"*{say(language, 'library')}* · {say(language, 'hero_count', count=len(documents))}"),
        *shown,
    ]
    return View(type="home", blocks=blocks)


def reason_form(rated: Rated, language: str) -> View:
    """Asks what was wrong; nothing has to be said."""
    field = PlainTextInputElement(action_id="reason", multiline=True, max_length=REASON)
    return View(
        type="modal",
        callback_id="reason",
        private_metadata=str(rated),
        title=say(language, "slack_reason"),
        submit=say(language, "submit"),
        close=say(language, "close"),
        blocks=[InputBlock(block_id="reason", label=say(language, "why"), element=field, optional=True)],
    )


def _document(document: DocumentSummary, public_url: str) -> str:
    return linked(address(public_url, document.url), document.title, document.publisher, document.date)

"""The words that a message in Slack shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def rich_text(block: dict[str, Any]) -> Iterator[str]:
    """The words of a block of rich text, in order; entries of lists end in a line break."""
    for element in block.get("elements", []):
        if "text" in element:
            yield element["text"]
        else:
            yield from rich_text(element)
            yield "\n" if block.get("type") == "rich_text_list" else ""


def words_of(post: dict[str, Any]) -> str:
    """Everything that a message shows in its blocks."""
    shown: list[str] = []
    for block in post.get("blocks", []):
        if block["type"] == "rich_text":
            shown.append("".join(rich_text(block)))
        shown += [text["text"] for text in (block.get("text"), *block.get("elements", ())) if text and text["type"] == "mrkdwn"]
    return "\n".join(shown)

"""What Slack refuses: messages and views that are too long, malformed or would be read as notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.web.slack.shown import rich_text

# what may stand in mrkdwn beside plain words: links, people, and the three signs as entities
NOTATION = re.compile(r"<https?://[^<>|\s]+(?:\|[^<>|]+)?>|<@[A-Z0-9]+>|&amp;|&lt;|&gt;")


def units(text: str) -> int:
    """Length as Slack counts it."""
    return len(text.encode("utf-16-le")) // 2


def message_wrongs(given: dict[str, Any]) -> Iterator[str]:
    yield from mrkdwn_wrongs(given.get("text", ""), 40_000)
    yield from blocks_wrongs(given.get("blocks") or [], 50)
    if given.get("unfurl_links") or given.get("unfurl_media"):
        yield "links are unfurled"
    metadata = given.get("metadata")
    if metadata is not None:
        if set(metadata) != {"event_type", "event_payload"} or not re.fullmatch(r"[a-z0-9_]+", metadata["event_type"]):
            yield f"metadata is not event_type and event_payload: {metadata}"
        yield from (f"metadata {name} is nested" for name, value in metadata["event_payload"].items() if not _flat(value))


def _flat(value: Any) -> bool:
    plain = (str, int, float, bool)
    if isinstance(value, list):
        return all(isinstance(each, dict) and all(isinstance(v, plain) for v in each.values()) for each in value)
    return isinstance(value, plain)


def view_wrongs(view: dict[str, Any]) -> Iterator[str]:
    if view.get("type") not in ("home", "modal"):
        yield f"a view of type {view.get('type')}"
    if view.get("type") == "modal":
        for name in ("title", "submit", "close"):
            yield from plain_wrongs(view.get(name), 24)
        if units(view.get("private_metadata", "")) > 3000 or units(view.get("callback_id", "")) > 255:
            yield "private_metadata or callback_id is too long"
    yield from blocks_wrongs(view["blocks"], 100)


def blocks_wrongs(blocks: list[dict[str, Any]], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id comes twice"
    for block in blocks:
        check = BLOCKS.get(block.get("type", ""))
        if check is None:
            yield f"a block of type {block.get('type')}"
        else:
            yield from check(block)


def section_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from text_wrongs(block.get("text"), 3000)


def header_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from plain_wrongs(block.get("text"), 150)


def context_wrongs(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"a context of {len(elements)} elements"
    for element in elements:
        yield from text_wrongs(element, 3000)


def actions_wrongs(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"actions of {len(elements)} elements"
    ids = [element.get("action_id") for element in elements]
    if len(ids) != len(set(ids)) or not all(ids):
        yield f"action ids {ids}"
    for element in elements:
        yield from plain_wrongs(element.get("text"), 75)
        if units(element.get("value", "")) > 2000 or units(element.get("url", "")) > 3000:
            yield "a button's value or address is too long"


def image_wrongs(block: dict[str, Any]) -> Iterator[str]:
    if not re.match(r"https?://", block.get("image_url", "")) or len(block["image_url"]) > 3000:
        yield "an image without an address"
    if not 1 <= units(block.get("alt_text", "")) <= 2000:
        yield "an image without an alternative text, or one too long"
    yield from plain_wrongs(block.get("title"), 2000)


def input_wrongs(block: dict[str, Any]) -> Iterator[str]:
    yield from plain_wrongs(block.get("label"), 2000)
    if not 1 <= block["element"].get("max_length", 1) <= 3000:
        yield "an input that takes too much"


def rich_wrongs(block: dict[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "rich text of nothing"
    for element in block.get("elements", []):
        yield from RICH.get(element.get("type", ""), unknown_rich)(element)
    # Slack names no limit for rich text; what holds for a section is safe
    if units("".join(rich_text(block))) > 3000:
        yield "rich text longer than a section"


def rich_section_wrongs(element: dict[str, Any]) -> Iterator[str]:
    for part in element.get("elements", []):
        if part.get("type") not in ("text", "link", "user") or not part.get("text"):
            yield f"rich text of {part}"
        if part.get("type") == "link" and not re.match(r"https?://\S+$", part.get("url", "")):
            yield f"a link to {part.get('url')}"


def rich_list_wrongs(element: dict[str, Any]) -> Iterator[str]:
    if element.get("style") not in ("bullet", "ordered") or not 0 <= element.get("indent", 0) <= 8:
        yield f"a list of style {element.get('style')}, indented {element.get('indent')}"
    for entry in element.get("elements", []):
        if entry.get("type") != "rich_text_section":
            yield "a list of something else than sections"
        yield from rich_section_wrongs(entry)


def unknown_rich(element: dict[str, Any]) -> Iterator[str]:
    yield f"rich text of type {element.get('type')}"


def text_wrongs(text: Any, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ("mrkdwn", "plain_text"):
        yield f"no text object: {text}"
    elif text["type"] == "mrkdwn":
        yield from mrkdwn_wrongs(text["text"], most)
    else:
        yield from plain_wrongs(text, most)


def plain_wrongs(text: Any, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text" or not 1 <= units(text.get("text", "")) <= most:
        yield f"no plain text of 1 to {most} characters: {text}"


def mrkdwn_wrongs(text: str, most: int) -> Iterator[str]:
    if not 1 <= units(text) <= most:
        yield f"{units(text)} characters where 1 to {most} are taken"
    if re.search(r"[<>&]", NOTATION.sub("", text)):
        yield f"signs that would be read as notation: {text}"


BLOCKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "section": section_wrongs,
    "header": header_wrongs,
    "context": context_wrongs,
    "actions": actions_wrongs,
    "image": image_wrongs,
    "input": input_wrongs,
    "rich_text": rich_wrongs,
    "divider": lambda _block: iter(()),
}

RICH: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "rich_text_section": rich_section_wrongs,
    "rich_text_preformatted": rich_section_wrongs,
    "rich_text_quote": rich_section_wrongs,
    "rich_text_list": rich_list_wrongs,
}

"""How is an answer shown in Slack: what is said, then where each piece stands, within what a message may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, zip_longest

from rich.cells import cell_len
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    ImageBlock,
    MarkdownTextObject,
    SectionBlock,
)
from slack_sdk.models.metadata import Metadata

from web import strings
from web.addresses import absolute
from web.channels.slack.cut import cut, pieces, shortened
from web.channels.slack.rich import escaped, preformatted, rich, spoken
from web.excerpts import excerpt
from web.markdown import without_tables
from web.schemas import AnswerOut, ChartOut, CitationOut, ConflictOut, PassageOut
from web.strings import say

__all__ = ["ASK", "Posting", "address", "answered", "context", "linked", "suggestion_buttons", "words"]

SECTION = 3000  # characters that Slack takes in one block of text
SECTIONS = 4  # of them for the answer itself; what is longer is read in a browser
SOURCE_BLOCKS = 24  # of the 50 blocks of a message
BUTTON = 75
TEXT = 3900  # beyond it Slack cuts, where it likes
ASK = "ask"  # what the buttons that ask are called, before their number


@dataclass(frozen=True, slots=True)
class Posting:
    """A message ready to be posted: blocks to look at, text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()
    metadata: Metadata | None = None


def answered(answer: AnswerOut, public_url: str = "", *, asked_by: str = "", pictures: bool = True) -> Posting:
    """The answer with its sources, conflicts, chart, notes and buttons; its citations also as metadata, for programs.

    `asked_by` is the user whose question no message shows. Links need `public_url`; so do pictures, else there is a table.
    """
    view = _View(answer, public_url, strings.of(answer.question))
    blocks = (
        *view.asked(asked_by),
        *view.said(),
        *(view.conflict(each) for each in answer.conflicts[:5]),
        *view.chart(pictures=pictures),
        *view.nearest(),
        *view.notes(),
        *view.sources(),
        *view.actions(),
    )
    return Posting(view.text(), blocks, _metadata(answer))


def words(text: str) -> Posting:
    """A sentence of the interface."""
    return Posting(text, (SectionBlock(text=MarkdownTextObject(text=text)),))


def context(line: str) -> ContextBlock:
    """One small line of mrkdwn."""
    return ContextBlock(elements=[MarkdownTextObject(text=line)])


def linked(url: str, title: str, *more: str) -> str:
    """A document in mrkdwn: its title, linked where there is an address, and what else is known of it."""
    label = escaped(shortened(title, 150))
    named = f"<{url}|{label.replace('|', '｜')}>" if url else label
    return " · ".join((named, *(escaped(shortened(each, 80)) for each in more if each)))


def address(public_url: str, path: str) -> str:
    """Where a path is open to people, empty where it is not."""
    return absolute(path, public_url) if public_url else ""


def suggestion_buttons(questions: Iterable[str]) -> Iterator[ActionsBlock]:
    """A button for each question, that asks it; nothing where there are none."""
    buttons = [
        ButtonElement(text=shortened(each, BUTTON), action_id=f"{ASK}{place}", value=each)
        for place, each in enumerate(islice(questions, 5))
    ]
    if buttons:
        yield ActionsBlock(elements=buttons)


@dataclass(frozen=True, slots=True)
class _View:
    answer: AnswerOut
    public_url: str
    language: str

    def asked(self, by: str) -> Iterator[Block]:
        if by:
            yield context(f"<@{by}>：{escaped(shortened(self.answer.question, 500))}")

    def said(self) -> Iterator[Block]:
        parts = list(islice(pieces(without_tables(self.answer.answer), SECTION), SECTIONS + 1))
        yield from (rich(part, self._marked) for part in parts[:SECTIONS] if part.strip())
        if len(parts) > SECTIONS:
            more = say(self.language, "slack_more")
            yield context(f"<{self._page()}|{more}>" if self.public_url else say(self.language, "slack_cut"))

    def conflict(self, conflict: ConflictOut) -> Block:
        title = f"**{say(self.language, 'conflict')}**：{conflict.about}"
        sides = "\n".join(f"- {side.text} [{side.n}]" for side in conflict.sides)
        return rich(cut(f"{title}\n{sides}", SECTION)[0], self._marked)

    def chart(self, *, pictures: bool) -> Iterator[Block]:
        chart = self.answer.chart
        if chart is None:
            return
        table = _table(chart)
        if self.public_url and pictures:
            alt = shortened(f"{chart.title}\n{table}", 2000)
            yield ImageBlock(image_url=f"{self._page()}/chart.png", alt_text=alt, title=shortened(chart.title, 2000))
        else:
            yield preformatted(cut(f"{chart.title}\n{table}", SECTION)[0].rstrip())

    def nearest(self) -> Iterator[Block]:
        if self.answer.nearest:
            yield context(f"*{say(self.language, 'nearest')}*")
            yield from (context(self._near(passage)) for passage in self.answer.nearest)

    def notes(self) -> Iterator[Block]:
        yield from (context(escaped(shortened(note, 500))) for note in self.answer.notes[:5] if note.strip())

    def sources(self) -> Iterator[Block]:
        yield from map(context, islice(_packed(list(map(self._source, self.answer.citations))), SOURCE_BLOCKS))

    def actions(self) -> Iterator[Block]:
        button = partial(ButtonElement, value=self.answer.id)
        buttons = [button(text=say(self.language, name), action_id=name) for name in ("helpful", "unhelpful")]
        if self.public_url:
            buttons.append(button(text=say(self.language, "slack_open"), action_id="open", url=self._page()))
        yield ActionsBlock(elements=buttons)
        yield from suggestion_buttons(self.answer.suggestions)

    def text(self) -> str:
        sources = "\n".join(f"[{c.n}] {_origin(c)}" for c in self.answer.citations)
        said = spoken(without_tables(self.answer.answer))
        return _escaped_lines(shortened("\n\n".join(filter(str.strip, (said, sources))), TEXT)) or self.answer.id

    def _source(self, citation: CitationOut) -> str:
        return f"[{citation.n}] {self._linked(citation)}"

    def _near(self, passage: PassageOut) -> str:
        return f"{self._linked(passage)}：{escaped(shortened(excerpt(passage.passage, passage.section), 200))}"

    def _linked(self, place: CitationOut | PassageOut) -> str:
        return linked(self._url(place.url), place.title.strip() or place.document, place.publisher, place.date)

    def _marked(self, n: int) -> str:
        return next((self._url(citation.url) for citation in self.answer.citations if citation.n == n), "")

    def _url(self, path: str) -> str:
        return address(self.public_url, path)

    def _page(self) -> str:
        return f"{self.public_url}/a/{self.answer.id}"


def _packed(lines: list[str]) -> Iterator[str]:
    """One line a block; where there are too many of them, several lines share one as far as it holds them."""
    together = -(-len(lines) // (SOURCE_BLOCKS - 4))
    block: list[str] = []
    for line in lines:
        if block and (len(block) == together or len("\n".join((*block, line))) > SECTION):
            yield "\n".join(block)
            block = []
        block.append(line)
    if block:
        yield "\n".join(block)


def _escaped_lines(text: str) -> str:
    return "\n".join(map(escaped, text.split("\n")))


def _origin(citation: CitationOut) -> str:
    return " · ".join(filter(None, (citation.title, citation.publisher, citation.date)))


def _table(chart: ChartOut) -> str:
    """Labels and values under each other, a column for each series."""
    columns = [("", *chart.labels), *((series.name, *map(_figure, series.values)) for series in chart.series)]
    widths = [max(map(cell_len, column)) for column in columns]
    rows = zip_longest(*columns, fillvalue="")
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, f"（{chart.unit}）" if chart.unit else ""]).strip("\n")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - cell_len(cell))


def _metadata(answer: AnswerOut) -> Metadata:
    """Which words of which documents carry the answer: offsets as in every other channel."""
    cited = [{"n": c.n, "document": c.document, "start": c.start, "end": c.end} for c in answer.citations]
    return Metadata(event_type="yanda_answer", event_payload={"answer": answer.id, "citations": cited})

"""What does an answer look like as a chat completion, whole and in chunks?"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from rag.types import Ask, Delta
from web import plain
from web.addresses import absolute, with_addresses
from web.desk import Desk
from web.openai_schemas import MODEL, AnnotationOut, ChatIn, ChatOut, ChoiceOut, MessageOut, UrlCitation, UsageOut
from web.schemas import AnswerOut

__all__ = ["Completion"]


@dataclass(frozen=True, slots=True)
class Completion:
    """How one request wants its answer: `base` stands before every link, `created` is in seconds since 1970."""

    body: ChatIn
    base: str
    created: int

    def whole(self, answer: AnswerOut) -> ChatOut:
        message = self._message(answer)
        return ChatOut(
            id=_name(answer.id),
            created=self.created,
            system_fingerprint=answer.index,
            choices=[ChoiceOut(message=message)],
            usage=self._usage(message),
            yanda=with_addresses(answer, self.base) if self.body.yanda.answer else None,
        )

    async def chunks(self, desk: Desk, asked: Ask) -> AsyncGenerator[object]:
        """The words as they come; the last chunk with words carries what stands below them and the annotations."""
        answer_id = desk.new_id()
        fingerprint = desk.bot.library.fingerprint

        def chunk(delta: dict[str, object] | None, finish: str | None = None, **more: object) -> dict[str, object]:
            choices = [] if delta is None else [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]
            usage = {"usage": None} if self._counts else {}
            return {
                "id": _name(answer_id),
                "object": "chat.completion.chunk",
                "created": self.created,
                "model": MODEL,
                "system_fingerprint": fingerprint,
                "choices": choices,
                **usage,
                **more,
            }

        yield chunk({"role": "assistant", "content": "", "refusal": None})
        said = ""
        async with aclosing(desk.steps(asked, answer_id, channel="openai")) as steps:
            async for step in steps:
                if isinstance(step, Delta):
                    said += step.text
                    yield chunk({"content": step.text})
                elif isinstance(step, AnswerOut):
                    whole = self.whole(step)
        message = whole.choices[0].message
        annotations = [annotation.model_dump() for annotation in message.annotations]
        yield chunk({"content": message.content.removeprefix(said), "annotations": annotations})
        yield chunk({}, "stop", **({"yanda": whole.yanda.model_dump(mode="json")} if whole.yanda else {}))
        if self._counts:
            yield chunk(None, usage=whole.usage.model_dump())

    @property
    def _counts(self) -> bool:
        return bool(self.body.stream_options and self.body.stream_options.include_usage)

    def _message(self, answer: AnswerOut) -> MessageOut:
        under = plain.below(answer, self.base) if self.body.yanda.sources else ""
        return MessageOut(content=answer.answer + under, annotations=[*map(self._annotation, _markers(answer))])

    def _annotation(self, marker: plain.Marker) -> AnnotationOut:
        cited = marker.citation
        url = absolute(cited.url, self.base)
        place = UrlCitation(url=url, title=cited.title, start_index=marker.start, end_index=marker.end)
        return AnnotationOut(url_citation=place)

    def _usage(self, message: MessageOut) -> UsageOut:
        sent = sum(plain.tokens(one.content) for one in self.body.messages)
        said = plain.tokens(message.content)
        return UsageOut(prompt_tokens=sent, completion_tokens=said, total_tokens=sent + said)


def _markers(answer: AnswerOut) -> tuple[plain.Marker, ...]:
    return tuple(plain.markers(answer.answer, answer.citations))


def _name(answer_id: str) -> str:
    return f"chatcmpl-{answer_id}"

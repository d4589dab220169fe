"""What goes over the wire in OpenAI's shapes: the parts of a chat completion that mean something here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from web.schemas import AnswerOut, In

__all__ = [
    "MODEL",
    "AnnotationOut",
    "ChatIn",
    "ChatOut",
    "ChoiceOut",
    "MessageIn",
    "MessageOut",
    "ModelList",
    "ModelName",
    "ModelOut",
    "UrlCitation",
    "UsageOut",
]

MODEL = "yanda"
READ = ("text", "refusal")  # the parts of a message that hold text, by the name of the member that does


def _words(content: object) -> object:
    """The text of a message, its parts joined; a picture or a sound is refused, as without it another thing is asked."""
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    return "\n".join(_part(place, part) for place, part in enumerate(content))


def _part(place: int, part: object) -> str:
    kind = part.get("type") if isinstance(part, dict) else None
    text = part.get(kind) if isinstance(part, dict) and kind in READ else None
    if not isinstance(text, str):
        raise PydanticCustomError("unsupported_value", "part {place} is no text; only text is read", {"place": place})
    return text


PARTS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"type": {"enum": ["text"]}, "text": {"type": "string"}},
        "required": ["type", "text"],
    },
}
Words = Annotated[
    str, BeforeValidator(_words), WithJsonSchema({"anyOf": [{"type": "string"}, PARTS, {"type": "null"}], "title": "Content"})
]


# another name is no bad request but a model that is not there, and that is said with 404
ModelName = Annotated[str, WithJsonSchema({"type": "string", "enum": [MODEL]})]


class Taken(BaseModel):
    """A part of a request: what it does not name is taken and ignored, as clients send a good deal."""

    model_config = ConfigDict(extra="ignore")


class MessageIn(Taken):
    role: Annotated[
        Literal["system", "developer", "user", "assistant", "tool", "function"],
        Field(description="instructions and tool results are not read"),
    ]
    content: Words = ""


class StreamOptionsIn(Taken):
    include_usage: bool | None = None


class FormatIn(Taken):
    type: Literal["text"]


class YandaIn(In):
    """What OpenAI has no parameter for."""

    sources: Annotated[bool, Field(description="notes and a numbered list of sources under the text")] = True
    documents: Annotated[tuple[str, ...], Field(max_length=1000, description="ids to stay within; empty means all")] = ()
    answer: Annotated[bool, Field(description="the whole answer as POST /api/ask gives it, beside the choices")] = False


class ChatIn(Taken):
    """Refused is what would have a client misread the answer; temperature, max_tokens and the like change nothing."""

    model: ModelName
    messages: Annotated[list[MessageIn], Field(min_length=1, description="the last of the user is the question")]
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    n: Literal[1] | None = None
    tool_choice: Annotated[Literal["none", "auto"] | None, Field(description="tools may be offered; none is called")] = None
    function_call: Literal["none", "auto"] | None = None
    response_format: FormatIn | None = None
    modalities: list[Literal["text"]] | None = None
    logprobs: Literal[False] | None = None
    yanda: YandaIn = YandaIn()


class UrlCitation(BaseModel):
    """`start_index` and `end_index` are the marker in the message's text, in characters (code points)."""

    url: str
    title: str
    start_index: int
    end_index: int


class AnnotationOut(BaseModel):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class MessageOut(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[AnnotationOut]


class ChoiceOut(BaseModel):
    index: int = 0
    message: MessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class UsageOut(BaseModel):
    """An estimate, there is no tokenizer: Latin words, groups of three digits, other characters."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatOut(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    system_fingerprint: str
    choices: list[ChoiceOut]
    usage: UsageOut
    yanda: AnswerOut | None = None


class ModelOut(BaseModel):
    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelOut] = [ModelOut()]

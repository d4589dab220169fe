"""What does Slack send: each kind of payload with the fields that are used, and `read` to tell them apart."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qs

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

__all__ = ["Button", "Command", "EventCallback", "HomeOpened", "Malformed", "Message", "Payload", "Press", "Submission", "read"]

# Slack writes null for some fields that it has nothing to say in
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Named = Annotated[str, Field(min_length=1)]


class Malformed(ValueError):
    """A body that is nothing Slack sends; `str(error)` says where, without repeating what was sent."""


class Payload(BaseModel):
    """Any payload; one that only ever comes once has no key."""

    type: Text = ""

    @property
    def key(self) -> str:
        """The same for every delivery of the same thing, empty where Slack delivers once."""
        return ""


class Message(BaseModel):
    """A message, as `message` or as `app_mention`."""

    type: Text = ""
    channel: Named
    ts: Text = ""
    user: Text = ""
    text: Text = ""
    thread_ts: Text = ""
    channel_type: Text = ""
    subtype: Text = ""
    bot_id: Text = ""
    parent_user_id: Text = ""
    hidden: bool = False


class HomeOpened(BaseModel):
    type: Text = ""
    user: Named
    tab: Text = ""


class OtherEvent(BaseModel):
    type: Named


class Authorization(BaseModel):
    user_id: Text = ""
    is_bot: bool = False


class EventCallback(Payload):
    """An event with its envelope."""

    event_id: Named
    event: dict[str, Any]
    authorizations: list[Authorization] = []

    @property
    def key(self) -> str:
        return self.event_id

    @property
    def told(self) -> Message | HomeOpened | OtherEvent:
        shape = EVENTS.get(str(self.event.get("type")), OtherEvent)
        return shape.model_validate(self.event)

    @property
    def bot_user(self) -> str:
        """Who the event was sent to, as far as the envelope says."""
        return next((one.user_id for one in self.authorizations if one.is_bot), "")


class Command(Payload):
    """`/yanda QUESTION`."""

    command: Named
    text: Text = ""
    user_id: Named
    channel_id: Named
    trigger_id: Text = ""
    response_url: Text = ""

    @property
    def key(self) -> str:
        return self.trigger_id


class Id(BaseModel):
    id: Named


class Button(BaseModel):
    action_id: Text = ""
    value: Text = ""


class Place(BaseModel):
    ts: Text = ""
    thread_ts: Text = ""


class Press(Payload):
    """A button was pressed, in a message or in the App Home."""

    user: Id
    channel: Id | None = None
    message: Place | None = None
    actions: list[Button] = []
    trigger_id: Text = ""

    @property
    def key(self) -> str:
        return self.trigger_id


class Filled(BaseModel):
    values: dict[str, dict[str, dict[str, Any]]] = {}


class View(BaseModel):
    private_metadata: Text = ""
    state: Filled = Filled()


class Submission(Payload):
    """A form was sent."""

    user: Id
    view: View

    @property
    def written(self) -> str:
        """What stands in the fields of the form."""
        inputs = [field for block in self.view.state.values.values() for field in block.values()]
        return "\n".join(value for field in inputs if isinstance(value := field.get("value"), str))


class Verification(Payload):
    challenge: Named


EVENTS: dict[str, type[Message | HomeOpened]] = {"message": Message, "app_mention": Message, "app_home_opened": HomeOpened}
CALLBACKS: dict[str, type[Payload]] = {"url_verification": Verification, "event_callback": EventCallback}
INTERACTIONS: dict[str, type[Payload]] = {"block_actions": Press, "view_submission": Submission}
OBJECT = TypeAdapter(dict[str, Any])


def read(body: str, content_type: str = "") -> Payload:
    """What a body carries; raises Malformed where it is neither an event nor a command nor an interaction."""
    try:
        return _read(body, content_type.split(";")[0])
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]
        raise Malformed(f"{'.'.join(map(str, wrong['loc'])) or 'body'}: {wrong['msg']}") from error


def _read(body: str, content_type: str) -> Payload:
    # told apart as bolt does, or the two would take one body for different things
    if content_type == "application/json" or body.startswith("{"):
        return _typed(body, CALLBACKS)
    try:
        form = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True, max_num_fields=100).items()}
    except ValueError as error:
        raise Malformed("the body is neither JSON nor a form") from error
    if "payload" in form:
        return _typed(form["payload"], INTERACTIONS)
    # Slack looks now and then whether the address of a command still takes TLS
    return Payload() if form.get("ssl_check") == "1" else Command.model_validate(form)


def _typed(text: str, shapes: dict[str, type[Payload]]) -> Payload:
    fields = OBJECT.validate_json(text)
    name = fields.get("type")
    if not isinstance(name, str) or not name:
        raise Malformed("type: is missing")
    payload = shapes.get(name, Payload).model_validate(fields)
    if isinstance(payload, EventCallback):
        _ = payload.told  # its event is looked at before anything is acknowledged
    return payload

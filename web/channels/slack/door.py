"""Who comes in: deliveries signed by Slack, each acknowledged before any work."""

from __future__ import annotations

import logging
import re
from typing import Any

from fastapi import FastAPI, Request, Response
from slack_bolt import BoltResponse
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from rag.settings import Settings
from web.channels.slack.conversation import Conversation
from web.channels.slack.payloads import Malformed, read
from web.channels.slack.respondent import Respondent
from web.channels.slack.threads import Threads
from web.channels.slack.workspace import Workspace
from web.database import Database
from web.deliveries import Deliveries
from web.desk import Desk
from web.problems import Problem

__all__ = ["serve"]

log = logging.getLogger(__name__)

ANY = re.compile("")
TIMESTAMP = re.compile(r"[0-9]{1,12}")


def serve(app: FastAPI, settings: Settings, path: str) -> None:
    """Everything that Slack sends comes to `path`: events, commands, presses and forms."""
    desk: Desk = app.state.desk
    database: Database = app.state.database
    conversation = Conversation(desk, Workspace(settings), Threads(database), settings.public_url)
    respondent = Respondent(conversation, Deliveries(database))
    handler = AsyncSlackRequestHandler(_bolt(respondent))
    verifier = SignatureVerifier(settings.slack_signing_secret, _DeskClock(desk))

    async def events(request: Request) -> Response:
        body = await _signed(request, verifier)
        try:
            payload = read(body, request.headers.get("content-type", ""))
        except Malformed as error:
            raise Problem(400, f"this is nothing that Slack sends; {error}") from error
        return await handler.handle(request, {"payload": payload, "body_text": body.strip()})

    app.add_api_route(path, events, methods=["POST"], include_in_schema=False)
    app.state.running.append(respondent.running)


async def _signed(request: Request, verifier: SignatureVerifier) -> str:
    """The body as text, or 401; bolt's own check would fail on a timestamp that is no number, and log what was asked."""
    timestamp, signature = (request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
    body = await request.body()
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, f"the body is not UTF-8 at byte {error.start}") from error
    well_formed = TIMESTAMP.fullmatch(timestamp) and signature.isascii()
    if not well_formed or not verifier.is_valid(text, timestamp, signature):
        raise Problem(401, "the signature is missing, wrong or older than five minutes; only Slack may post here")
    return text


class _DeskClock(Clock):
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def now(self) -> float:
        return self._desk.clock()


def _bolt(respondent: Respondent) -> AsyncApp:
    """Bolt acknowledges everything at once; what is to be done goes on beside the request."""
    # who we are is asked once, later, by the workspace: no request waits for it
    bolt = AsyncApp(
        name="yanda",
        client=AsyncWebClient(),
        authorize=_authorized,
        signing_secret="checked before bolt is reached",
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )

    async def once(context: AsyncBoltContext, next: Any) -> BoltResponse | None:
        if await respondent.take(context["payload"], context["body_text"]):
            taken: BoltResponse | None = await next()
            return taken
        return BoltResponse(status=200)

    async def later(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack()
        respondent.start(context["payload"])

    bolt.middleware(once)
    for listen in (bolt.event, bolt.command, bolt.action, bolt.view):
        listen(ANY)(later)
    bolt.error(_failed)
    return bolt


async def _authorized() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def _failed(error: Exception) -> BoltResponse:
    """What nobody listens to is acknowledged; where something broke, Slack is to deliver again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    log.error("a delivery of Slack was not taken", exc_info=error)
    return BoltResponse(status=503)

"""What is asked of Slack itself: who we are there, what a thread says, and to post; limits and hiccups are waited out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from rag.settings import Settings
from web.channels.slack.blocks import Posting

__all__ = ["SCOPES", "Me", "Posted", "Refused", "Said", "Workspace", "looked_at"]

log = logging.getLogger(__name__)

# each is told in docs/slack.md and asked for in web/slack-manifest.yaml
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "chat:write.public",
    "commands",
    "groups:history",
    "im:history",
    "im:write",
    "mpim:history",
)
TRIES = 5
PAGES = 5  # of a thread, 200 messages each
PATIENCE_S = 5


class Refused(Exception):
    """Slack did not do what was asked, at last; `code` is its word for why, such as `not_in_channel`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Me:
    """How 研答 is called in this workspace."""

    user: str
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours by its place."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a thread; `answer` is the id of the answer that it carries, empty where it carries none."""

    ts: str
    user: str
    bot: str
    text: str
    answer: str

    def by(self, me: Me) -> bool:
        return self.user == me.user or bool(self.bot and self.bot == me.bot)


class _AnyServerError(AsyncServerErrorRetryHandler):
    """Gateways before Slack answer 502 and 504 too."""

    async def _can_retry_async(self, *, response: HttpResponse | None = None, **_: object) -> bool:
        return response is not None and response.status_code >= 500


class Workspace:
    """One workspace, as the bot token sees it; every call raises Refused once waiting and retrying have not helped."""

    def __init__(self, settings: Settings) -> None:
        retries = [
            AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES),
            _AnyServerError(max_retry_count=TRIES),
            AsyncConnectionErrorRetryHandler(max_retry_count=TRIES),
        ]
        self._retries = retries
        self._client = AsyncWebClient(
            token=settings.slack_bot_token, base_url=settings.slack_api_url or AsyncWebClient.BASE_URL, retry_handlers=retries
        )
        self._me: Me | None = None
        self._asking = asyncio.Lock()

    async def me(self) -> Me:
        async with self._asking:
            if self._me is None:
                with _refusals():
                    known = await self._client.auth_test()
                self._me = Me(known["user_id"], known.get("bot_id") or "")
        return self._me

    async def post(self, channel: str, posting: Posting, thread: str = "") -> Posted:
        """Where it now stands: what is posted to a person stands in a channel of its own."""
        with _refusals():
            posted = await self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread or None,
                text=posting.text,
                blocks=posting.blocks,
                metadata=posting.metadata,
                unfurl_links=False,
                unfurl_media=False,
            )
        return Posted(posted.get("channel") or channel, posted.get("ts") or "")

    async def whisper(self, channel: str, user: str, posting: Posting, thread: str = "") -> None:
        """Only `user` sees it, until they look away."""
        with _refusals():
            await self._client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread or None, text=posting.text, blocks=posting.blocks
            )

    async def respond(self, url: str, posting: Posting, *, aloud: bool) -> None:
        """By the address that came with a command: it works in channels that 研答 has not joined."""
        with _refusals():
            answer = await AsyncWebhookClient(url, retry_handlers=self._retries).send(
                text=posting.text,
                blocks=posting.blocks,
                response_type="in_channel" if aloud else "ephemeral",
                unfurl_links=False,
                unfurl_media=False,
            )
        if answer.status_code != 200:
            raise Refused(f"{answer.status_code} {answer.body[:80]}")

    async def thread(self, channel: str, root: str, before: str = "") -> tuple[Said, ...]:
        """What was said in a thread, oldest first, up to the message `before`."""
        found: list[Said] = []
        cursor = ""
        for _ in range(PAGES):
            with _refusals():
                page = await self._client.conversations_replies(
                    channel=channel,
                    ts=root,
                    limit=200,
                    latest=before or None,
                    inclusive=False,
                    include_all_metadata=True,
                    cursor=cursor or None,
                )
            found.extend(map(_said, page.get("messages") or ()))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return tuple(said for said in found if not before or _moment(said.ts) < _moment(before))

    async def open(self, trigger: str, view: View) -> None:
        """A form, within three seconds of the press that `trigger` names."""
        with _refusals():
            await self._client.views_open(trigger_id=trigger, view=view)

    async def publish(self, user: str, view: View) -> None:
        with _refusals():
            await self._client.views_publish(user_id=user, view=view)


def looked_at(settings: Settings) -> tuple[bool, str]:
    """Whether Slack takes the token and grants every scope, and a line that says so or what to do."""
    base = settings.slack_api_url or WebClient.BASE_URL
    client = WebClient(token=settings.slack_bot_token, base_url=base, timeout=PATIENCE_S)
    try:
        known = client.auth_test()
    except SlackApiError as error:
        return False, f"Slack refuses the token ({_code(error)}); copy the bot token anew into slack_bot_token"
    except OSError as error:
        return False, f"Slack cannot be reached at {base} ({getattr(error, 'reason', error)})"
    granted = {name.lower(): value for name, value in known.headers.items()}.get("x-oauth-scopes", "")
    missing = [scope for scope in SCOPES if scope not in granted.replace(" ", "").split(",")] if granted else []
    if missing:
        return False, f"scopes are missing: {', '.join(missing)}; add them under OAuth & Permissions and reinstall the app"
    return True, f"on, as {known.get('user')} in {known.get('team')}"


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise Refused(_code(error)) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Refused(f"Slack cannot be reached: {error or type(error).__name__}") from error


def _code(error: SlackApiError) -> str:
    """Slack's word for what is wrong, or the status where it said nothing."""
    response = error.response
    said = response.get("error") if hasattr(response, "get") else None
    return str(said or getattr(response, "status_code", None) or getattr(response, "status", None) or "no answer")


def _said(message: dict[str, object]) -> Said:
    ts, user, bot, text = (str(message.get(name) or "") for name in ("ts", "user", "bot_id", "text"))
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    answer = str(payload.get("answer") or "") if isinstance(payload, dict) else ""
    return Said(ts, user, bot, text, answer)


def _moment(ts: str) -> tuple[int, int]:
    """Slack's timestamps by their order; compared as text, one with fewer digits would come too late."""
    seconds, _, counted = ts.partition(".")
    return (int(seconds), int(counted or 0)) if seconds.isdecimal() and (counted or "0").isdecimal() else (0, 0)

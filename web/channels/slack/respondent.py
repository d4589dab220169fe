"""Who answers in Slack: one delivery from its taking to the posted reply, once, whoever delivers it how often."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from web.channels.slack.blocks import ASK
from web.channels.slack.conversation import Conversation
from web.channels.slack.heard import Heard, heard, plain
from web.channels.slack.home import Rated
from web.channels.slack.payloads import Command, EventCallback, HomeOpened, Malformed, Message, Payload, Press, Submission, read
from web.channels.slack.workspace import Me, Refused
from web.deliveries import LEASE_S, Deliveries

__all__ = ["Respondent"]

log = logging.getLogger(__name__)

PATIENCE_S = 20  # for answers that are still being made when the server is told to stop


class Respondent:
    """Takes what was delivered, and works on it beside the requests; `running` must be open meanwhile."""

    def __init__(self, conversation: Conversation, deliveries: Deliveries) -> None:
        self._conversation = conversation
        self._deliveries = deliveries
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: set[str] = set()

    async def take(self, payload: Payload, body: str) -> bool:
        """Whether this is ours to do; it is written down before Slack is told so, and so outlives the process."""
        return not payload.key or await self._take(f"slack:{payload.key}", body)

    def start(self, payload: Payload) -> None:
        """Works on it from now on; whatever goes wrong is logged."""
        task = asyncio.create_task(self._finished(payload))
        self._tasks.add(task)  # the loop itself would let go of it
        task.add_done_callback(self._tasks.discard)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Goes on with what a dead process had taken; at the end waits for what is being answered."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await self._drain()

    async def _drain(self) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PATIENCE_S)
            for task in late:
                task.cancel()  # what it held is taken up by the next process
            if late:
                log.error("%d answers for Slack were not finished within %d s", len(late), PATIENCE_S)
                await asyncio.wait(late)

    async def _watch(self) -> None:
        while True:
            try:
                await self._look_after()
            except (sqlite3.Error, Malformed):
                log.exception("the deliveries of Slack could not be looked after")
            await asyncio.sleep(LEASE_S / 4)

    async def _look_after(self) -> None:
        now = self._conversation.desk.clock()
        await to_thread.run_sync(self._deliveries.renew, tuple(self._held), now)
        for left in await to_thread.run_sync(self._deliveries.abandoned, now):
            if left.key not in self._held and await self._take(left.key, left.body):
                log.warning("going on with %s, which another process left", left.key)
                self.start(read(left.body))

    async def _take(self, key: str, body: str = "") -> bool:
        taken = await to_thread.run_sync(self._deliveries.take, key, self._conversation.desk.clock(), body)
        if taken:
            self._held.add(key)
        return taken

    async def _finished(self, payload: Payload) -> None:
        held = [f"slack:{payload.key}"] if payload.key else []
        try:
            await self._work(payload, held)
        except Refused as error:
            log.error("Slack refused while %s was worked on: %s", payload.key or payload.type, error.code)
        except Exception:
            log.exception("%s from Slack could not be worked on", payload.key or payload.type)
        # not where this is cancelled: then somebody else is to take it
        self._held.difference_update(held)
        try:
            await to_thread.run_sync(self._deliveries.finish, held)
        except sqlite3.Error:
            log.exception("%s was worked on, and may be again: that could not be noted", payload.key)

    async def _work(self, payload: Payload, held: list[str]) -> None:
        match payload:
            case EventCallback():
                await self._event(payload, held)
            case Command():
                await self._conversation.command(payload)
            case Press():
                await self._press(payload)
            case Submission():
                rated = Rated.of(payload.view.private_metadata)
                await self._conversation.rate(rated, payload.user.id, helpful=False, reason=payload.written)

    async def _event(self, callback: EventCallback, held: list[str]) -> None:
        match callback.told:
            case HomeOpened(user=user, tab=tab) if tab in ("", "home"):
                await self._conversation.show_home(user)
            case Message() as message:
                me = await self._me(callback)
                spoken = heard(message, me.user)
                # a mention comes twice, as app_mention and as message: whichever is first is answered
                if spoken and await self._conversation.concerns(spoken, me) and await self._first(spoken, held):
                    await self._conversation.reply(spoken, me)

    async def _first(self, spoken: Heard, held: list[str]) -> bool:
        key = f"slack:{spoken.channel}:{spoken.ts}"
        first = await self._take(key)
        if first:
            held.append(key)
        return first

    async def _me(self, callback: EventCallback) -> Me:
        try:
            return await self._conversation.workspace.me()
        except Refused:
            if not callback.bot_user:
                raise
            return Me(callback.bot_user)

    async def _press(self, press: Press) -> None:
        for button in press.actions[:1]:
            channel = press.channel.id if press.channel else press.user.id
            place = press.message.thread_ts or press.message.ts if press.message else ""
            if button.action_id.startswith(ASK):
                question = Heard(channel, press.user.id, plain(button.value, ""), thread=place)
                await self._conversation.reply(question, await self._conversation.workspace.me())
            elif button.action_id in ("helpful", "unhelpful"):
                rated = Rated(button.value, channel, place)
                if button.action_id == "unhelpful":
                    await self._conversation.ask_why(rated, press.trigger_id)
                await self._conversation.rate(rated, press.user.id, helpful=button.action_id == "helpful")

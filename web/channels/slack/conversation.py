"""What is said to whom: a question of a channel, with its thread as history, put to the desk and answered there."""

from __future__ import annotations

import asyncio
import logging

from anyio import to_thread
from pydantic import ValidationError

from rag.types import Ask, Turn
from web import strings
from web.channels.slack.blocks import Posting, answered, words
from web.channels.slack.heard import MENTION, Heard, plain
from web.channels.slack.home import Rated, help_with, home, reason_form
from web.channels.slack.payloads import Command
from web.channels.slack.threads import Threads
from web.channels.slack.workspace import Me, Refused, Said, Workspace
from web.desk import Desk
from web.problems import Problem
from web.schemas import MAX_QUESTION, AnswerOut, AskIn
from web.strings import say

__all__ = ["Conversation"]

log = logging.getLogger(__name__)

REMEMBERED = 24  # turns of a thread that a follow-up may lean on
RECENT_S = 30 * 60  # how long a direct message may lean on the one before it
OPENING_S = 120  # how long a question waits for the library to be read
HELP = ("help", "帮助", "?", "？")
# where the channel cannot be posted to, the address that came with a command still can
CLOSED_TO_US = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope")


class Conversation:
    """The desk and the workspace, and which threads 研答 takes part in."""

    def __init__(self, desk: Desk, workspace: Workspace, threads: Threads, public_url: str) -> None:
        self.desk = desk
        self.workspace = workspace
        self._threads = threads
        self._public_url = public_url

    async def concerns(self, spoken: Heard, me: Me) -> bool:
        """Whether this is for 研答: it was asked, or it has answered, or was asked, in the same thread before."""
        if spoken.asked or spoken.ours:
            await to_thread.run_sync(self._threads.join, spoken.channel, spoken.root)
            return True
        joined = await to_thread.run_sync(self._threads.joined, spoken.channel, spoken.root)
        if joined is None:
            said = await self.workspace.thread(spoken.channel, spoken.root)
            joined = any(each.by(me) or me.user in MENTION.findall(each.text) for each in said)
            await to_thread.run_sync(lambda: self._threads.join(spoken.channel, spoken.root, joined=bool(joined)))
        return joined

    async def reply(self, spoken: Heard, me: Me) -> None:
        """The answer in its thread; the question above it where no message shows it."""
        posting = await self._reply(spoken, me)
        if isinstance(posting, Posting):
            await self.workspace.post(spoken.channel, posting, spoken.root)
            return
        await self._post(posting, spoken)

    async def command(self, command: Command) -> None:
        """The answer for everybody in the channel; what is said of the question itself only for whoever typed it."""
        spoken = Heard(command.channel_id, command.user_id, plain(command.text, ""))
        posting = await self._reply(spoken, Me(""))
        if isinstance(posting, Posting):
            await self.workspace.respond(command.response_url, posting, aloud=False)
            return
        try:
            await self._post(posting, spoken)
        except Refused as error:
            if error.code not in CLOSED_TO_US or not command.response_url:
                raise
            shown = answered(posting, self._public_url, asked_by=command.user_id, pictures=False)
            await self.workspace.respond(command.response_url, shown, aloud=True)

    async def ask_why(self, rated: Rated, trigger: str) -> None:
        kept = await to_thread.run_sync(self.desk.saved.find, rated.answer)
        try:
            await self.workspace.open(trigger, reason_form(rated, _language(kept.answer if kept else None)))
        except Refused as error:
            # the rating itself still counts
            log.warning("Slack opened no form for a reason: %s", error.code)

    async def rate(self, rated: Rated, user: str, *, helpful: bool, reason: str = "") -> None:
        """Kept with the answer, and acknowledged to whoever gave it."""
        kept = await to_thread.run_sync(self.desk.saved.find, rated.answer)
        known = kept is not None and await to_thread.run_sync(
            lambda: self.desk.saved.rate(rated.answer, helpful=helpful, reason=reason, given_at=self.desk.clock())
        )
        thanks = say(_language(kept.answer if kept else None), "thanks" if known else "slack_lost")
        if rated.channel:
            await self.workspace.whisper(rated.channel, user, words(thanks), rated.thread)

    async def show_home(self, user: str) -> None:
        await self._opened()
        await self.workspace.publish(user, home(self.desk.bot.examples(), self.desk.summaries(), self._public_url))

    async def _reply(self, spoken: Heard, me: Me) -> AnswerOut | Posting:
        """The answer, or what is said instead of one."""
        language = strings.of(spoken.question)
        if spoken.question.lower() in HELP:
            return self._help(language)
        try:
            await self._opened()
            asked = AskIn(question=spoken.question)
            return await self.desk.answer(Ask(asked.question, await self._history(spoken, me)), channel="slack")
        except ValidationError:
            if len(spoken.question) > MAX_QUESTION:
                return words(say(language, "slack_long", count=len(spoken.question), most=MAX_QUESTION))
            return self._help("zh")
        except Problem as error:
            return words(say(language, "error_503" if error.status_code == 503 else "error_other"))
        except Exception:
            log.exception("a question from Slack could not be answered")
            return words(say(language, "error_other"))

    def _help(self, language: str) -> Posting:
        return help_with(self.desk.bot.examples() if self.desk.ready else (), language)

    async def _post(self, answer: AnswerOut, spoken: Heard) -> None:
        by = "" if spoken.ts else spoken.user
        try:
            posted = await self.workspace.post(spoken.channel, answered(answer, self._public_url, asked_by=by), spoken.root)
        except Refused as error:
            if answer.chart is None or error.code != "invalid_blocks":
                log.error("answer %s could not be posted to %s: %s", answer.id, spoken.channel, error.code)
                raise
            # Slack could not fetch the picture: the table says the same
            shown = answered(answer, self._public_url, asked_by=by, pictures=False)
            posted = await self.workspace.post(spoken.channel, shown, spoken.root)
        root = spoken.root or posted.ts
        await to_thread.run_sync(self._threads.join, posted.channel, root)
        await to_thread.run_sync(self._threads.answered, posted.channel, root, answer.id, self.desk.clock())

    async def _opened(self) -> None:
        """Waits while the library is being read; a desk that stays closed says so itself."""
        for _ in range(OPENING_S * 2):
            if not self.desk.loading:
                return
            await asyncio.sleep(0.5)

    async def _history(self, spoken: Heard, me: Me) -> tuple[Turn, ...]:
        if not spoken.thread:
            return await self._recent(spoken) if spoken.direct else ()
        try:
            said = await self.workspace.thread(spoken.channel, spoken.thread, spoken.ts)
        except Refused as error:
            log.warning("Slack does not show the thread, the question stands alone: %s", error.code)
            return ()
        return await to_thread.run_sync(self._turns, said, me)

    async def _recent(self, spoken: Heard) -> tuple[Turn, ...]:
        """Direct messages follow each other without a thread: the answers of the last half hour are what they lean on."""
        since = self.desk.clock() - RECENT_S
        ids = await to_thread.run_sync(self._threads.answers, spoken.channel, since, REMEMBERED // 2)
        kept = [await to_thread.run_sync(self.desk.saved.find, each) for each in ids]
        return tuple(turn for one in kept if one for turn in _exchange(one.answer))

    def _turns(self, said: tuple[Said, ...], me: Me) -> tuple[Turn, ...]:
        """People's words as the user's, ours as the assistant's; an answer that is kept as it was given and understood."""
        turns: list[Turn] = []
        for each in said:
            if not each.by(me):
                if not each.bot and (question := plain(each.text, me.user)):
                    turns.append(Turn("user", question))
                continue
            kept = self.desk.saved.find(each.answer) if each.answer else None
            if kept is None:
                turns.append(Turn("assistant", plain(each.text, me.user)))
                continue
            if turns and turns[-1].role == "user":
                del turns[-1]
            turns.extend(_exchange(kept.answer))
        return tuple(turns[-REMEMBERED:])


def _exchange(answer: AnswerOut) -> tuple[Turn, Turn]:
    return Turn("user", answer.standalone_question), Turn("assistant", answer.answer)


def _language(answer: AnswerOut | None) -> str:
    return strings.of(answer.question) if answer else "zh"

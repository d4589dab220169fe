"""Each question is answered once: delivered again, out of order, at the same time, to several workers, or to one that died."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI

from rag.settings import Settings
from tests.web.slack.sender import Sender, callback
from tests.web.slack.stand_in import IM, ME, StandIn
from web.app import create_app
from web.database import Database
from web.deliveries import LEASE_S, Deliveries

Until = Callable[..., None]


@dataclass(frozen=True)
class Sent:
    """One delivery: the how-manieth of which event."""

    event: dict[str, Any]
    event_id: str
    retry: int


def questions(slack: StandIn, dice: random.Random) -> tuple[list[list[Sent]], list[str]]:
    """200 questions, the deliveries of each, and their words: mentions, direct messages, follow-ups."""
    sent: list[list[Sent]] = []
    asked: list[str] = []
    root = ""
    for place in range(200):
        words = f"问卷回收了多少份？第 {place} 问"
        asked.append(words)
        if place % 4 == 2:
            events = [slack.say(IM, words, channel_type="im")]
        elif place % 4 == 3:
            events = [slack.say("C1", words, root)]
        else:
            said = slack.say(f"C{1 + place % 4}", f"<@{ME}> {words}")
            root = said["ts"] if place % 4 == 0 else root
            # a mention arrives as both, under different ids
            events = [said | {"type": "app_mention"}, said]
        deliveries = []
        for kind, event in enumerate(events):
            times = list(range(dice.choice((1, 1, 2, 3, 4))))
            if len(times) > 1 and dice.random() < 0.4:
                del times[0]  # the first delivery never arrived
            deliveries += [Sent(event, f"Ev{place}-{kind}", retry) for retry in times]
        sent.append(deliveries)
    return sent, asked


def answered_questions(slack: StandIn, app: FastAPI) -> list[str]:
    kept = [app.state.desk.saved.find(post["metadata"]["event_payload"]["answer"]) for post in slack.posts]
    return [one.answer.question for one in kept]


@pytest.mark.parametrize("seed", [1, 2])
def test_200_redelivered_reordered_concurrent_questions_to_two_workers_get_200_answers(
    seed: int, slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until
) -> None:
    dice = random.Random(seed)
    sent, asked = questions(slack, dice)
    deliveries = [each for every in sent for each in every]
    dice.shuffle(deliveries)
    assert sum(each.retry > 0 for each in deliveries) > 100
    one, two = (create_app(bot, settings=settings) for _ in range(2))
    with serve(one) as first, serve(two) as second, ThreadPoolExecutor(16) as pool:
        workers = [Sender(first), Sender(second)]
        statuses = pool.map(lambda d: dice.choice(workers).event(d.event, d.event_id, retry=d.retry).status_code, deliveries)
        assert set(statuses) == {200}
        until(lambda: len(slack.posts) >= 200, 60)
        for each in deliveries[:50]:
            assert workers[each.retry % 2].event(each.event, each.event_id, retry=3).status_code == 200
    assert sorted(answered_questions(slack, one)) == sorted(asked)
    # each in the thread of its question
    roots = {
        message["text"].split("> ")[-1]: message.get("thread_ts", message["ts"]) for (d, *_) in sent for message in [d.event]
    }
    for post, question in zip(slack.posts, answered_questions(slack, one), strict=True):
        assert post["thread_ts"] == roots[question]


def test_the_second_question_of_a_thread_is_no_repeat_of_the_first(
    sender: Sender, slack: StandIn, bot: Any, until: Until
) -> None:
    root = slack.say("C1", f"<@{ME}> 问卷")
    sender.event(root | {"type": "app_mention"})
    until(lambda: len(slack.posts) == 1)
    for _ in range(3):
        sender.event(slack.say("C1", "问卷", root["ts"]))
    until(lambda: len(slack.posts) == 4)
    assert len(bot.asked) == 4


def test_only_the_retry_arrives_and_is_answered(sender: Sender, slack: StandIn, until: Until) -> None:
    sender.event(slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"}, "Ev1", retry=2)
    until(lambda: len(slack.posts) == 1)


def test_a_delivery_while_the_first_is_still_being_answered_is_dropped(
    sender: Sender, slack: StandIn, bot: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    answer = bot.answer
    monkeypatch.setattr(bot, "answer", lambda ask: (gate.wait(10), answer(ask))[1])
    event = slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"}
    for retry in range(4):
        assert sender.event(event, "Ev1", retry=retry).status_code == 200
    gate.set()
    until(lambda: len(slack.posts) == 1)
    sender.event(slack.say(IM, "问卷", channel_type="im"))
    until(lambda: len(slack.posts) == 2)
    assert len(bot.asked) == 2


def test_what_a_dead_worker_left_is_answered_by_the_next(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until
) -> None:
    event = slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"}
    deliveries = Deliveries(Database(settings.data_dir / "answers.sqlite3"))
    died = time.time() - LEASE_S - 1
    assert deliveries.take("slack:Ev1", died, json.dumps(callback(event, "Ev1")))
    assert deliveries.take(f"slack:C1:{event['ts']}", died)
    form = "command=%2Fyanda&text=%E9%97%AE%E5%8D%B7&user_id=U1&channel_id=C1&trigger_id=T9"
    assert deliveries.take("slack:T9", died, form)
    with serve(create_app(bot, settings=settings)) as address:
        until(lambda: len(slack.posts) == 2)
        Sender(address).event(event, "Ev1", retry=1)
    assert {post.get("thread_ts") for post in slack.posts} == {event["ts"], None}
    assert deliveries.abandoned(time.time() + 2 * LEASE_S) == ()


def test_what_a_living_worker_holds_is_left_to_it(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until
) -> None:
    deliveries = Deliveries(Database(settings.data_dir / "answers.sqlite3"))
    event = slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"}
    assert deliveries.take("slack:Ev1", time.time(), json.dumps(callback(event, "Ev1")))
    with serve(create_app(bot, settings=settings)) as address:
        Sender(address).event(event, "Ev1", retry=1)
        Sender(address).event(slack.say(IM, "问卷", channel_type="im"))
        until(lambda: len(slack.posts) == 1)
    assert slack.posts[0]["channel"] == IM


def test_a_server_that_is_told_to_stop_finishes_what_it_began(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = bot.answer
    monkeypatch.setattr(bot, "answer", lambda ask: (time.sleep(1), answer(ask))[1])
    with serve(create_app(bot, settings=settings)) as address:
        for _ in range(4):
            Sender(address).event(slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"})
        assert slack.posts == []
    assert len(slack.posts) == 4
    assert Counter(post["thread_ts"] for post in slack.posts).most_common(1)[0][1] == 1


def test_what_is_not_finished_in_time_is_left_for_the_next_start(
    slack: StandIn, bot: Any, settings: Settings, serve: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.channels.slack.respondent.PATIENCE_S", 0.2)
    gate = threading.Event()
    answer = bot.answer
    monkeypatch.setattr(bot, "answer", lambda ask: (gate.wait(3), answer(ask))[1])
    with serve(create_app(bot, settings=settings)) as address:
        Sender(address).event(slack.say("C1", f"<@{ME}> 问卷") | {"type": "app_mention"})
    assert slack.posts == []
    gate.set()
    later = lambda: time.time() + LEASE_S + 1  # noqa: E731
    with serve(create_app(bot, settings=settings, clock=later)):
        until(lambda: len(slack.posts) == 1)

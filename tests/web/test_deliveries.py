"""A delivery has one taker: across threads and processes, for a quarter of an hour, until whoever took it is silent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.database import Database
from web.deliveries import KEPT_S, LEASE_S, Deliveries, Delivery

NOW = 1_900_000_000.0


@pytest.fixture
def deliveries(tmp_path: Path) -> Deliveries:
    return Deliveries(Database(tmp_path / "answers.sqlite3"))


def test_the_first_takes_it_and_nobody_after(deliveries: Deliveries) -> None:
    assert deliveries.take("a", NOW)
    assert not deliveries.take("a", NOW + 1)
    assert deliveries.take("b", NOW + 1)


def test_what_is_finished_stays_finished_for_a_quarter_of_an_hour(deliveries: Deliveries) -> None:
    deliveries.take("a", NOW)
    deliveries.finish(["a"])
    assert not deliveries.take("a", NOW + LEASE_S + 1)
    assert not deliveries.take("a", NOW + KEPT_S)
    assert deliveries.take("a", NOW + KEPT_S + 1)


def test_what_is_unfinished_is_taken_again_once_its_taker_is_silent(deliveries: Deliveries) -> None:
    deliveries.take("a", NOW)
    assert not deliveries.take("a", NOW + LEASE_S)
    assert deliveries.take("a", NOW + LEASE_S + 1)
    assert not deliveries.take("a", NOW + LEASE_S + 2)


def test_a_taker_that_says_it_goes_on_keeps_it(deliveries: Deliveries) -> None:
    deliveries.take("a", NOW, "body")
    deliveries.renew(["a"], NOW + LEASE_S)
    assert not deliveries.take("a", NOW + 2 * LEASE_S)
    assert deliveries.abandoned(NOW + 2 * LEASE_S) == ()
    assert deliveries.abandoned(NOW + 2 * LEASE_S + 1) == (Delivery("a", "body"),)


def test_what_was_left_is_told_word_for_word_and_forgotten_once_finished(deliveries: Deliveries, tmp_path: Path) -> None:
    deliveries.take("a", NOW, '{"text": "问题"}')
    deliveries.take("no body", NOW)
    later = NOW + LEASE_S + 1
    assert deliveries.abandoned(later) == (Delivery("a", '{"text": "问题"}'),)
    deliveries.finish(["a"])
    assert deliveries.abandoned(later) == ()
    with Database(tmp_path / "answers.sqlite3").open() as database:
        assert database.execute("SELECT body FROM deliveries WHERE key = 'a'").fetchone() == ("",)


def test_of_many_at_once_one_takes_it(tmp_path: Path) -> None:
    several = [Deliveries(Database(tmp_path / "answers.sqlite3")) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        for key in map(str, range(20)):
            took = list(pool.map(lambda place, key=key: several[place % 4].take(key, NOW), range(16)))
            assert took.count(True) == 1

"""Answers kept to share, and what people said of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.database import Database
from web.saved import CROCKFORD, Saved, ulid


@given(st.floats(0, 2**38), st.floats(0, 2**38), st.binary(min_size=10, max_size=10))
def test_ids_are_26_characters_that_sort_by_time(one: float, other: float, randomness: bytes) -> None:
    first, second = ulid(one, randomness), ulid(other, randomness)
    assert len(first) == 26
    assert set(first) <= set(CROCKFORD)
    if int(one * 1000) < int(other * 1000):
        assert first < second


def test_an_unknown_id_finds_nothing(tmp_path: Path) -> None:
    assert Saved(Database(tmp_path / "new" / "answers.sqlite3")).find("x") is None


@pytest.mark.anyio
async def test_an_answer_is_found_again_exactly_as_it_was_given(client: httpx.AsyncClient, tmp_path: Path) -> None:
    given_answer = (await client.post("/api/ask", json={"question": "分歧"})).json()
    kept = Saved(Database(tmp_path / "answers.sqlite3")).find(given_answer["id"])
    assert kept is not None
    assert kept.answer.model_dump(mode="json") == given_answer


@pytest.mark.anyio
async def test_a_streamed_answer_is_kept_too(client: httpx.AsyncClient, app: Any) -> None:
    response = await client.post("/api/ask", json={"question": "药师"}, headers={"Accept": "text/event-stream"})
    answer_id = response.text.rsplit('"id": "', 1)[1][:26]
    assert app.state.desk.saved.find(answer_id) is not None


@pytest.mark.anyio
async def test_a_disk_that_takes_nothing_costs_the_permalink_not_the_answer(
    client: httpx.AsyncClient, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(app.state.desk.saved, "keep", full)
    assert (await client.post("/api/ask", json={"question": "药师"})).json()["answered"] is True

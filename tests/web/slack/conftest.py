"""研答 with Slack switched on, and a workspace of Slack on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from rag.settings import Settings
from tests.web.slack.sender import Sender
from tests.web.slack.stand_in import SECRET, TOKEN, StandIn
from web.app import create_app


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack(serve: Any) -> Iterator[StandIn]:
    """A test fails that sends Slack something it would refuse."""
    stand_in = StandIn()
    with serve(stand_in.app()) as stand_in.address:
        yield stand_in
    assert stand_in.wrongs == []


@pytest.fixture
def settings(slack: StandIn, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        slack_signing_secret=SECRET,
        slack_bot_token=TOKEN,
        slack_api_url=f"{slack.address}/api",
        public_url="https://yanda.example",
    )


@pytest.fixture
def app(bot: Any, settings: Settings) -> FastAPI:
    return create_app(bot, settings=settings)


@pytest.fixture
def sender(address: str) -> Sender:
    return Sender(address)


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    return _until


def _until(condition: Callable[[], bool], seconds: float = 20) -> None:
    for _ in range(int(seconds * 50)):
        if condition():
            return
        threading.Event().wait(0.02)
    raise AssertionError(f"it did not happen within {seconds} seconds")

"""The stand-in bot and the server of the web's tests, with every channel switched on, for contracts kept over the network."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI

from rag.settings import Settings
from tests.web.slack.stand_in import SECRET, TOKEN, StandIn
from web.app import create_app

WEB = Path(__file__).parent.parent / "web"


def _shared(name: str, place: Path) -> ModuleType:
    """What one folder's tests share with another's is loaded by its path: tests are no package."""
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_web, _slack = _shared("shared_with_web", WEB / "conftest.py"), _shared("shared_with_slack", WEB / "slack" / "conftest.py")
bot, serve, address = _web.bot, _web.serve, _web.address
slack, no_proxy = _slack.slack, _slack.no_proxy


@pytest.fixture
def settings(slack: StandIn, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, slack_signing_secret=SECRET, slack_bot_token=TOKEN, slack_api_url=f"{slack.address}/api")


@pytest.fixture
def app(bot: Any, settings: Settings) -> FastAPI:
    return create_app(bot, settings=settings)

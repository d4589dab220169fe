"""Do the manifest, the two how-tos and the code ask for the same, and does `yanda check` see what is missing?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.settings import Settings
from tests.web.slack.stand_in import StandIn
from web import cli_check
from web.channels.slack import PATH
from web.channels.slack.workspace import SCOPES, looked_at
from web.cli_tables import Finding

ROOT = Path(__file__).parents[3]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "web/slack-manifest.yaml").read_text("utf-8"))
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def test_the_manifest_asks_for_the_scopes_that_are_used() -> None:
    assert tuple(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert MANIFEST["features"]["slash_commands"][0]["command"] == "/yanda"


def test_everything_comes_to_one_address() -> None:
    text = (ROOT / "web/slack-manifest.yaml").read_text("utf-8")
    assert re.findall(r"url: https://yanda\.example\.com(\S+)", text) == [PATH] * 3


@pytest.mark.parametrize("name", ["slack.md", "slack.zh-CN.md"])
def test_the_how_to_names_every_scope_and_event(name: str) -> None:
    told = "\n".join(line for line in (ROOT / "docs" / name).read_text("utf-8").splitlines() if line.startswith("|"))
    assert [each for each in (*SCOPES, *EVENTS) if f"`{each}`" not in told] == []


def test_check_asks_slack_who_we_are(settings: Settings) -> None:
    assert looked_at(settings) == (True, "on, as yanda in 青禾")
    assert cli_check._slack(settings) == Finding("slack", True, "on, as yanda in 青禾")


def test_check_names_the_scopes_that_are_missing(settings: Settings, slack: StandIn) -> None:
    slack.scopes = "chat:write,commands"
    well, said = looked_at(settings)
    assert not well
    assert "app_mentions:read, channels:history, chat:write.public, groups:history" in said


def test_check_says_that_the_token_is_refused(settings: Settings) -> None:
    well, said = looked_at(replace(settings, slack_bot_token="xoxb-wrong"))
    assert not well
    assert "invalid_auth" in said
    assert "xoxb-wrong" not in said


def test_check_says_that_slack_cannot_be_reached(settings: Settings) -> None:
    well, said = looked_at(replace(settings, slack_api_url="http://127.0.0.1:9/api"))
    assert not well
    assert "cannot be reached at http://127.0.0.1:9/api" in said

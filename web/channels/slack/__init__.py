"""Questions asked in Slack, answered in their thread."""

from __future__ import annotations

from fastapi import FastAPI

from rag.settings import Settings
from web.problems import Problem

__all__ = ["install"]

PATH = "/slack/events"


def install(app: FastAPI, settings: Settings) -> None:
    """The route; until both secrets are set it answers 503 and nothing is read."""
    if not (settings.slack_signing_secret and settings.slack_bot_token):
        app.add_api_route(PATH, _closed, methods=["POST"], include_in_schema=False)
        return
    # half a second of imports, for those only who use Slack
    from web.channels.slack.door import serve

    serve(app, settings, PATH)


async def _closed() -> None:
    raise Problem(503, "Slack is off until slack_signing_secret and slack_bot_token are both set; docs/slack.md says how")

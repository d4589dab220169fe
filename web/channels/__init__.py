"""Which ways lead to the bot: one module a channel, one line here."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from rag.settings import Settings
from web.channels import admin, api, charts, health, mcp, metrics, openai, page, slack, sources

__all__ = ["CHANNELS"]

# each puts its routes into the app, or says there why the settings keep it closed; the desk is app.state.desk
CHANNELS: tuple[Callable[[FastAPI, Settings], None], ...] = (
    health.install,
    metrics.install,
    admin.install,
    api.install,
    openai.install,
    mcp.install,
    slack.install,
    sources.install,
    charts.install,
    page.install,
)

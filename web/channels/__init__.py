"""Which ways lead to the bot: one module a channel, one line here."""

from __future__ import annotations

from fastapi import APIRouter

from web.channels import api, health, page, sources

__all__ = ["CHANNELS"]

CHANNELS: tuple[APIRouter, ...] = (health.router, api.router, sources.router, page.router)

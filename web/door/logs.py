"""How does a log line look: one JSON object, with the request that it belongs to."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

__all__ = ["JsonLines", "configuration", "request_id"]

# a question's thread inherits it, so that what is logged there can be told apart as well
request_id: ContextVar[str] = ContextVar("request_id", default="")

# JSON lets these stand as they are, readers of lines take them for line ends
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


class JsonLines(logging.Formatter):
    """A line an event: time (UTC), level, process, logger, message, request_id, what `extra={"seen": {…}}` adds, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if within := request_id.get():
            told["request_id"] = within
        told |= getattr(record, "seen", {})
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str).translate(_LINE_ENDS)


def configuration(level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`, in the server and in each worker: ours from `level` on, others' warnings."""
    ours = {"level": level.upper()}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": JsonLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": dict.fromkeys(("index", "rag", "web"), ours),
    }

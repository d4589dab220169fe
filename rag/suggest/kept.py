"""Where do tried questions wait for the next start: in a file beside the index, for one index and one state of the code."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from index.types import Span
from rag.suggest.types import Kind, Suggested

__all__ = ["keep", "kept"]

_FILE = "suggestions.json"


def kept(data_dir: Path, fingerprint: str) -> tuple[Suggested, ...] | None:
    """What was kept for this index; None where nothing fits, or nothing can be read."""
    try:
        written = json.loads((data_dir / _FILE).read_text("utf-8"))
        if written["made_for"] != _made_for(fingerprint):
            return None
        return tuple(
            Suggested(one["question"], Kind(one["kind"]), one["document"], Span(one["start"], one["end"]))
            for one in written["suggested"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it is made again


def keep(data_dir: Path, fingerprint: str, suggested: Sequence[Suggested]) -> None:
    """In place of what was kept before, in one step."""
    told = [
        {"question": one.question, "kind": one.kind, "document": one.document, "start": one.about.start, "end": one.about.end}
        for one in suggested
    ]
    beside = data_dir / f"{_FILE}.{os.getpid()}"
    beside.write_text(
        json.dumps({"made_for": _made_for(fingerprint), "suggested": told}, ensure_ascii=False, indent=1), "utf-8"
    )
    os.replace(beside, data_dir / _FILE)


def _made_for(fingerprint: str) -> str:
    return f"{fingerprint} {_recipe()}"


@lru_cache(maxsize=1)
def _recipe() -> str:
    """Changes with the code that answers: what it answered before, it may not any more."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

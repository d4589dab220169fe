"""What does a question mean after those before it? What it leaves out, subject, measure, year or group, is carried over."""

from __future__ import annotations

from rag.followups.alone import standalone
from rag.followups.hearing import Hearing
from rag.followups.types import Ear

__all__ = ["Ear", "Hearing", "standalone"]

"""How much memory that nobody uses any more the server keeps."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["keep_little"]

_M_ARENA_MAX = -8  # of mallopt(3)


def keep_little() -> None:
    """Two heaps for all threads, where the C library would keep one for each with what its last question needed."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)

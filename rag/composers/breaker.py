"""Is it worth asking a server again that has just failed several times?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Breaker:
    """Opens after so many failures in a row; when the pause is over, one call at a time may try, and one success closes it."""

    def __init__(self, failures: int = 3, pause_s: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures, self._pause_s, self._clock = failures, pause_s, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened = 0.0
        self._trying = False

    @contextmanager
    def turn(self, failure: type[Exception]) -> Iterator[bool]:
        """Whether a call may be made; a `failure` raised inside counts as one, a call that was abandoned as nothing."""
        allowed = self._enter()
        try:
            yield allowed
        except failure:
            if allowed:
                self._leave(self._failed + 1)
            raise
        except BaseException:
            if allowed:
                self._leave(self._failed)
            raise
        if allowed:
            self._leave(0)

    @property
    def open(self) -> bool:
        """Whether calls are refused at this moment, but for the one that may try."""
        return self._failed >= self._failures

    def _enter(self) -> bool:
        with self._lock:
            if not self.open:
                return True
            if self._trying or self._clock() - self._opened < self._pause_s:
                return False
            self._trying = True
            return True

    def _leave(self, failed: int) -> None:
        with self._lock:
            if failed > self._failed:
                self._opened = self._clock()
            self._failed, self._trying = failed, False

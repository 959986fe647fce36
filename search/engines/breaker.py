"""An engine that does not answer is left alone for a few seconds, so that no reader waits for it again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from search.engines.base import EngineDownError

PAUSE = 5.0  # seconds


class Breaker:
    """After a failure everything is refused at once; when the pause is over one question goes through to try."""

    def __init__(self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self.pause, self.clock = pause, clock
        self._lock = threading.Lock()
        self._until: float | None = None
        self._why = ""

    def pass_or_refuse(self) -> None:
        with self._lock:
            if self._until is None:
                return
            if self.clock() < self._until:
                raise EngineDownError(self._why)
            self._until = self.clock() + self.pause  # this one tries; the others wait for what it finds

    def failed(self, why: object) -> None:
        with self._lock:
            self._until, self._why = self.clock() + self.pause, str(why)

    def answered(self) -> None:
        with self._lock:
            self._until, self._why = None, ""

    @property
    def is_open(self) -> bool:
        return self._until is not None and self.clock() < self._until

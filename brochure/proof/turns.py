"""A lock for short and long work on one thing: between its steps, long work lets short work that waits go first."""

from __future__ import annotations

from threading import Event, Lock, RLock
from types import TracebackType

PAUSE = 0.001
"""Seconds between two looks at whether others still wait."""


class TurnLock:
    """A re-entrant lock that knows how many threads wait for it.

    A plain lock that is released and taken again at once stays with its thread, so that others wait until all steps are done.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._lock, self._count, self._pause = RLock(), Lock(), Event()

    def __enter__(self) -> None:
        with self._count:
            self.waiting += 1
        self._lock.acquire()
        with self._count:
            self.waiting -= 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()

    def give_way(self) -> None:
        """Wait until no other thread waits for the lock; called by a thread that does not hold it."""
        while self.waiting:
            self._pause.wait(PAUSE)

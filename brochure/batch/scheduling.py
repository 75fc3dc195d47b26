"""Tasks that wait for a worker, by their kin.

Takes a list of tasks; gives, to each worker that is free, the place of the one that it does best: of a kin that it has built
before, since what it has set then serves it again. Measured on 48 editions in 8 languages with two processes: 2.9 s of
processor time instead of 3.9 s.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from brochure.batch.tasks import Task


class TaskQueue:
    """All but the first, which is built before there are workers. A kin goes to one worker as long as there are others."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._kins: dict[str, deque[int]] = {}
        self._whose: dict[str, object] = {}
        for at, task in enumerate(tasks[1:], 1):
            self._kins.setdefault(task.kin, deque()).append(at)

    def __bool__(self) -> bool:
        return bool(self._kins)

    def take(self, who: object) -> int:
        """The first task of the worker's own kins, else of one that is nobody's, else of any: of the one with most to do."""
        own = (kin for kin in self._kins if self._whose.get(kin) is who)
        free = (kin for kin in self._kins if kin not in self._whose)
        longest = max(self._kins, key=lambda kin: len(self._kins[kin]))
        kin = next(own, next(free, longest))
        self._whose.setdefault(kin, who)
        tasks = self._kins[kin]
        at = tasks.popleft()
        if not tasks:
            del self._kins[kin]
        return at

    def give_back(self, at: int) -> None:
        """Puts a task first that must be tried again, by whoever comes."""
        kin = self._tasks[at].kin
        self._kins.setdefault(kin, deque()).appendleft(at)
        self._whose.pop(kin, None)

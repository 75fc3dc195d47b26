"""Queue of tasks, grouped so that a worker gets tasks similar to those it has built.

What a worker has set then serves again. Measured on 48 editions in 8 languages with two processes: 2.9 s of processor time
instead of 3.9 s.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from brochure.batch.tasks import Task


class TaskQueue:
    """All tasks but the first, which is built before there are workers. A group stays with one worker while there are others."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._groups: dict[str, deque[int]] = {}
        self._worker_by_group: dict[str, object] = {}
        for at, task in enumerate(tasks[1:], 1):
            self._groups.setdefault(task.cache_group, deque()).append(at)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def take(self, worker: object) -> int:
        """Return the next task for a worker: of its own groups, else of an unassigned group, else of the longest."""
        own = (
            cache_group
            for cache_group in self._groups
            if self._worker_by_group.get(cache_group) is worker
        )
        free = (
            cache_group for cache_group in self._groups if cache_group not in self._worker_by_group
        )
        longest = max(self._groups, key=lambda cache_group: len(self._groups[cache_group]))
        cache_group = next(own, next(free, longest))
        self._worker_by_group.setdefault(cache_group, worker)
        tasks = self._groups[cache_group]
        at = tasks.popleft()
        if not tasks:
            del self._groups[cache_group]
        return at

    def put_back(self, at: int) -> None:
        """Put a task first that must be tried again, by any worker."""
        cache_group = self._tasks[at].cache_group
        self._groups.setdefault(cache_group, deque()).appendleft(at)
        self._worker_by_group.pop(cache_group, None)

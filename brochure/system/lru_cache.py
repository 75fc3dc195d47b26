"""Recent: what was made last, kept in memory for whoever asks for it again in this process.

Takes results under keys that say all that they were made from; gives them back until newer ones need the room. It never
changes what comes out, only how soon; what is to outlive the process is in the picture cache.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LruCache(Generic[Key, Value]):
    """Results by their keys, the last used last; what was not asked for longest goes when all together weigh too much."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        self._most = most
        self._weight = weight
        self._held: dict[Key, Value] = {}
        self._total = 0

    def get(self, key: Key) -> Value | None:
        """What was put under a key; None where there is nothing any more."""
        found = self._held.pop(key, None)
        if found is not None:
            self._held[key] = found
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keeps a result; one that alone weighs more than all may is kept until the next."""
        before = self._held.pop(key, None)
        self._total += self._weight(value) - (self._weight(before) if before is not None else 0)
        self._held[key] = value
        while self._total > self._most and len(self._held) > 1:
            self._total -= self._weight(self._held.pop(next(iter(self._held))))

    def clear(self) -> None:
        """Lets go of everything."""
        self._held.clear()
        self._total = 0

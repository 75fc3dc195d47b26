"""LRU cache bounded by total weight."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LruCache(Generic[Key, Value]):
    """Values by key; the least recently used are removed when their total weight exceeds the limit."""

    def __init__(self, max_weight: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        self._max_weight = max_weight
        self._weight = weight
        self._values: dict[Key, Value] = {}
        self._total = 0

    def get(self, key: Key) -> Value | None:
        """Return the value of a key; None if it is not cached."""
        value = self._values.pop(key, None)
        if value is not None:
            self._values[key] = value
        return value

    def put(self, key: Key, value: Value) -> None:
        """Add a value; one that exceeds the limit by itself is kept until the next is added."""
        previous = self._values.pop(key, None)
        self._total += self._weight(value) - (self._weight(previous) if previous is not None else 0)
        self._values[key] = value
        while self._total > self._max_weight and len(self._values) > 1:
            self._total -= self._weight(self._values.pop(next(iter(self._values))))

    def clear(self) -> None:
        """Remove all values."""
        self._values.clear()
        self._total = 0

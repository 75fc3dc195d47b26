"""LRU caches in memory, bounded by the total size of their values."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def store(cache: LRUCache[Key, Value], key: Key, value: Value) -> None:
    """Add a value, or replace it; a value that is larger than the whole cache is removed instead."""
    if cache.getsizeof(value) > cache.maxsize:
        cache.pop(key, None)
    else:
        cache[key] = value


def store_variant(
    cache: LRUCache[Key, tuple[Value, ...]], key: Key, value: Value, max_variants: int
) -> None:
    """Add a value before the other variants of its key; the oldest ones that do not fit are removed."""
    variants = (value, *cache.get(key, ()))[:max_variants]
    while len(variants) > 1 and cache.getsizeof(variants) > cache.maxsize:
        variants = variants[:-1]
    store(cache, key, variants)

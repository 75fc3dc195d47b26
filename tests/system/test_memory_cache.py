"""Values are cached while they fit, and the least recently used are removed first."""

from __future__ import annotations

from cachetools import LRUCache

from brochure.system.memory_cache import store, store_variant


def test_a_value_larger_than_the_cache_is_not_cached_and_removes_nothing_else() -> None:
    cache: LRUCache[str, bytes] = LRUCache(30, len)
    store(cache, "a", bytes(10))
    store(cache, "b", bytes(20))
    store(cache, "b", bytes(31))
    assert dict(cache) == {"a": bytes(10)}
    store(cache, "b", bytes(30))
    assert dict(cache) == {"b": bytes(30)}


def total(variants: tuple[bytes, ...]) -> int:
    return sum(map(len, variants))


def test_the_newest_variant_is_first_and_the_oldest_is_removed() -> None:
    cache: LRUCache[str, tuple[bytes, ...]] = LRUCache(30, total)
    for value in (b"1", b"2", b"3"):
        store_variant(cache, "a", value, 2)
    assert cache["a"] == (b"3", b"2")


def test_the_newest_variant_is_cached_if_it_fits_without_the_others() -> None:
    cache: LRUCache[str, tuple[bytes, ...]] = LRUCache(30, total)
    for length in (10, 11, 12):
        store_variant(cache, "a", bytes(length), 9)
    assert [len(value) for value in cache["a"]] == [12, 11]
    store_variant(cache, "a", bytes(30), 9)
    assert [len(value) for value in cache["a"]] == [30]
    store_variant(cache, "a", bytes(31), 9)
    assert "a" not in cache

"""What this process made last is given back as long as there is room, and the longest unasked goes first."""

from __future__ import annotations

from brochure.system.lru_cache import LruCache


def test_what_was_not_asked_for_longest_goes_first() -> None:
    recent: LruCache[str, bytes] = LruCache(30, len)
    for key in "abc":
        recent.put(key, bytes(10))
    assert recent.get("a") == bytes(10)  # asked for now, so b is the oldest
    recent.put("d", bytes(10))
    assert [recent.get(key) is None for key in "abcd"] == [False, True, False, False]


def test_a_result_put_twice_weighs_once() -> None:
    recent: LruCache[str, bytes] = LruCache(30, len)
    for _ in range(5):
        recent.put("a", bytes(10))
    recent.put("b", bytes(20))
    assert recent.get("a") == bytes(10)


def test_one_that_is_too_heavy_is_kept_until_the_next() -> None:
    recent: LruCache[str, bytes] = LruCache(30, len)
    recent.put("a", bytes(50))
    assert recent.get("a") == bytes(50)
    recent.put("b", bytes(1))
    assert recent.get("a") is None


def test_clearing_lets_go_of_everything() -> None:
    recent: LruCache[str, bytes] = LruCache(30, len)
    recent.put("a", bytes(30))
    recent.clear()
    recent.put("b", bytes(30))
    assert (recent.get("a"), recent.get("b")) == (None, bytes(30))

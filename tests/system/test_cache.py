"""Caches: values within the limit are reused, the least recently used is removed, and results of other code are not read."""

from __future__ import annotations

import pytest

import brochure
from brochure.system import cache
from brochure.system.cache import Kind, MemoryCache, MemoryStore, StoredCache, VariantCache


def test_a_value_larger_than_the_cache_is_not_cached_and_removes_nothing_else() -> None:
    recent: MemoryCache[str, bytes] = MemoryCache(30, len)
    recent.put("a", bytes(10))
    recent.put("b", bytes(20))
    recent.put("b", bytes(31))
    assert (recent.get("a"), recent.get("b"), len(recent)) == (bytes(10), None, 1)
    recent.put("b", bytes(30))
    assert (recent.get("a"), recent.get("b"), len(recent)) == (None, bytes(30), 1)
    assert (recent.hits, recent.misses) == (2, 2)


def variants_of(cached: VariantCache[bytes]) -> list[bytes]:
    """Return the results for the key "a", newest first, as the cache tries them."""
    offered: list[bytes] = []

    def refuse(value: bytes) -> bool:
        offered.append(value)
        return False

    assert cached.get("a", refuse) is None
    return offered


def test_the_newest_variant_is_first_and_the_oldest_is_removed() -> None:
    cached: VariantCache[bytes] = VariantCache(30, 2, len)
    for value in (b"1", b"2", b"3"):
        cached.put("a", value)
    assert variants_of(cached) == [b"3", b"2"]
    assert cached.get("a", lambda value: value == b"2") == b"2"
    assert (cached.hits, cached.misses) == (1, 3)


def test_the_newest_variant_is_cached_if_it_fits_without_the_others() -> None:
    cached: VariantCache[bytes] = VariantCache(30, 9, len)
    for length in (10, 11, 12):
        cached.put("a", bytes(length))
    assert list(map(len, variants_of(cached))) == [12, 11]
    cached.put("a", bytes(30))
    assert list(map(len, variants_of(cached))) == [30]
    cached.put("a", bytes(31))
    assert variants_of(cached) == []


def test_all_variants_together_are_bounded() -> None:
    cached: VariantCache[bytes] = VariantCache(100, 9, len)
    for at in range(50):
        cached.put(at, bytes(30))
    kept = [at for at in range(50) if cached.get(at, lambda _: True)]
    assert kept == [47, 48, 49]


# On disk


def words(version: int = 1, libraries: tuple[tuple[str, str], ...] = ()) -> StoredCache[str]:
    """A cache of words in capitals, with empty memory as in a new process."""
    kind = Kind("words", version, str.encode, lambda data: bytes(data).decode(), libraries)
    return StoredCache(kind, 10)


def make() -> str:
    return "WORD"


def fail() -> str:
    raise AssertionError("it is made, but it should be in the cache")


def test_a_result_is_read_from_memory_then_from_the_store() -> None:
    store, first = MemoryStore(), words()
    assert first.get("word", store, make) == "WORD"
    store.entries.clear()
    assert first.get("word", store, fail) == "WORD"
    assert words().get("word", store, make) == "WORD"
    assert words().get("word", store, fail) == "WORD"


@pytest.mark.parametrize("change", ["identity", "version", "library", "program"])
def test_a_result_of_another_input_or_version_is_not_read(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, pillow = MemoryStore(), (("PIL", "pillow"),)
    words(libraries=pillow).get("word", store, make)
    assert words(libraries=pillow).get("word", store, fail) == "WORD"
    if change == "library":
        monkeypatch.setattr(cache, "version", lambda *_: "pillow-99")
    if change == "program":
        monkeypatch.setattr(brochure, "__version__", "99.0")
    later = words(2 if change == "version" else 1, pillow)
    identity = "other" if change == "identity" else "word"
    assert later.get(identity, store, lambda: "NEW") == "NEW"
    assert len(store.entries) == 2


def test_an_installed_library_has_a_version_and_a_missing_one_has_none() -> None:
    assert cache.version("PIL", "pillow").startswith("pillow-")
    assert cache.version("no_such_module", "none") == ""


@pytest.mark.parametrize("failure", [ValueError, TypeError, KeyError, IndexError])
def test_an_unreadable_entry_is_made_again_and_replaced(failure: type[Exception]) -> None:
    store = MemoryStore()

    def read(data: bytes | memoryview) -> str:
        if bytes(data) == b"?":
            raise failure
        return bytes(data).decode()

    def opened() -> StoredCache[str]:
        return StoredCache(Kind("words", 1, str.encode, read), 10)

    key = opened().kind.key("word")
    store.put(key, b"?")
    assert opened().get("word", store, make) == "WORD"
    assert store.entries[key] == b"WORD"


def test_a_result_that_another_process_made_meanwhile_is_used() -> None:
    class Slow(MemoryStore):
        """A store whose lock is free only after another process has stored its result."""

        def locked(self, key: str):  # type: ignore[no-untyped-def]
            self.put(key, b"THEIRS")
            return super().locked(key)

    assert words().get("word", Slow(), fail) == "THEIRS"

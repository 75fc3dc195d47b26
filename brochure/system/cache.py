"""Caches: results that are reused instead of being made again.

There are three kinds, one on top of the other. All are bounded, and none changes a result.

- `MemoryCache`: results by a key that identifies everything that they depend on, while the process runs.
- `VariantCache`: results whose dependencies are known only after they were made, such as a page. Each result is stored with
  them, and is reused if a test says that they are unchanged.
- `StoredCache`: results that are also kept on disk. The key of an entry is a digest of what the result depends on, the version
  of this program and the versions of the libraries that make it, so that nothing made by other code is read.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache

import brochure
from brochure.fast_dataclass import dataclass

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class MemoryCache(Generic[Key, Value]):
    """LRU cache bounded by the total weight of its values. `hits` and `misses` count the calls of `get`."""

    def __init__(self, max_weight: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._values: LRUCache[Key, Value] = LRUCache(max_weight, weigh)
        self.hits = self.misses = 0

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or None."""
        value = self._values.get(key)
        if value is None:
            self.misses += 1
        else:
            self.hits += 1
        return value

    def put(self, key: Key, value: Value) -> None:
        """Add a value, or replace it; a value that is heavier than the whole cache is removed instead."""
        if self._values.getsizeof(value) > self._values.maxsize:
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def __len__(self) -> int:
        return len(self._values)

    def clear(self) -> None:
        """Remove all values."""
        self._values.clear()


class VariantCache(Generic[Value]):
    """Results stored with what they depended on, several for each key. `hits` and `misses` count results reused and made.

    Args:
        max_weight: Limit of the total weight of all results.
        max_variants: Limit of results for one key; the oldest are removed.
        weigh: Return the weight of a result.
    """

    def __init__(self, max_weight: int, max_variants: int, weigh: Callable[[Value], int]) -> None:
        self._variants: LRUCache[Hashable, tuple[Value, ...]] = LRUCache(
            max_weight, lambda variants: sum(map(weigh, variants))
        )
        self._max_variants = max_variants
        self.hits = self.misses = 0

    def get(self, key: Hashable, is_current: Callable[[Value], bool]) -> Value | None:
        """Return the newest result for a key that passes the test; None if it must be made again."""
        for value in self._variants.get(key, ()):
            if is_current(value):
                self.hits += 1
                return value
        return None

    def put(self, key: Hashable, value: Value) -> None:
        """Add a result that was made now; older ones of its key are removed if they do not fit."""
        self.misses += 1
        cache = self._variants
        variants = (value, *cache.get(key, ()))[: self._max_variants]
        while variants and cache.getsizeof(variants) > cache.maxsize:
            variants = variants[:-1]
        if variants:
            cache[key] = variants
        else:
            cache.pop(key, None)


# On disk


class Store(Protocol):
    """Data by key, for later builds and other processes."""

    def get(self, key: str) -> bytes | memoryview | None:
        """Return the data of a key; None if there is none or it is damaged."""

    def put(self, key: str, data: bytes) -> None:
        """Store data, if possible."""

    def locked(self, key: str) -> AbstractContextManager[None]:
        """Hold the lock of a key, so that other processes wait and then find the result."""


class MemoryStore:
    """A store in memory, for projects in memory."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return the data of a key, or None."""
        return self.entries.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Store data."""
        self.entries[key] = data

    def locked(self, key: str) -> AbstractContextManager[None]:
        """Return a context that locks nothing."""
        del key
        return nullcontext()


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """A kind of result that is stored: its name, and how it is written and read.

    `version` is the version of the code that makes the results and of their format; increase it whenever the same input yields
    something else. `libraries` are the packages that take part, each with its import name and its name in a package index.
    `deserialize` raises ValueError, TypeError, KeyError or IndexError if the data is not a result.
    """

    name: str
    version: int
    serialize: Callable[[Value], bytes]
    deserialize: Callable[[bytes | memoryview], Value]
    libraries: tuple[tuple[str, str], ...] = ()

    def key(self, identity: bytes | str) -> str:
        """Return the key of a result; `identity` identifies everything that it depends on besides code."""
        libraries = (version(*one) for one in self.libraries)
        made_by = (brochure.__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, *libraries)
        made_of = repr((self.name, self.version, made_by, identity)).encode()
        return f"{self.name}-{hashlib.blake2b(made_of, digest_size=20).hexdigest()}"


@lru_cache(maxsize=64)
def version(module: str, package: str) -> str:
    """Return a package's version by its folder's name: reading the metadata, or importing the package, takes longer."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    start = f"{package}-"
    names = _list_folder(Path(spec.origin).parent.parent)
    return " ".join(name for name in names if name.startswith(start) and name.endswith(METADATA))


METADATA = ".dist-info"
"""The end of the names of folders with the metadata of packages."""


@lru_cache(maxsize=8)
def _list_folder(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir()))


@lru_cache(maxsize=1)
def installed_packages() -> tuple[str, ...]:
    """Return the names and versions of all packages that this program can import, by the names of their folders."""
    folders = [Path(name) for name in sys.path if name and Path(name).is_dir()]
    suffixes = (METADATA, ".egg-info")
    names = {name for folder in folders for name in _list_folder(folder)}
    return tuple(sorted(name for name in names if name.endswith(suffixes)))


class StoredCache(Generic[Value]):
    """Results of one kind, in memory and in a store.

    A stored entry that cannot be read is made again and replaced. Processes that need the same result wait for the one that
    makes it.
    """

    def __init__(
        self, kind: Kind[Value], max_weight: int, weigh: Callable[[Value], int] = lambda _: 1
    ) -> None:
        self.kind = kind
        self.recent: MemoryCache[str, Value] = MemoryCache(max_weight, weigh)

    def get(self, identity: bytes | str, store: Store, make: Callable[[], Value]) -> Value:
        """Return a result, from memory or from the store if possible; else make it and store it."""
        value = self.find(identity, store)
        if value is None:
            value = self.remember(identity, self.make_stored(identity, store, make))
        return value

    def find(self, identity: bytes | str, store: Store) -> Value | None:
        """Return a result from memory or from the store, or None."""
        key = self.kind.key(identity)
        value = self.recent.get(key)
        return self._read(key, store) if value is None else value

    def remember(self, identity: bytes | str, value: Value) -> Value:
        """Keep a result in memory only."""
        self.recent.put(self.kind.key(identity), value)
        return value

    def make_stored(self, identity: bytes | str, store: Store, make: Callable[[], Value]) -> Value:
        """Return a result from the store if possible; else make it and store it.

        It is not kept in memory, so that any thread may call this.
        """
        key = self.kind.key(identity)
        with store.locked(key):
            value = self._load(key, store)  # another process may have made it meanwhile
            if value is None:
                value = make()
                store.put(key, self.kind.serialize(value))
        return value

    def _read(self, key: str, store: Store) -> Value | None:
        value = self._load(key, store)
        if value is not None:
            self.recent.put(key, value)
        return value

    def _load(self, key: str, store: Store) -> Value | None:
        data = store.get(key)
        if data is None:
            return None
        try:
            return self.kind.deserialize(data)
        except (ValueError, TypeError, KeyError, IndexError):
            return None  # it is replaced when the result has been made

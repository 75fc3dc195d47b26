"""Disk cache: results of earlier builds in a folder, by key.

The folder can be deleted at any time: a key identifies everything that its data depends on (`system.cache` makes the keys).
"""

from __future__ import annotations

import mmap
import os
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from brochure.system.atomic_files import PART, STALE, replace_file

try:
    import fcntl
except ImportError:  # Windows: two processes may convert the same picture
    fcntl = None  # type: ignore[assignment]

MAX_BYTES = 500_000_000
"""Size limit of the disk cache; the least recently used entries are removed first."""
MIN_MAPPED_BYTES = 1_000_000
"""Size from which on mapping a file is cheaper than copying it, in bytes."""
HEADER_BYTES = struct.calcsize(">QI")
"""Length of the header of an entry: the data's length, and a checksum over key and data."""
LOCK_FILE = ".turns"
"""The lock file. It is always empty."""


class DiskCache:
    """Data in a folder, by key.

    Entries have a checksum over key and data; damaged ones are discarded. Files are written under a temporary name and renamed,
    so that several processes can share the folder. A folder that is not writable is only read, as a shared cache may be; one
    that is not readable counts as empty.
    """

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self.max_bytes = max_bytes

    def get(self, key: str) -> memoryview | None:
        """Return the data of a key; None if there is none, or if it is damaged. Large entries are mapped, not copied."""
        if self.folder is None:
            return None
        path = self.folder / key
        try:
            with path.open("rb") as entry:
                # A mapped file stays open while it is in use, and the number of open files is limited.
                small = os.fstat(entry.fileno()).st_size < MIN_MAPPED_BYTES
                content = memoryview(
                    entry.read() if small else mmap.mmap(entry.fileno(), 0, access=mmap.ACCESS_READ)
                )
            if content[:HEADER_BYTES] != _header(key, content[HEADER_BYTES:]):
                path.unlink(missing_ok=True)
                return None
        except OSError:
            return None
        with suppress(OSError):  # fails in a read-only cache
            os.utime(path)
        return content[HEADER_BYTES:]

    def put(self, key: str, data: bytes) -> None:
        """Store data under a key, removing the least recently used entries if the cache grows too large."""
        if self.folder is None or len(data) > self.max_bytes:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / key, _header(key, data) + data)
            self._remove_oldest()
        except OSError:
            return

    def _remove_oldest(self) -> None:
        entries = sorted(self._entries())
        size = sum(length for _, length, _ in entries)
        now = time.time()
        for last_used, length, path in entries:
            is_temporary = path.suffix == PART
            if (is_temporary and now - last_used > STALE) or (
                not is_temporary and size > self.max_bytes
            ):
                path.unlink(missing_ok=True)
                size -= length

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield the last use, size and path of each file; another process may remove files meanwhile."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name == LOCK_FILE:
                continue
            try:
                status = path.stat()
            except OSError:
                continue
            yield status.st_mtime, status.st_size, path

    def count_and_size(self) -> tuple[int, int]:
        """Return the number of entries, and their size in bytes."""
        sizes = [length for _, length, path in self._entries() if path.suffix != PART]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove all entries."""
        for _, _, path in self._entries():
            path.unlink(missing_ok=True)

    @contextmanager
    def locked(self, key: str) -> Iterator[None]:
        """Hold the lock of a key, so that other processes wait and then find the result in the cache.

        Each key locks one byte of an empty file; the system releases the locks of a process that dies. On file systems
        without locks, processes do not wait.
        """
        lock_file = self._open_lock_file()
        if lock_file is None:
            yield
            return
        with lock_file:
            with suppress(OSError):
                fcntl.lockf(lock_file, fcntl.LOCK_EX, 1, zlib.crc32(key.encode()) >> 1)
            yield

    def _open_lock_file(self) -> BinaryIO | None:
        if self.folder is None or fcntl is None:
            return None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return (self.folder / LOCK_FILE).open("ab")
        except OSError:
            return None


def _header(key: str, data: bytes | memoryview) -> bytes:
    # Protects against damage, not against attackers: they could also write to the project.
    return struct.pack(">QI", len(data), zlib.crc32(data, zlib.crc32(key.encode())))


@lru_cache(maxsize=1)
def disk_cache() -> DiskCache:
    """Return the user's cache, in the folder given by BROCHURE_CACHE ('off' for none), else in the platform's cache folder."""
    setting = os.environ.get("BROCHURE_CACHE", "")
    if setting == "off":
        return DiskCache(None)
    if setting:
        return DiskCache(Path(setting))
    # 5 ms, and not needed if BROCHURE_CACHE is set
    from platformdirs import user_cache_path

    try:
        return DiskCache(user_cache_path("brochure", appauthor=False))
    except (RuntimeError, ValueError):  # the user has no home folder
        return DiskCache(None)

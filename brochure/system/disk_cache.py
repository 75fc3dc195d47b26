"""Disk cache: results of earlier builds in a folder, by key.

The folder can be deleted at any time: a key identifies everything that its data depends on (`system.cache` makes the keys).

Nothing in the folder is trusted. Only regular files of bounded size are read that belong to this user (or to root) and that
no other user can write, and each has a checksum over key and data. A folder that anybody can write, or that belongs to
another user, is refused with a warning.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from brochure.lazy_pattern import compile_lazily
from brochure.system.atomic_files import PART, STALE, replace_file

try:
    import fcntl
except ImportError:  # Windows: two processes may convert the same picture
    fcntl = None  # type: ignore[assignment]

MAX_BYTES = 500_000_000
"""Size limit of the disk cache; the least recently used entries are removed first."""
KEPT = 0.95
"""Part of the size limit that remains filled after entries were removed."""
SHARE_OF_FREE = 0.125
"""Part of the free space that a process fills before it lists the folder again: other processes fill it, too."""
MAX_ENTRY_BYTES = 200_000_000
"""Size limit of the data of one entry; larger results are made again in each build."""
HEADER_BYTES = struct.calcsize(">QI")
"""Length of the header of an entry: the data's length, and a checksum over key and data."""
LOCK_FILE = ".turns"
"""The lock file. It is always empty."""
MAX_LOCK_SECONDS = 60.0
"""Time after which a result that another process is making is made here too."""
LOCK_POLL_SECONDS = 0.01
ENTRY_NAME = compile_lazily(r"([a-z]+-)?[0-9a-f]{32,64}")
"""Names of entries; the folder may contain files of other programs, which are not removed."""
PART_NAME = compile_lazily(rf"\.{ENTRY_NAME.pattern}\.[0-9a-f]{{8}}{re.escape(PART)}")
"""Names of temporary files."""
FOLDER_MODE = 0o755
ENTRY_MODE = 0o644
"""Permissions of new folders and entries, less the umask: only their owner writes them."""
SAFE_OPEN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags to open a file that may have been replaced by a link or a FIFO."""


class DiskCache:
    """Data in a folder, by key.

    Entries have a checksum over key and data; damaged ones are discarded. Files are written under a temporary name and renamed,
    so that several processes can share the folder. A folder that is not writable is only read, as a shared cache may be; one
    that is not readable counts as empty.
    """

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._has_warned = False
        self._unscanned_bytes = 0

    def get(self, key: str) -> memoryview | None:
        """Return the data of a key; None if there is none, if it is damaged, or if others could have written it."""
        folder = self._usable_folder()
        if folder is None:
            return None
        path = folder / key
        try:
            data = _read_entry(path, key, min(self.max_bytes, MAX_ENTRY_BYTES))
            if data is None:
                path.unlink(missing_ok=True)
                return None
        except OSError:  # `put` replaces links, which cannot be opened
            return None
        with suppress(OSError):  # fails in a read-only cache
            os.utime(path)
        return memoryview(data)

    def put(self, key: str, data: bytes) -> None:
        """Store data under a key, removing the least recently used entries if the cache grows too large."""
        folder = self._usable_folder()
        if folder is None or len(data) > min(self.max_bytes, MAX_ENTRY_BYTES):
            return
        try:
            folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            # Nothing waits for the disk: an entry that is incomplete after a failure is found by its checksum.
            parts = (_header(key, data), data)
            replace_file(folder / key, parts, ENTRY_MODE, is_durable=False)
        except OSError:
            return
        self._unscanned_bytes -= len(data)
        if self._unscanned_bytes < 0:
            with suppress(OSError):
                self._remove_oldest()

    def _usable_folder(self) -> Path | None:
        """Return the folder if it is safe to use or does not exist yet, else None; warn once if it is refused."""
        if self.folder is None:
            return None
        try:
            status = self.folder.stat()
        except (OSError, ValueError):
            return self.folder
        if not stat.S_ISDIR(status.st_mode):
            return self.folder  # using it fails
        reason = find_foreign_access(status, stat.S_IWOTH)
        if reason and not self._has_warned:
            self._has_warned = True
            _warn(f"the cache folder {str(self.folder)!r} is not used: {reason}")
        return None if reason else self.folder

    def _remove_oldest(self) -> None:
        """Remove entries if there are too many, and note how much may be stored before the folder is listed again.

        Listing the folder after each entry would make the time of many entries quadratic.
        """
        entries = sorted(self._entries())
        size = sum(length for _, length, _ in entries)
        now = time.time()
        limit = self.max_bytes if size <= self.max_bytes else self.max_bytes * KEPT
        for last_used, length, path in entries:
            is_temporary = path.suffix == PART
            if (is_temporary and now - last_used > STALE) or (not is_temporary and size > limit):
                path.unlink(missing_ok=True)
                size -= length
        self._unscanned_bytes = int((self.max_bytes - size) * SHARE_OF_FREE)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield the last use, size and path of each entry; another process may remove files meanwhile."""
        folder = self._usable_folder()
        for path in folder.iterdir() if folder and folder.is_dir() else ():
            if not (ENTRY_NAME.fullmatch(path.name) or PART_NAME.fullmatch(path.name)):
                continue
            try:
                status = path.lstat()
            except OSError:
                continue
            if not stat.S_ISDIR(status.st_mode):
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
        without locks, processes do not wait. No process waits long: one that was suspended would keep its locks.
        """
        lock_file = self._open_lock_file()
        if lock_file is None:
            yield
            return
        with lock_file:
            with suppress(OSError):
                _lock(lock_file, zlib.crc32(key.encode()) >> 1)
            yield

    def _open_lock_file(self) -> BinaryIO | None:
        folder = self._usable_folder()
        if folder is None or fcntl is None:
            return None
        try:
            folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | SAFE_OPEN
            lock_file = os.fdopen(os.open(folder / LOCK_FILE, flags, ENTRY_MODE), "r+b", 0)
        except OSError:
            return None
        if stat.S_ISREG(os.fstat(lock_file.fileno()).st_mode):
            return lock_file
        lock_file.close()
        return None


def _lock(lock_file: BinaryIO, position: int) -> None:
    """Lock one byte, if that is possible in time."""
    end = time.monotonic() + MAX_LOCK_SECONDS
    while time.monotonic() < end:
        try:
            fcntl.lockf(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, position)
        except (BlockingIOError, PermissionError):
            time.sleep(LOCK_POLL_SECONDS)
        else:
            return


def _read_entry(path: Path, key: str, max_bytes: int) -> bytes | None:
    """Return the data of an entry; None if it is damaged, too large, no regular file, or written by others."""
    with os.fdopen(os.open(path, os.O_RDONLY | SAFE_OPEN), "rb", 0) as entry:
        status = os.fstat(entry.fileno())
        length = status.st_size - HEADER_BYTES
        if not stat.S_ISREG(status.st_mode) or not 0 <= length <= max_bytes:
            return None
        if find_foreign_access(status, stat.S_IWGRP | stat.S_IWOTH):
            return None
        header = entry.read(HEADER_BYTES)
        if header[:8] != struct.pack(">Q", length):
            return None
        # It is not mapped: it could change after it was checked, and each mapped file stays open.
        data = entry.read(length)
    return data if header == _header(key, data) else None


def find_foreign_access(status: os.stat_result, writable: int) -> str:
    """Return why others could have written a file or folder, or an empty string; `writable` are permission bits."""
    if not hasattr(os, "geteuid"):  # Windows has other permissions
        return ""
    if status.st_uid not in {os.geteuid(), 0}:
        return "it belongs to another user; name another folder with BROCHURE_CACHE"
    if status.st_mode & writable:
        return "every user can write it; remove that permission, or name another folder with BROCHURE_CACHE"
    return ""


def _warn(message: str) -> None:
    """Log a warning; without a log handler it is printed to standard error."""
    import logging  # seldom needed

    logging.getLogger("brochure").warning("brochure: warning: %s", message)


def _header(key: str, data: bytes | memoryview) -> bytes:
    # Protects against damage. Attackers could compute it: permissions keep them out.
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

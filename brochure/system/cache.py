"""The picture cache: what took long to make, kept between builds.

Takes results under keys that say all that they were made from; gives them back, in this process or a later one. It is the
second door to the disk, beside `project`: nothing in it is anybody's work, and all of it can be made again.
"""

from __future__ import annotations

import mmap
import os
import stat
import struct
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows: two processes may make the same picture, and one of them in vain
    fcntl = None  # type: ignore[assignment]

MAX_KEPT = 500_000_000
"""Bytes that the picture cache may hold; what was not asked for longest goes first."""
PART = ".part"
STALE = 3600.0
"""Seconds after which what bears PART at its end was left behind by a process that is no more."""
WORTH_MAPPING = 1_000_000
"""Bytes from which on copying a file is dearer than keeping it open."""
SEAL = struct.calcsize(">QI")
"""The bytes before an entry's data: their length, and a checksum over key and data."""
TURNS = ".turns"
"""The file by which processes take turns. It is empty, and stays."""


class ImageCache:
    """Pictures made ready for an output, kept in a folder under the digest of all that they were made from.

    Every entry bears a seal over key and data, so that a damaged one is made anew. Files are written beside and renamed, so
    that several processes may share the folder. A folder that cannot be written to is only read, as a shared cache may be; one
    that cannot be read is treated as empty.
    """

    def __init__(self, folder: Path | None, most: int = MAX_KEPT) -> None:
        self.folder = folder
        self.most = most

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where there is nothing, or where it is not what was put there."""
        seen = self.view(key)
        return None if seen is None else bytes(seen)

    def view(self, key: str) -> memoryview | None:
        """The same as it lies on the disk, not copied: for what is only handed on, such as a picture."""
        if self.folder is None:
            return None
        path = self.folder / key
        try:
            with path.open("rb") as entry:
                # A mapped file stays open as long as anybody looks at it, and open files are few.
                small = os.fstat(entry.fileno()).st_size < WORTH_MAPPING
                seen = memoryview(
                    entry.read() if small else mmap.mmap(entry.fileno(), 0, access=mmap.ACCESS_READ)
                )
            if seen[:SEAL] != _seal(key, seen[SEAL:]):
                path.unlink(missing_ok=True)
                return None
        except OSError:
            return None
        with suppress(OSError):  # a read-only cache can be read, but does not note when
            os.utime(path)
        return seen[SEAL:]

    def put(self, key: str, data: bytes) -> None:
        """Keeps data under a key; where that makes too much, what was not asked for longest goes."""
        if self.folder is None or len(data) > self.most:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / key, _seal(key, data) + data)
            self._make_room()
        except OSError:
            return

    def _make_room(self) -> None:
        held = sorted(self._entries())
        size = sum(length for _, length, _ in held)
        now = time.time()
        for moment, length, path in held:
            left_over = path.suffix == PART
            if (left_over and now - moment > STALE) or (not left_over and size > self.most):
                path.unlink(missing_ok=True)
                size -= length

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was last asked for, and how long it is; another process may take one away meanwhile."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name == TURNS:
                continue
            try:
                facts = path.stat()
            except OSError:
                continue
            yield facts.st_mtime, facts.st_size, path

    def held(self) -> tuple[int, int]:
        """How many pictures are kept, and their bytes."""
        sizes = [length for _, length, path in self._entries() if path.suffix != PART]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Takes everything out."""
        for _, _, path in self._entries():
            path.unlink(missing_ok=True)


@contextmanager
def alone_with(key: str) -> Iterator[None]:
    """Other processes that want to make what is kept under a key wait until this is over, and then find it made.

    Each key is a byte of one file that nobody writes: the system takes a lock from a process that dies, and nothing is left
    to be cleared away. Where the disk knows no locks nobody waits.
    """
    turns = _turns(image_cache().folder)
    if turns is None:
        yield
        return
    with turns:
        with suppress(OSError):
            fcntl.lockf(turns, fcntl.LOCK_EX, 1, zlib.crc32(key.encode()) >> 1)
        yield


def _turns(folder: Path | None) -> BinaryIO | None:
    if folder is None or fcntl is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / TURNS).open("ab")
    except OSError:
        return None


def replace_file(path: Path, data: bytes | Sequence[bytes | memoryview]) -> None:
    """Writes beside and renames, so that a reader sees the old file or the new one and never a part of it."""
    with replacing(path) as out:
        out.writelines((data,) if isinstance(data, bytes) else data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside another, which takes its place when this is over, and goes when it is left in any other way.

    A file that is replaced keeps its permissions; a new one gets those that the umask allows.
    """
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")
    kept = _permissions(path)
    try:
        with _create(beside, 0o666 if kept is None else kept) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if kept is not None:
            beside.chmod(kept)  # the umask may have taken some of them away
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int | None:
    """The permission bits of a regular file; None if there is no such file, or a link stands in its place."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    return mode & 0o777 if stat.S_ISREG(mode) else None


def _create(path: Path, mode: int) -> BinaryIO:
    """Create a new file with these permissions, less the umask, so that it is never open to more people than it will be."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    return open(path, "xb", opener=opener)


def clear_parts(folder: Path) -> None:
    """Takes away what killed processes had begun to write: parts so old that nobody is writing them any more."""
    for path in folder.glob(f".?*.????????{PART}"):
        try:
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()
        except OSError:
            continue  # another process was quicker, or the folder is not ours: then writing says so


def _seal(key: str, data: bytes | memoryview) -> bytes:
    # Against damage, not against people: whoever may write into the cache may as well write into the project.
    return struct.pack(">QI", len(data), zlib.crc32(data, zlib.crc32(key.encode())))


@lru_cache(maxsize=1)
def image_cache() -> ImageCache:
    """The cache of whoever runs the program: where BROCHURE_CACHE says ('off' for nowhere), else in the user's own folder."""
    said = os.environ.get("BROCHURE_CACHE", "")
    if said == "off":
        return ImageCache(None)
    if said:
        return ImageCache(Path(said))
    above = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(above) if Path(above).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return ImageCache(None)
    return ImageCache(base / "brochure")

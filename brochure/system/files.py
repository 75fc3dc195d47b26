"""File system access: resolved paths, digests of files, detection of changes in folders, and the package's own files."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from brochure.system.cache import Store
from brochure.system.exhaustion import raise_if_exhausted

FileState = tuple[str, int, int, int, int]
"""A file with all that changes when it is written: its times, size and inode."""

_DIGESTS: dict[FileState, bytes] = {}
MAX_DIGESTS = 10_000
TIME_RESOLUTION = 50_000_000
"""Resolution of file times in nanoseconds; two changes within it may not be distinguishable."""


def resolve_path(path: Path) -> str | None:
    """Return the real path; None if there is none (a loop of links, an invalid name)."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return None


def real_path(path: Path) -> str:
    """Return a path without symbolic links and with forward slashes."""
    return Path(os.path.realpath(path)).as_posix()


def is_file(path: Path) -> bool:
    """Return whether a path named on the command line is a file."""
    return path.is_file()


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; False for names that cannot be one."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def digest(data: bytes) -> bytes:
    """Return the SHA-256 digest of bytes."""
    return hashlib.sha256(data).digest()


def hash_file(path: Path) -> bytes:
    """Return the SHA-256 digest of a file, which is not read as a whole."""
    hashed, part = hashlib.sha256(), memoryview(bytearray(PART_BYTES))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(part):
            hashed.update(part[:size])
    return hashed.digest()


PART_BYTES = 1 << 16


def cached_digest(path: Path, store: Store, compute: Callable[[], bytes]) -> bytes:
    """Return the digest of a file, which is read only if it has changed since that was computed.

    Args:
        path: The file.
        store: Keeps the digests of large files for other processes.
        compute: Reads the file and returns the digest.
    """
    file_state = _file_state(path)
    cached = _DIGESTS.get(file_state) if file_state else None
    if cached is None:
        is_large = file_state is not None and _size(file_state) >= STORED_BYTES
        cached = _stored_digest(path, store, compute) if is_large else compute()
        if file_state and _is_settled(file_state):
            if len(_DIGESTS) >= MAX_DIGESTS:
                _DIGESTS.clear()
            _DIGESTS[file_state] = cached
    return cached


STORED_BYTES = 500_000
"""Size from which digests are stored; smaller files are hashed as fast as an entry is read."""
STORED_AGE = 5_000_000_000
"""Nanoseconds since the last change of a file whose digest is stored; some file systems have times of two seconds."""


def _stored_digest(path: Path, store: Store, compute: Callable[[], bytes]) -> bytes:
    """Return the digest of a file from a store if possible; else store it, unless the file changes meanwhile."""
    key = _digest_key(path)
    stored = store.get(key) if key else None
    if stored is not None and len(stored) == hashlib.sha256().digest_size:
        return bytes(stored)
    computed = compute()
    if key and _digest_key(path) == key:
        store.put(key, computed)
    return computed


def _digest_key(path: Path) -> str:
    """Return the key of a file's digest in a store; empty if a change of the file might not be noticed.

    Each change of a file changes the time that `stat` calls `st_ctime`, which programs cannot set; on Windows, that is the
    time when it was created.
    """
    if os.name != "posix":
        return ""
    try:
        # Opened, because network file systems ask the server only then.
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
    except (OSError, ValueError):
        return ""
    times = status.st_mtime_ns, status.st_ctime_ns
    if time.time_ns() - max(times) < STORED_AGE:
        return ""
    identity = str(path.absolute()), status.st_dev, status.st_ino, status.st_size, times
    return f"digest-{hashlib.blake2b(repr(identity).encode(), digest_size=20).hexdigest()}"


def files_below(folder: Path | str, name: str) -> Iterator[str]:
    """Yield all files below a folder, each as `name` and its relative path; none if the folder is missing."""
    try:
        entries = list(os.scandir(folder))
    except OSError as failure:
        raise_if_exhausted(failure, f"listing {folder}")
        return
    for entry in entries:
        path_name = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, path_name)
        elif _is_file(entry):
            yield path_name


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a loop of links
        return False


State = frozenset[FileState]


def state(folders: Iterable[Path], out: Path) -> State:
    """Return the state of all files in folders, except hidden ones and the PDFs and pictures in `out`."""
    results = resolve_path(out)
    found = (path for folder in folders for path in _files(folder, results))
    return frozenset(file_state for path in found if (file_state := _file_state(path)))


def _files(folder: Path, results: str | None) -> Iterator[Path]:
    for parent, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        is_output = resolve_path(Path(parent)) == results
        for name in names:
            if not (name.startswith(".") or (is_output and name.lower().endswith(OUTPUT_SUFFIXES))):
                yield Path(parent) / name


OUTPUT_SUFFIXES = (".pdf", ".png", ".webp")


Events = Generator[set[tuple[Any, str]], None, None]
"""Sets of changes, each with its path; some of them are empty."""


class Watcher:
    """Waits for events of the file system below folders, from the moment it is created.

    The folders may be removed, made again or added at any time.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._start()

    def wait(self, seconds: float) -> None:
        """Wait for an event, at most this long. Events since the last call count; they may be of any file."""
        end = time.monotonic() + seconds
        while True:
            if self._present != _present(self._folders):
                self.close()
                self._start()  # something may have changed meanwhile
                return
            if self._has_event() or time.monotonic() >= end:
                return

    def close(self) -> None:
        """Stop watching."""
        if self._events:
            self._events.close()

    def _start(self) -> None:
        self._present = _present(self._folders)
        self._events = _start(list(self._present)) if self._present else None

    def _has_event(self) -> bool:
        if self._events is None:
            time.sleep(STEP_MS / 1000)
            return False
        changes = next(self._events)
        removed = {os.path.realpath(path) for kind, path in changes if kind == DELETED}
        if any(os.path.realpath(folder) in removed for folder in self._present):
            self._present = {}  # a folder that was removed and made again can have the same inode
        return bool(changes)


DELETED = 3
"""The kind of an event: `watchfiles.Change.deleted`."""
STEP_MS = 50
"""Interval at which collected events are read."""


def _present(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return the folders that exist, each with its device and inode."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            status = folder.stat()
            if stat.S_ISDIR(status.st_mode):
                found[folder] = (status.st_dev, status.st_ino)
    return found


def _start(folders: list[Path]) -> Events | None:
    """Return the events of folders; watching has begun. None if a folder was removed meanwhile."""
    try:
        return _events(folders, force_polling=None)
    except FileNotFoundError:
        return None
    except OSError:  # the system allows no more watches
        pass
    try:
        return _events(folders, force_polling=True)
    except FileNotFoundError:
        return None


def _events(folders: list[Path], *, force_polling: bool | None) -> Events:
    # Only `brochure watch` needs it; it imports asyncio.
    from watchfiles import watch

    events = watch(
        *folders,
        watch_filter=None,
        debounce=4 * STEP_MS,
        step=STEP_MS,
        rust_timeout=STEP_MS,
        yield_on_timeout=True,
        force_polling=force_polling,
        ignore_permission_denied=True,
    )
    next(events)  # a generator does nothing before its first value is read
    return events


def pause(seconds: float) -> None:
    """Sleep."""
    time.sleep(seconds)


def _file_state(path: Path) -> FileState | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return str(path), status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _size(file_state: FileState) -> int:
    return file_state[3]


def _is_settled(file_state: FileState) -> bool:
    """Return True if the file was written long enough ago that another change would be visible."""
    return time.time_ns() - max(file_state[1:3]) > TIME_RESOLUTION


def open_memory_file() -> BinaryIO | None:
    """Return a new file that exists in memory only; None if the system has none."""
    if not hasattr(os, "memfd_create"):
        return None
    try:
        return os.fdopen(os.memfd_create("brochure"), "w+b")
    except OSError:
        return None


PACKAGE = Path(__file__).resolve().parents[1]


def shipped_files(pattern: str) -> tuple[Path, ...]:
    """Return files of the shipped layouts: from the installed package, or from the source checkout."""
    folders = (PACKAGE / "_shipped" / "layouts", PACKAGE.parent / "layouts")
    matches = (tuple(sorted(folder.glob(pattern))) for folder in folders)
    return next((files for files in matches if files), ())


def own_file(name: str) -> bytes:
    """Return the contents of a package data file, by its path inside the package."""
    return (PACKAGE / name).read_bytes()


def own_files(folder: str) -> tuple[str, ...]:
    """Return the paths of the package data files below a folder of the package, relative to it, sorted."""
    root = PACKAGE / folder
    return tuple(
        sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    )


def own_code() -> str:
    """Return a short digest of the package's files, to compare versions with."""
    names = (name for name in sorted(files_below(PACKAGE, "")) if not name.endswith(".pyc"))
    parts = (name.encode() + Path(f"{PACKAGE}{name}").read_bytes() for name in names)
    return digest(b"\0".join(parts)).hex()[:12]

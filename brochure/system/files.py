"""The disk: where a path leads, what a file's bytes come to, and whether anybody has touched it.

Takes paths; gives digests, which are reckoned once for a file that nobody touches, and the state of a folder, so that
somebody who waits for changes sees them. Stands below `project`, which alone decides what may be read.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Touched = tuple[str, int, int, int, int]
"""A file with all that changes when it is written: both its times, its size, its number on the disk."""

_DIGESTS: dict[Touched, bytes] = {}
MAX_KNOWN = 10_000
RACY = 50_000_000
"""Nanoseconds in which a disk may not tell one change from the next."""


def resolve_path(path: Path) -> str | None:
    """Where a path leads, links followed; None where it leads nowhere (a circle of links, a name no disk takes)."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return None


def digest(data: bytes) -> bytes:
    """What bytes are known by (SHA-256, which most processors have in their hardware)."""
    return hashlib.sha256(data).digest()


def cached_digest(path: Path, read: Callable[[], bytes]) -> bytes:
    """The digest of a file; it is read only where it was touched since it was last asked for."""
    touched = _touched(path)
    known = _DIGESTS.get(touched) if touched else None
    if known is None:
        known = digest(read())
        if touched and _settled(touched):
            if len(_DIGESTS) >= MAX_KNOWN:
                _DIGESTS.clear()
            _DIGESTS[touched] = known
    return known


def files_below(folder: Path | str, name: str) -> Iterator[str]:
    """The files in a folder and deeper, as `name` and what follows; nothing where there is no such folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        here = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, here)
        elif _is_file(entry):
            yield here


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads in a circle
        return False


State = frozenset[Touched]


def state(folders: Iterable[Path], out: Path) -> State:
    """All files in folders as they are now, without those that are hidden and the PDFs and pictures in `out`."""
    results = resolve_path(out)
    found = (path for folder in folders for path in _files(folder, results))
    return frozenset(touched for path in found if (touched := _touched(path)))


def _files(folder: Path, results: str | None) -> Iterator[Path]:
    for above, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        built = resolve_path(Path(above)) == results
        for name in names:
            if not (name.startswith(".") or (built and name.lower().endswith(BUILT))):
                yield Path(above) / name


BUILT = (".pdf", ".png", ".webp")


def pause(seconds: float) -> None:
    """Waits."""
    time.sleep(seconds)


def _touched(path: Path) -> Touched | None:
    try:
        now = path.stat()
    except (OSError, ValueError):
        return None
    return str(path), now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino


def _settled(touched: Touched) -> bool:
    """Whether the file was last written so long ago that another change would show."""
    return time.time_ns() - max(touched[1:3]) > RACY

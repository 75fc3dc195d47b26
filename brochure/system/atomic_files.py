"""Write files atomically: under a temporary name, then renamed."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PART = ".part"
STALE = 3600.0
"""Seconds after which a temporary file counts as left behind by a process that has ended."""


NEW_FILE = 0o666
"""Permissions of a new file, less the umask."""


def replace_file(
    path: Path,
    data: bytes | Sequence[bytes | memoryview],
    mode: int = NEW_FILE,
    *,
    is_durable: bool = True,
) -> None:
    """Write a file under a temporary name and rename it, so that readers see the old or the new file, never a part.

    A file that is not durable may be empty or incomplete if the machine fails soon afterwards.
    """
    with replacing(path, mode, is_durable=is_durable) as out:
        out.writelines((data,) if isinstance(data, bytes) else data)


@contextmanager
def replacing(path: Path, mode: int = NEW_FILE, *, is_durable: bool = True) -> Iterator[BinaryIO]:
    """Open a temporary file that replaces `path` at the end of the block, and is removed if the block fails.

    A replaced file keeps its permissions; a new one gets those of `mode` that the umask allows.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")
    permissions = _permissions(path)
    try:
        with _create(temporary, mode if permissions is None else permissions) as out:
            yield out
            out.flush()
            if is_durable:
                os.fsync(out.fileno())
        if permissions is not None:
            temporary.chmod(permissions)  # the umask may have taken some of them away
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int | None:
    """Return the permission bits of a regular file; None if the file is missing or not regular."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    return mode & 0o777 if stat.S_ISREG(mode) else None


def _create(path: Path, mode: int) -> BinaryIO:
    """Create a new file with these permissions, less the umask; it never has wider permissions than in the end."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    return open(path, "xb", opener=opener)


def remove_stale_parts(folder: Path) -> None:
    """Remove old temporary files that ended processes left behind."""
    for path in folder.glob(f".?*.????????{PART}"):
        try:
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()
        except OSError:
            continue  # removed by another process, or the folder is not writable, which writing reports

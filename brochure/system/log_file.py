"""A file of lines that is only appended to, and stamps by which a change of a finished file is noticed.

Lines are written whole, so that a process that is killed leaves at most one incomplete line, at the end. A file that another
user could have written is not read.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from brochure.system.atomic_files import replace_file
from brochure.system.disk_cache import ENTRY_MODE, SAFE_OPEN, find_foreign_access

END_BYTES = 1 << 14
"""Bytes at each end of a file that its stamp depends on."""


def read_lines(path: Path, max_bytes: int) -> list[bytes] | None:
    """Return the complete lines of a file.

    Returns:
        None if it is missing, too large, unreadable, no regular file, or if other users could have written it.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | SAFE_OPEN), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > max_bytes:
                return None
            if find_foreign_access(status, stat.S_IWGRP | stat.S_IWOTH):
                return None
            return file.read(max_bytes).split(b"\n")[:-1]
    except (OSError, ValueError):
        return None


def append_lines(path: Path, lines: Iterable[bytes]) -> bool:
    """Append lines in one write, and return whether that succeeded. The folder is not created."""
    data = b"".join(line + b"\n" for line in lines)
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | SAFE_OPEN, ENTRY_MODE)
        try:
            is_regular = stat.S_ISREG(os.fstat(file).st_mode)
            return is_regular and os.write(file, data) == len(data)
        finally:
            os.close(file)
    except (OSError, ValueError):
        return False


def replace_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Replace a file by one with these lines, if possible."""
    with suppress(OSError, ValueError):
        if path.parent.is_dir():
            replace_file(path, [line + b"\n" for line in lines], ENTRY_MODE)


def remove_log(path: Path) -> None:
    """Remove a file that cannot be used, if possible; a link is removed, not its target."""
    with suppress(OSError, ValueError):
        path.unlink()


def read_stamp(path: Path) -> str:
    """Return the size, the time of modification and the CRC-32 of both ends of a file; empty if it is not a regular file.

    A change leaves the same stamp only if it sets back the time, keeps the size, and spares both ends. The end of a PDF has its
    identifier, which depends on all of its content.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | SAFE_OPEN), "rb", 0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return ""
            checksum = zlib.crc32(file.read(END_BYTES))
            file.seek(max(0, status.st_size - END_BYTES))
            checksum = zlib.crc32(file.read(END_BYTES), checksum)
    except (OSError, ValueError):
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {checksum:08x}"

"""Write files atomically: under a temporary name, then renamed."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
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


def write_part(path: Path, data: Sequence[bytes | memoryview], mode: int = NEW_FILE) -> Path:
    """Write a file under a temporary name and return that; it may not be on the disk yet.

    `complete_part` waits for the disk, in this or another process, and `unlink` undoes it.
    """
    permissions = _permissions(path)
    temporary = _temporary_path(path)
    try:
        with _create(temporary, mode if permissions is None else permissions) as out:
            out.writelines(data)
            out.flush()
            if hasattr(os, "posix_fadvise"):
                with suppress(OSError):  # a request to begin to copy it to the disk
                    os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def complete_part(temporary: Path, path: Path) -> None:
    """Wait until the file of `write_part` is on the disk, and let it replace `path`; it is removed if that fails."""
    try:
        # Windows synchronizes only what is open for writing.
        with temporary.open("rb" if os.name == "posix" else "r+b") as out:
            os.fsync(out.fileno())
        _rename(temporary, path, _permissions(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_early(path: Path, data: Sequence[bytes | memoryview]) -> tuple[BinaryIO, ...]:
    """Replace a file before the new one is on the disk; return open files for `settle`, which waits for the disk.

    Readers see the old or the new file, never a part; if the machine fails before `settle`, the new one may be incomplete. The
    reserved space and the old file, which stays open, keep ext4 from writing one and removing the other on renaming.
    """
    permissions = _permissions(path)
    temporary = _temporary_path(path)
    try:
        with ExitStack() as opened:
            new = _create(temporary, NEW_FILE if permissions is None else permissions)
            opened.enter_context(new)
            _reserve(new, sum(memoryview(part).nbytes for part in data))
            new.writelines(data)
            new.flush()
            if os.name != "posix":  # Windows renames no open file
                new.close()
                _rename(temporary, path, permissions)
                return ()
            old = _open_old(path)
            _rename(temporary, path, permissions)
            opened.pop_all()
            return new, *old
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def settle(new: BinaryIO, *old: BinaryIO) -> None:
    """Wait until a file of `replace_early` is on the disk, and close it and the one that it replaced."""
    with ExitStack() as opened:
        for file in (*old, new):
            opened.enter_context(file)
        os.fsync(new.fileno())


def _reserve(file: BinaryIO, size: int) -> None:
    """Reserve space on the disk, where that is possible; writing reports a full disk."""
    if size and hasattr(os, "posix_fallocate"):
        with suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, size)


def _open_old(path: Path) -> tuple[BinaryIO, ...]:
    try:
        return (path.open("rb"),)
    except OSError:  # there is none, or it may not be read
        return ()


@contextmanager
def replacing(path: Path, mode: int = NEW_FILE, *, is_durable: bool = True) -> Iterator[BinaryIO]:
    """Open a temporary file that replaces `path` at the end of the block, and is removed if the block fails.

    A replaced file keeps its permissions; a new one gets those of `mode` that the umask allows.
    """
    temporary = _temporary_path(path)
    permissions = _permissions(path)
    try:
        with _create(temporary, mode if permissions is None else permissions) as out:
            yield out
            out.flush()
            if is_durable:
                os.fsync(out.fileno())
        _rename(temporary, path, permissions)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _temporary_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")


def _rename(temporary: Path, path: Path, permissions: int | None) -> None:
    """Let a complete file replace `path`, with the permissions of the replaced file."""
    if permissions is not None:
        temporary.chmod(permissions)  # the umask may have taken some of them away
    temporary.replace(path)


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

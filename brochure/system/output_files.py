"""Write output files without damaging existing ones; failures are raised as `OutputError`."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from brochure.errors import OutputError, UsageError
from brochure.system.atomic_files import (
    complete_part,
    replace_early,
    replace_file,
    replacing,
    settle,
    write_part,
)

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def write_atomically(path: Path, data: bytes | Sequence[bytes | memoryview]) -> None:
    """Write a file, whole or in parts, under a temporary name and rename it: readers never see a part."""
    with _prepared(path):
        replace_file(path, data)


def show_preview(path: Path, data: Sequence[bytes | memoryview]) -> tuple[BinaryIO, ...]:
    """Write a file that can be made again: as `write_atomically`, but the disk is waited for by `keep_preview`."""
    with _prepared(path):
        return replace_early(path, data)


def keep_preview(path: Path, opened: tuple[BinaryIO, ...]) -> None:
    """Wait until a file that `show_preview` wrote is on the disk."""
    try:
        if opened:
            settle(*opened)
    except OSError as failure:
        raise OutputError(
            f"{path}: cannot be written: {_reason(failure, path.parent)}"
        ) from failure


def begin_writing(path: Path, data: Sequence[bytes | memoryview]) -> Path:
    """Write a file under a temporary name, which is returned; `finish_writing` waits for the disk and renames it."""
    with _prepared(path):
        return write_part(path, data)


def finish_writing(part: Path, path: Path) -> None:
    """Wait until a file that `begin_writing` wrote, maybe in another process, is on the disk, and rename it."""
    try:
        complete_part(part, path)
    except OSError as failure:
        raise _write_error(path, failure) from failure


def abandon_writing(part: Path) -> None:
    """Remove a file that `begin_writing` wrote, unless it was finished."""
    part.unlink(missing_ok=True)


def replace_unchanged(path: Path, data: bytes, expected: bytes | None) -> bool:
    """Write a file atomically if its contents are still the `expected` bytes (None: it does not exist yet).

    Returns:
        False if another program has changed the file in the meantime; it is left as it is.
    """
    try:
        with _prepared(path), _lock_folder(path.parent), replacing(path) as out:
            out.write(data)
            if _contents(path) != expected:
                raise _ChangedError
    except _ChangedError:
        return False
    return True


LOCK_SECONDS = 10.0
"""How long a process waits for others that write into the same folder; one that was suspended would keep its lock."""

LOCK_STEP = 0.01


@contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, so that of several processes of this program one writes after the other.

    The system releases the lock of a process that dies. On systems and file systems without such locks, nothing is locked.
    """
    if fcntl is None:
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + LOCK_SECONDS
        while not _try_to_lock(opened) and time.monotonic() < end:
            time.sleep(LOCK_STEP)
        yield
    finally:
        os.close(opened)


def _try_to_lock(opened: int) -> bool:
    """Return False if another process has the lock."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # the file system has no locks
        return True
    return True


class _ChangedError(Exception):
    """Removes the temporary file of a write that is not to happen."""


def _contents(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """Open a file that replaces `path` when it is complete; like `write_atomically`."""
    with _prepared(path), replacing(path) as out:
        yield out


@contextmanager
def _prepared(path: Path) -> Iterator[None]:
    """Create the folder of a file that the block writes, and refuse devices; failures are raised as `OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_device(path)
        yield
    except OSError as failure:
        raise _write_error(path, failure) from failure


def _refuse_device(path: Path) -> None:
    """Raise `OSError` if a device or a pipe would be replaced by a file."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")


def _write_error(path: Path, failure: OSError) -> OutputError:
    reason = _reason(failure, path.parent)
    return OutputError(f"{path}: cannot be written: {reason}; an existing file is unchanged")


def restore_file(path: Path, data: bytes | None) -> None:
    """Give a file its former contents again; None if there was no file."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, data)


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; raise `UsageError` if it exists."""
    if path.exists():
        raise UsageError(f"{path}: the file exists already; choose another name")
    write_atomically(path, data)


def discard_output(stream: TextIO) -> None:
    """Let a stream write to the null device, since Python writes what is left in its buffer again at exit."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as null:
        os.dup2(null.fileno(), stream.fileno())


def _reason(failure: OSError, folder: Path) -> str:
    if isinstance(failure, (FileExistsError, NotADirectoryError)):
        return f"{folder} is not a folder"
    return failure.strerror or str(failure)


def write_folder(folder: Path, files: Mapping[str, bytes], replaces: str = "") -> None:
    """Create a folder with all of these files, or nothing.

    Args:
        folder: The folder.
        files: The contents of its files by path.
        replaces: A file that marks a folder of the same kind, which is replaced as a whole.

    Raises:
        UsageError: The folder exists and has no such file.
        OutputError: It cannot be written.
    """
    is_old = bool(replaces) and (folder / replaces).is_file() and not folder.is_symlink()
    if (folder.exists() or folder.is_symlink()) and not is_old:
        raise UsageError(f"{folder}: the folder exists already; choose another name")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            complete = Path(temporary) / "project"
            for name, data in files.items():
                path = complete / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            if is_old:
                folder.rename(Path(temporary) / "old")
            complete.rename(folder)
    except OSError as failure:
        reason = _reason(failure, folder.parent)
        raise OutputError(f"{folder}: cannot be created: {reason}") from failure

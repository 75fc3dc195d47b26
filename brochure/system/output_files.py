"""Results: files that are written so that nothing which is there is harmed.

Takes paths and what is to stand there; writes beside and renames. An OutputError says what could not be written, and that the
earlier file stands. Stands beside `project`, which reads.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from brochure.errors import OutputError, UsageError
from brochure.system.cache import replace_file, replacing


def write_atomically(path: Path, data: bytes | Sequence[bytes | memoryview]) -> None:
    """Writes a file, whole or in parts, beside and renames: a reader sees the old one or the new one and never a part."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as failure:
        raise _unwritten(path, failure) from failure


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file to write bit by bit, beside the one that it replaces when all is written; as `write_atomically`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as out:
            yield out
    except OSError as failure:
        raise _unwritten(path, failure) from failure


def _unwritten(path: Path, failure: OSError) -> OutputError:
    reason = _reason(failure, path.parent)
    return OutputError(f"{path}: cannot be written: {reason}; the earlier file, if any, stands")


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet; UsageError where it is."""
    if path.exists():
        raise UsageError(f"{path}: is there already; name another file")
    write_atomically(path, data)


def _reason(failure: OSError, folder: Path) -> str:
    if isinstance(failure, (FileExistsError, NotADirectoryError)):
        return f"{folder} is no folder"
    return failure.strerror or str(failure)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Makes a folder with all of the files in it, or nothing; UsageError where it exists."""
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder}: exists already; name a folder that does not")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as beside:
            whole = Path(beside) / "project"
            for name, data in files.items():
                path = whole / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            whole.rename(folder)
    except OSError as failure:
        reason = _reason(failure, folder.parent)
        raise OutputError(f"{folder}: cannot be made: {reason}") from failure

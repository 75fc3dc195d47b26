"""What a process for a limited call leaves behind if it is killed: programs that it has started, and temporary files."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Make a folder for the temporary files of a call; it is removed at the end of the block. Empty if none can be made."""
    # Imported here: processes that make no limited call do not need it.
    import tempfile

    folder = ""
    with suppress(OSError):  # most calls write no file
        folder = tempfile.mkdtemp(prefix="brochure-")
    try:
        yield folder
    finally:
        if folder:
            _remove(folder)


def _remove(folder: str) -> None:
    try:
        Path(folder).rmdir()
    except OSError:
        # Imported here: most calls leave no file.
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def end_group(group: int) -> None:
    """Kill all processes of a process group that still run."""
    with suppress(ProcessLookupError, PermissionError):  # macOS: there are only ended processes
        os.killpg(group, signal.SIGKILL)

"""Run external programs.

No shell is used; data is passed on standard input or in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from brochure.fast_dataclass import dataclass

SECONDS = 120
"""Wall-clock time that a program may take after its files are asked for."""


@dataclass(frozen=True, slots=True)
class RunningProgram:
    """An external program that works in a temporary folder, beside this process."""

    process: subprocess.Popen[bytes]
    folder: Path


def is_installed(program: str) -> bool:
    """Return whether an external program can be run."""
    return shutil.which(program) is not None


@contextmanager
def start_program(
    program: str, data: bytes, arguments: Sequence[str]
) -> Iterator[RunningProgram | None]:
    """Let an external program run on `data`, which it finds as `input` in a temporary folder.

    At the end of the block, it is killed if it still runs, and the folder is removed. None if it cannot be started.
    """
    with ExitStack() as ends:
        running = None
        with suppress(OSError):
            folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="brochure-"))
            (Path(folder) / "input").write_bytes(data)
            command = [shutil.which(program) or program, *arguments]
            process = ends.enter_context(_start(command, folder))
            ends.callback(process.kill)
            running = RunningProgram(process, Path(folder))
        yield running


def _start(command: Sequence[str], folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": folder},  # so that no temporary file of its own is left
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def collect_files(running: RunningProgram) -> dict[str, bytes]:
    """Wait for a program, and return the files that it has made; empty if it fails or takes too long."""
    try:
        running.process.communicate(timeout=SECONDS)
    except (OSError, subprocess.SubprocessError):
        return {}
    if running.process.returncode:
        return {}
    made = (path for path in running.folder.iterdir() if path.name != "input")
    return {path.name: path.read_bytes() for path in made}

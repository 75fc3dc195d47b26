"""Run other processes: external programs, and code of ours that must be limited in time and memory.

No shell is used; data is passed on standard input or in a temporary folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

CPU_SECONDS = 4
"""Processor time for code of ours, in seconds."""
TIMEOUT = 60
"""Wall-clock limit in seconds."""
MAX_MEMORY = 450_000_000


def is_installed(program: str) -> bool:
    """Return whether an external program can be run."""
    return shutil.which(program) is not None


def run_program(program: str, data: bytes, arguments: Sequence[str]) -> dict[str, bytes]:
    """Return the files that an external program makes from `data`, which it finds as `input` in a temporary folder.

    Empty if the program is not installed, fails or takes more than two minutes.
    """
    executable = shutil.which(program)
    if executable is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="brochure-") as folder:
        path = Path(folder)
        (path / "input").write_bytes(data)
        try:
            subprocess.run(
                [executable, *arguments], cwd=path, capture_output=True, check=True, timeout=120
            )
        except (OSError, subprocess.SubprocessError):
            return {}
        return {path.name: path.read_bytes() for path in path.iterdir() if path.name != "input"}


def run_module(module: str, data: bytes) -> bytes | None:
    """Return what the `answer` program of a module of ours prints for `data`; None if it exceeds its limits or fails.

    It is run with `-P`, so that modules are not imported from the current folder.
    """
    arguments = [sys.executable, "-P", "-m", module, str(CPU_SECONDS)]
    try:
        done = subprocess.run(
            arguments, input=data, capture_output=True, check=True, timeout=TIMEOUT
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def answer(work: Callable[[bytes], bytes]) -> None:
    """Main program of a module for `run_module`: process standard input within limits and print the result."""
    _limit(int(sys.argv[1]))
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))


def _limit(seconds: int) -> None:
    """Limit processor time and memory, on systems that support it."""
    try:
        # Imported here: not available on Windows, where only the timeout applies.
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))

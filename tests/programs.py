"""Run other programs that read the files that this program writes.

If a program is not installed, the test is skipped; if `BROCHURE_NO_SKIPS=1` is set, as in continuous integration, it fails
instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def run(program: str, *arguments: str | Path, check: bool = True) -> str:
    """Return the standard output of a program; with `check`, fail with its standard error if its exit status is not 0."""
    need(program)
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    wrong = f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace')}"
    assert not check or done.returncode == 0, wrong
    return done.stdout.decode("utf-8", "replace")


def need(program: str) -> None:
    """Skip the test if the program is not installed."""
    if shutil.which(program) is None:
        lacking(f"{program} is not installed")


def need_file(path: Path) -> bytes:
    """Return the bytes of a file that this machine may have, such as a Debian font; skip the test if it does not."""
    if not path.is_file():
        lacking(f"{path} is not installed")
    return path.read_bytes()


def lacking(what: str) -> None:
    """Skip the test with a reason; fail it if skipping is not allowed."""
    if os.environ.get("BROCHURE_NO_SKIPS") == "1":
        pytest.fail(what)
    pytest.skip(what)

"""Other people's programs, which read what we made.

Takes a program's name and arguments; gives what it printed. A program that is not installed skips the test and says so;
where `BROCHURE_NO_SKIPS=1` is set, as on the machine that guards the house, it fails the test instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def run(program: str, *arguments: str | Path, check: bool = True) -> str:
    """What the program prints on standard output; fails with what it says beside where something went wrong."""
    need(program)
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    wrong = f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace')}"
    assert not check or done.returncode == 0, wrong
    return done.stdout.decode("utf-8", "replace")


def need(program: str) -> None:
    """Skips the test where the program is not installed."""
    if shutil.which(program) is None:
        lacking(f"{program} is not installed")


def need_file(path: Path) -> bytes:
    """The bytes of a file that this machine may have, such as a Debian font; skips the test where it has not."""
    if not path.is_file():
        lacking(f"{path} is not installed")
    return path.read_bytes()


def lacking(what: str) -> None:
    """Skips the test, loudly; fails it where nothing may be skipped."""
    if os.environ.get("BROCHURE_NO_SKIPS") == "1":
        pytest.fail(what)
    pytest.skip(what)

"""Run external programs.

No shell is used; data is passed on standard input or in a temporary folder.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


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

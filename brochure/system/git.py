"""Read git repositories: revisions, their files and the user's name.

Git runs as a subprocess, without hooks, prompts or network: only commands that read objects are used, and the protocols by which
missing objects could be downloaded are switched off.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from brochure.errors import UsageError

TIMEOUT = 120
"""Seconds for one command."""
OPTIONS = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false")
ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


def run_git(folder: Path, arguments: Sequence[str], data: bytes = b"") -> bytes | None:
    """Return what a git command prints for a folder; None if it fails or git is not installed."""
    program = shutil.which("git")
    if program is None:
        return None
    command = [program, "-C", str(folder), *OPTIONS, *arguments]
    inherited = {name: value for name, value in os.environ.items() if name not in LOCATIONS}
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
            env={**inherited, **ENVIRONMENT},
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout


LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
"""Variables that name another repository than the folder's; a git hook sets them."""


def read_user_name(folder: Path) -> str:
    """Return the user's name: git's `user.name` for the folder, else the login name; empty if neither is known."""
    told = run_git(folder, ("config", "--get", "user.name"))
    name = told.decode("utf-8", "replace").strip() if told else ""
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""


def find_top(folder: Path) -> Path:
    """Return the top folder of the work tree; raise UsageError if the folder is in no git repository."""
    told = run_git(folder, ("rev-parse", "--show-toplevel"))
    if told:
        return Path(os.fsdecode(told.rstrip(b"\n")))
    if shutil.which("git") is None:
        raise UsageError(f"{folder}: git is not installed, so revisions cannot be read")
    raise UsageError(f"{folder}: not in a git repository, so it has no revisions")


def find_commit(folder: Path, revision: str) -> str | None:
    """Return the hash of the commit that a revision names; None if there is none."""
    told = run_git(
        folder,
        ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"),
    )
    return told.decode().strip() if told else None

"""Read git repositories: revisions, their files and the user's name.

Git runs as a subprocess, without hooks, prompts or network: only commands that read objects are used, and the protocols by which
missing objects could be downloaded are switched off.
"""

from __future__ import annotations

import getpass
import os
import posixpath
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence, Set
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


def read_line_dates(folder: Path, name: str) -> dict[int, str]:
    """Return when each line of a file was last committed, as YYYY-MM-DD by line number; empty without git.

    Lines with changes that are not committed have no date.
    """
    told = run_git(folder, ("blame", "--no-textconv", "--line-porcelain", "--", name))
    dates: dict[int, str] = {}
    line, is_committed = 0, False
    for row in (told or b"").split(b"\n"):
        word, _, rest = row.partition(b" ")
        if len(word) in HASH_LENGTHS and rest and word.strip(HEX) == b"":
            line, is_committed = int(rest.split()[1]), word.strip(b"0") != b""
        elif word == b"committer-time" and is_committed:
            dates[line] = time.strftime("%Y-%m-%d", time.gmtime(int(rest)))
    return dates


HASH_LENGTHS, HEX = (40, 64), b"0123456789abcdef"


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


MAX_TOTAL = 1_000_000_000
"""Bytes of all files that are read of one revision."""
BLOB, LINK = "blob", "120000"
MAX_LINKS = 8


def read_files(top: Path, commit: str, folders: Sequence[str]) -> dict[str, bytes]:
    """Return the files below some folders of a commit, by their path from the top of the repository.

    Symbolic links to files of the commit are followed; submodules and other links are left out.

    Raises:
        UsageError: The files are too large or cannot be read, for example because the repository is a partial clone.
    """
    told = run_git(
        top,
        (
            "--literal-pathspecs",
            "ls-tree",
            "-r",
            "-z",
            "--long",
            "--full-tree",
            commit,
            "--",
            *folders,
        ),
    )
    if told is None:
        raise UsageError(f"the files of the revision {commit[:10]} cannot be listed by git")
    entries = [_parse_entry(entry) for entry in told.split(b"\0") if entry]
    blobs = [entry for entry in entries if entry and entry[1] == BLOB]
    if sum(entry[3] for entry in blobs) > MAX_TOTAL:
        raise UsageError(f"the revision {commit[:10]} has more than {MAX_TOTAL:,} bytes of files")
    contents = _read_blobs(top, [entry[2] for entry in blobs])
    files = {entry[4]: contents[entry[2]] for entry in blobs if entry[2] in contents}
    if len(files) < len(blobs):
        raise UsageError(
            f"the revision {commit[:10]} has files that are not on this machine; fetch them with git"
        )
    links = {entry[4] for entry in blobs if entry[0] == LINK}
    return {name: data for name in files if (data := _follow(name, files, links)) is not None}


def _parse_entry(entry: bytes) -> tuple[str, str, str, int, str] | None:
    """Return mode, type, hash, size and path of an entry."""
    head, _, path = entry.partition(b"\t")
    mode, kind, name, size = head.decode("ascii").split()
    return mode, kind, name, int(size) if size.isdigit() else 0, os.fsdecode(path)


def _read_blobs(top: Path, names: Sequence[str]) -> dict[str, bytes]:
    asked = "".join(f"{name}\n" for name in dict.fromkeys(names)).encode()
    told = run_git(top, ("cat-file", "--batch"), asked)
    found: dict[str, bytes] = {}
    at = 0
    while told and at < len(told):
        end = told.index(b"\n", at)
        words = told[at:end].decode("ascii").split()
        at = end + 1
        if len(words) == 3 and words[1] == BLOB:
            size = int(words[2])
            found[words[0]] = told[at : at + size]
            at += size + 1
    return found


def _follow(name: str, files: Mapping[str, bytes], links: Set[str]) -> bytes | None:
    """Return the contents of a file; those of its target if it is a link."""
    for _ in range(MAX_LINKS):
        if name not in links:
            return files.get(name)
        target = os.fsdecode(files[name])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    return None


def list_commits(top: Path, path: str, most: int) -> tuple[str, ...]:
    """Return the newest commits that changed a file, by hash, newest first."""
    told = run_git(
        top, ("--literal-pathspecs", "log", f"--max-count={most}", "--format=%H", "--", path)
    )
    return tuple((told or b"").decode("ascii").split())

"""Open a file in the user's editor.

`$VISUAL` and `$EDITOR` are used if they name an editor with a window of its own: one that works in the terminal would share
it with this program.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

EDITORS: Mapping[str, tuple[str, ...]] = {
    "code": ("--goto", "{file}:{line}:{column}"),
    "codium": ("--goto", "{file}:{line}:{column}"),
    "cursor": ("--goto", "{file}:{line}:{column}"),
    "zed": ("{file}:{line}:{column}",),
    "subl": ("{file}:{line}:{column}",),
    "mate": ("--line", "{line}:{column}", "{file}"),
    "bbedit": ("+{line}:{column}", "{file}"),
    "gedit": ("+{line}:{column}", "{file}"),
    "gnome-text-editor": ("+{line}:{column}", "{file}"),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "mvim": ("+{line}", "{file}"),
    "emacsclient": ("--no-wait", "+{line}:{column}", "{file}"),
    "poedit": ("{file}",),
}
"""Arguments with which each editor opens a file at a line."""


def real_path(folder: Path) -> str:
    """Return the absolute path of a folder, which editors need."""
    return os.path.realpath(folder)


def find_file(root: Path, label: str) -> Path | None:
    """Return the path of a file that a message names, from here or from the folder; None if it is not in the folder."""
    try:
        folder = root.resolve()
        paths = (Path(label).resolve(), (folder / label).resolve())
        return next(
            (path for path in paths if path.is_relative_to(folder) and path.is_file()), None
        )
    except (OSError, ValueError, RuntimeError):
        return None


def start_editor(path: Path, line: int, column: int) -> bool:
    """Open a file at a place, counted from 1; return False if no known editor is set or it cannot be started."""
    try:
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:
        return False
    name = Path(command[0]).name if command else ""
    program = shutil.which(command[0]) if command else None
    if name not in EDITORS or program is None:
        return False
    values = {"file": str(path), "line": max(1, line), "column": max(1, column)}
    arguments = [part.format(**values) for part in EDITORS[name]]
    try:
        subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True

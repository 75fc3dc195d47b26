"""Open a file of the project in the user's editor.

`$VISUAL` and `$EDITOR` are used if they name an editor with a window of its own: one that works in the terminal would share
it with the server.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from brochure.errors import UsageError
from brochure.project import DiskProject

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


def open_in_editor(project: DiskProject, place: Mapping[str, Any]) -> bool:
    """Start the editor at a place in a file; return False if no known editor is set.

    Raises:
        UsageError: The file does not belong to the project.
    """
    path = find_project_file(project, place["file"])
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    name = Path(command[0]).name if command else ""
    program = shutil.which(command[0]) if command else None
    if name not in EDITORS or program is None:
        return False
    values = {"file": str(path), "line": max(1, place["line"]), "column": max(1, place["column"])}
    arguments = [part.format(**values) for part in EDITORS[name]]
    subprocess.Popen(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


def find_project_file(project: DiskProject, label: str) -> Path:
    """Return the path of a file that findings name; raise UsageError if it is not in the project."""
    root = project.root.resolve()
    path = Path(label).resolve()
    if not path.is_relative_to(root):
        path = (root / label).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise UsageError(f"{label}: not a file of the project")
    return path

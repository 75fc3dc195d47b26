"""The files of the project's folder `comments`: their names, and how they are changed.

The file of a message is named by its key, percent-encoded where a file system or another file of the folder might need the name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import unquote

from brochure.errors import BrochureError
from brochure.project import DiskProject, Project, path_inside
from brochure.system.output_files import replace_unchanged

COMMENTS = "comments"
"""The folder of a project with its comments."""

VERDICTS = f"{COMMENTS}/verdicts.yaml"
"""The reviewers' verdicts on pages."""

SUFFIX = ".yaml"
PAGE_FILE = re.compile(r"page-([1-9]\d{0,7})")
RESERVED = re.compile(r"page-\d+|verdicts|\..*|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that are not those of a message: other files of the folder, hidden files, and devices of Windows."""

MAX_NAME = 120
"""Characters of a file's name; a longer key is stored in the comments as well."""

MAX_ATTEMPTS = 20
"""How often a file is read and changed again if other programs write it meanwhile."""


def is_thread_file(name: str) -> bool:
    """Return whether a file of the project has the comments of a thread."""
    stem = name.removeprefix(f"{COMMENTS}/")
    return (
        stem.endswith(SUFFIX) and not stem.startswith(".") and "/" not in stem and name != VERDICTS
    )


def file_name(key: str, page: int | None) -> str:
    """Return the file of a thread in the project; any key gives a valid name inside the folder."""
    if not key:
        return f"{COMMENTS}/page-{page}{SUFFIX}"
    name = re.sub(r"[^\w.-]", lambda match: _percent(match[0]), key, flags=re.ASCII)
    if RESERVED.fullmatch(name):
        name = _percent(name[0]) + name[1:]
    if len(name) > MAX_NAME:
        name = f"{name[: MAX_NAME - 20]}~{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    return f"{COMMENTS}/{name}{SUFFIX}"


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def subject_of(name: str) -> tuple[str, int | None]:
    """Return the key of a thread's message, or an empty key and the number of its page, by the name of its file."""
    stem = name.removeprefix(f"{COMMENTS}/").removesuffix(SUFFIX)
    page = PAGE_FILE.fullmatch(stem)
    return ("", int(page[1])) if page else (unquote(stem), None)


def update_file(project: DiskProject, name: str, change: Callable[[bytes], bytes]) -> bool:
    """Change a file of the project atomically, starting again if another program writes it meanwhile.

    Args:
        project: The project.
        name: The file's name; a missing file is empty.
        change: Returns the new contents of the file for its present contents.

    Returns:
        False if nothing was to be changed.

    Raises:
        BrochureError: Other programs keep changing the file.
        InputError: The file is outside the project.
        OutputError: The file cannot be written.
    """
    path = path_inside(project.root, name)
    for _ in range(MAX_ATTEMPTS):
        seen = read_or_none(project, name)
        made = change(seen or b"")
        if made == (seen or b""):
            return False
        if replace_unchanged(path, made, seen):
            return True
    raise BrochureError(f"{project.label(name)}: another program keeps changing it; try again")


def read_or_none(project: Project, name: str) -> bytes | None:
    """Return the contents of a file, or None if it does not exist."""
    try:
        return project.read(name)
    except FileNotFoundError:
        return None

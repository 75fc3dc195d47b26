"""Files that lie beside an input file, outside of any project: regular files of limited size, in one folder."""

from __future__ import annotations

from pathlib import Path


def path_exists(path: Path) -> bool:
    """Return True if there is a file, a folder or a link at a path."""
    return path.exists() or path.is_symlink()


def read_limited_file(path: Path, limit: int) -> bytes | None:
    """Return the contents of a regular file of at most `limit` bytes; None if it is something else or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > limit:
            return None
        return path.read_bytes()
    except OSError:
        return None


def list_folder(folder: Path) -> tuple[Path, ...]:
    """Return the files in a folder, sorted; none if it does not exist. Links to files of other folders are left out."""
    try:
        found = sorted(folder.iterdir())
        own = folder.resolve()
        return tuple(path for path in found if path.is_file() and path.resolve().parent == own)
    except OSError:
        return ()

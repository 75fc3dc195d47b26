"""Keep the version of a file that a command replaces, so that another command can restore it.

The previous version is in a folder of its own, beside a `.gitignore` that keeps it out of version control. Nothing removes it but
the next version.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path, PurePath

from brochure.system.output_files import replace_unchanged, write_atomically

IGNORE_ALL = b"# Previous versions of files, for 'brochure text undo'; do not commit them\n*\n"

NONE = b"# brochure: there was no file\n"
"""Kept if there was no file before."""


def replace_and_keep(path: Path, kept: Path, data: bytes, old: bytes | None) -> bool:
    """Write a file and keep the version that it replaces.

    Args:
        path: The file.
        kept: Where the previous version is kept.
        data: The new version.
        old: The version that the new one was made from; None if there was no file.

    Returns:
        False if another program has changed the file in the meantime; nothing is written then.
    """
    before = _read(kept)
    keep_version(kept, old)
    if replace_unchanged(path, data, old):
        return True
    if before is not None:
        write_atomically(kept, before)
    return False


class Swap(Enum):
    """What became of a file."""

    RESTORED = "restored"
    REMOVED = "removed"
    """There was no file before."""

    CHANGED = "changed"
    """Another program has changed the file in the meantime; it is left as it is."""

    NOTHING_KEPT = "nothing kept"


def swap_versions(path: Path, kept: Path) -> Swap:
    """Restore the version that is kept, and keep the current one in its place."""
    previous, current = _read(kept), _read(path)
    if previous is None:
        return Swap.NOTHING_KEPT
    if previous != NONE:
        done = replace_and_keep(path, kept, previous, current)
        return Swap.RESTORED if done else Swap.CHANGED
    keep_version(kept, current)
    path.unlink(missing_ok=True)
    return Swap.REMOVED


def keep_versions(root: Path, folder: PurePath, files: Mapping[str, bytes | None]) -> None:
    """Keep the versions of several files that a command replaces, instead of those of the last time.

    Args:
        root: The folder that the names are relative to.
        folder: Where they are kept, relative to it.
        files: Their contents by name; None if the file is missing.
    """
    for name in _list_kept(root / folder):
        if name not in files:
            (root / folder / name).unlink(missing_ok=True)
    for name, data in files.items():
        keep_version(root / folder / name, data)


def swap_kept(root: Path, folder: PurePath) -> dict[str, Swap]:
    """Restore all files that are kept in a folder, and keep the current ones; return what became of each."""
    names = _list_kept(root / folder)
    return {name: swap_versions(root / name, root / folder / name) for name in names}


def _list_kept(folder: Path) -> tuple[str, ...]:
    files = (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".gitignore"
    )
    return tuple(path.relative_to(folder).as_posix() for path in files)


def keep_version(kept: Path, data: bytes | None) -> None:
    """Keep the version of a file; None if it is missing."""
    ignore = kept.parent / ".gitignore"
    if not ignore.exists():
        write_atomically(ignore, IGNORE_ALL)
    write_atomically(kept, NONE if data is None else data)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

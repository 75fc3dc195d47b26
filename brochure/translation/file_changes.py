"""Write changes of several files of a project: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from brochure.errors import OutputError
from brochure.fast_dataclass import dataclass
from brochure.system.output_files import replace_unchanged, restore_file


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the project, its contents as they were read (None if there is none yet), and its new contents."""

    name: str
    before: bytes | None
    after: bytes


def write_changes(root: Path, changes: Iterable[FileChange]) -> tuple[Path, ...]:
    """Write all files and return their paths; if one cannot be written, those before it get their old contents again.

    Raises:
        OutputError: A file cannot be written, or another program has changed it in the meantime.
    """
    written: list[FileChange] = []
    try:
        for change in changes:
            if not replace_unchanged(root / change.name, change.after, change.before):
                message = f"{root / change.name}: another program has changed the file; try again"
                raise OutputError(message)
            written.append(change)
    except OutputError:
        for change in written:
            restore_file(root / change.name, change.before)
        raise
    return tuple(root / change.name for change in written)

"""`brochure text rename`: give a message another key in all files of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, echo, say_json


def command(
    old: Annotated[
        str, typer.Argument(help="Key of a message, or of a group of messages.", metavar="OLD")
    ],
    new: Annotated[str, typer.Argument(help="Its new key.", metavar="NEW")],
    project: Folder = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list the files that would be changed.")
    ] = False,
    json: Json = False,
) -> None:
    """Rename a message, or a group of messages, in the layout, the copy, the offices and all catalogues.

    \b
    Example: move a message to another group, and rename a whole group:
        brochure text rename problem.lead problem.intro my-brochure
        brochure text rename problem background my-brochure

    Links and page numbers in the copy that refer to the message are changed, too. Comments and formatting are kept. All files
    are written, or none.

    \b
    Exit status: 0 done; 2 a file is invalid or has a form that cannot be edited, 64 unknown
    message or a key that is in use, 73 a file cannot be written; nothing is written then.
    """
    from brochure.project import project_at
    from brochure.translation.file_changes import write_changes
    from brochure.translation.renaming import rename_messages

    found = rename_messages(project_at(project), old, new)
    paths = [str(project / change.name) for change in found.changes]
    if not dry_run:
        write_changes(project, found.changes)
    if json:
        messages = [{"key": key, "new_key": new} for key, new in sorted(found.names.items())]
        say_json({"messages": messages, "files": paths, "written": not dry_run})
        return
    for path in paths:
        echo(path)
    done = "would be renamed" if dry_run else "renamed"
    echo(f"{counted(len(found.names), 'message')} {done} in {counted(len(paths), 'file')}")
